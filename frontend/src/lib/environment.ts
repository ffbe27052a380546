/** What is real. It comes from the server with each answer, never from this side's configuration. */
export const ENVIRONMENTS = ['live', 'testnet', 'demo', 'simulator'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export function isEnvironment(value: unknown): value is Environment {
  return ENVIRONMENTS.includes(value as Environment); // the list's type is narrower than what is asked of it
}
