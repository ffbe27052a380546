// Who did what, from where and when; and whether the chain of it is whole.
import { computed } from 'vue';
import type { Answer } from '@/api/answers';
import { create, read, readText } from '@/api/client';
import { useAccountQuery } from './useAccountQuery';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const PATH = '/api/audit';
const VERIFY = '/api/audit/verify';
const EXPORT = '/api/audit/export';
const PAGE = 50;

export type AuditList = Answer<typeof PATH>;
export type AuditEntry = AuditList['items'][number];
export type AuditCheck = Answer<typeof VERIFY>;
export type AuditFile = 'csv' | 'json';

export interface AuditFilter {
  /** One action, or a group of them. */
  action?: string;
  actor?: string;
  /** Anywhere in an entry. */
  q?: string;
  /** ISO 8601. */
  from?: string;
}

export interface AuditPages extends Paged<AuditEntry> {
  resource: Resource<AuditList>;
  /** All that match, as a file of the server's. */
  file: (format: AuditFile) => Promise<string>;
}

/** The entries that match, newest first, of the chosen account or of all. */
export function useAudit(filter: () => AuditFilter): AuditPages {
  const account = useAccountQuery();
  const query = computed(() => ({ ...filter(), ...account() }));
  const resource = useResource<AuditList>(PATH, { query: () => ({ limit: PAGE, ...query.value }), topics: ['audit'] });
  const next = (cursor: string): Promise<AuditList> => read<AuditList>(PATH, { query: { limit: PAGE, cursor, ...query.value } });
  return { resource, ...usePaged<AuditEntry>(resource, next, true), file: (format) => readText(EXPORT, { query: { format, ...query.value } }) };
}

/** What the last check of the chain found. */
export const useAuditCheck = (): Resource<AuditCheck> => useResource<AuditCheck>(VERIFY, { topics: ['audit'] });

/** Check every entry now. */
export const checkAudit = (): Promise<AuditCheck> => create<AuditCheck>(VERIFY, undefined);
