// What each path answers, from the OpenAPI document.
import type { paths } from './schema';

type JsonGet = { get: { responses: { 200: { content: { 'application/json': unknown } } } } };

export type GetPath = { [P in keyof paths]: paths[P] extends JsonGet ? P : never }[keyof paths];

export type Answer<P extends GetPath> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } } ? Body : never;

/** The paths whose answer can be read as `T`: a type that does not match what the server says has none. */
export type PathOf<T> = { [P in GetPath]: Answer<P> extends T ? P : never }[GetPath];
