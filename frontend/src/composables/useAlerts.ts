// What was told, what is watched, and where messages go beside the dashboard. Secrets are written and never read.
import type { Answer } from '@/api/answers';
import { create, read, remove, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const LIST = '/api/alerts';
const RULES = '/api/alerts/rules';
const CHANNELS = '/api/alerts/channels';

export type AlertList = Answer<typeof LIST>;
export type AlertItem = AlertList['items'][number];
export type AlertRules = Answer<typeof RULES>;
export type AlertRule = AlertRules['rules'][number];
export type AlertChannels = Answer<typeof CHANNELS>;
export type AlertChannel = AlertChannels['items'][number];
export type ChannelName = AlertChannel['channel'];
export interface TestResult {
  readonly channel: ChannelName;
  readonly sent: boolean;
  readonly detail: string;
}
/** What is sent to set a channel; without a secret the one that is kept stays. */
export type ChannelWish = Readonly<Record<string, string | number | boolean | undefined>>;

/** The newest alerts, and further ones when they are wanted. */
export function useAlertList(): Paged<AlertItem> & { resource: Resource<AlertList> } {
  const resource = useResource<AlertList>(LIST, { query: { limit: 30 }, topics: ['alert'] });
  return { resource, ...usePaged<AlertItem>(resource, (before) => read<AlertList>(LIST, { query: { limit: 30, before } })) };
}

/** Mark alerts as read: one, or all up to the newest that is shown. */
export function useReadAlerts(): (which: { ids: readonly number[] } | { up_to: number }) => Promise<void> {
  const live = useLiveStore();
  return async (which) => {
    await create(`${LIST}/read`, which);
    live.bump(['alert']);
  };
}

export const useAlertRules = (): Resource<AlertRules> => useResource<AlertRules>(RULES);
export const useAlertChannels = (): Resource<AlertChannels> => useResource<AlertChannels>(CHANNELS, { topics: ['alert'] });

export interface AlertWrites {
  /** Put what is watched in the place of what was. */
  keepRules: (rules: AlertRules) => Promise<void>;
  keepChannel: (name: ChannelName, wish: ChannelWish) => Promise<void>;
  dropChannel: (name: ChannelName) => Promise<void>;
  test: (name: ChannelName) => Promise<TestResult>;
}

export function useAlertWrites(): AlertWrites {
  const live = useLiveStore();
  return {
    async keepRules({ rules, quiet_hours, language }) {
      const wanted = rules.map(({ kind, asset, limit, enabled, channels }) => ({ kind, asset, limit, enabled, channels }));
      await replace(RULES, { rules: wanted, quiet_hours, language });
    },
    async keepChannel(name, wish) {
      await replace(`${CHANNELS}/${name}`, wish);
      live.bump(['alert']);
    },
    async dropChannel(name) {
      await remove(`${CHANNELS}/${name}`);
      live.bump(['alert']);
    },
    test: (name) => create<TestResult>('/api/alerts/test', { channel: name }),
  };
}
