/** What the server says has changed; each data request names the topics it depends on. */
export const TOPICS = ['balances', 'snapshot', 'cashflow', 'sync', 'run', 'alert', 'import', 'positions', 'audit'] as const;

export type Topic = (typeof TOPICS)[number];
