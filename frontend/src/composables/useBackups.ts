// The backups of the database: which there are, the rules for them, and a new one.
import type { Answer } from '@/api/answers';
import { create } from '@/api/client';
import { useResource, type Resource } from './useResource';

const PATH = '/api/backups';

export type Backups = Answer<typeof PATH>;
export type Backup = Backups['items'][number];

/** Each one that is made is an act of the audit trail. */
export const useBackups = (): Resource<Backups> => useResource<Backups>(PATH, { topics: ['audit'] });

/** Make one now; answers when it was read back. */
export const makeBackup = (): Promise<Backup> => create<Backup>(PATH, undefined);
