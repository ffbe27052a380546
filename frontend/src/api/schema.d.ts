/** Until the OpenAPI document is generated: no typed paths. */
export type paths = Record<string, never>;
