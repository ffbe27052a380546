// The backups of the database: which there are, the rules for them, and a new one.
import type { Answer } from '@/api/answers';
import { create } from '@/api/client';
import { useResource, type Resource } from './useResource';

const PATH = '/api/backups';

export type Backups = Answer<typeof PATH>;
export type Backup = Backups['items'][number];

/** Each one that is made is an act of the audit trail. */
export const useBackups = (): Resource<Backups> => useResource<Backups>(PATH, { topics: ['audit'] });

const LATE_MS = 60 * 60 * 1000; // a scheduled one that failed is tried again within the hour

/** Whether the next one should have been made by now. `now`: this machine's clock. */
export const isLate = ({ next_at }: Backups, now: number): boolean => next_at !== null && now - Date.parse(next_at) > LATE_MS;

/** Make one now; answers when it was read back. */
export const makeBackup = (): Promise<Backup> => create<Backup>(PATH, undefined);
