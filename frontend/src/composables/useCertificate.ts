import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Certificate = Answer<'/api/imports/certificate'>;
export type CertifiedAsset = Certificate['assets'][number];
export type CertifiedWallet = CertifiedAsset['wallets'][number];

/** Whether the history, replayed, gives today's balances, coin by coin. */
export function useCertificate(): Resource<Certificate> {
  return useResource<Certificate>('/api/imports/certificate', { query: useAccountQuery(), topics: ['snapshot', 'cashflow', 'positions'] });
}
