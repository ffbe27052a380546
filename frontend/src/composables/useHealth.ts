import { type Resource, useResource } from './useResource';

export interface Health {
  status: 'ok' | 'degraded' | 'down';
  sync_status: string;
  last_sync: string | null;
  sync_lag_seconds: number | null;
  api_response_time_ms: number | null;
  database_connection: string;
  redis_connection: string;
  environment: string;
  version: string;
  detail?: string | null;
}

/** The server's own account of itself; asked again when a sync ends. */
export function useHealth(): Resource<Health> {
  return useResource<Health>('/health', { topics: ['sync'] });
}
