// What a connection test found, line by line: state, words and what to change (messages `system.test`).
import type { Answer } from '@/api/answers';

export type Connection = Answer<'/api/portfolio/connection/test'>;
export type Check = 'answer' | 'clock' | 'read' | 'trade' | 'withdraw' | 'address';
export type Word = 'answers' | 'answersYes' | 'silent' | 'unknown' | 'clock' | 'may' | 'mayNot' | 'on' | 'off';

export interface Finding {
  readonly check: Check;
  readonly state: 'ok' | 'warn' | 'bad' | 'idle';
  readonly word: Word;
  readonly change?: 'withdraw' | 'address' | 'read';
}

/** Signed requests are refused beyond this. */
export const LARGEST_OFFSET_MS = 1000;

/** The exchange's time is its own in demo and rehearsal: how far it is from ours is no fault. */
export const ownTime = (environment: string): boolean => environment === 'demo' || environment === 'simulator';

export function findings(found: Connection): Finding[] {
  return [answer(found), clock(found), read(found), trade(found), withdraw(found), address(found)];
}

function answer({ server_time: time, latency_ms: latency }: Connection): Finding {
  if (time === null) return { check: 'answer', state: 'bad', word: 'silent' };
  return { check: 'answer', state: 'ok', word: latency === null ? 'answersYes' : 'answers' };
}

function clock({ clock_offset_ms: offset, environment }: Connection): Finding {
  if (offset === null) return { check: 'clock', state: 'idle', word: 'unknown' };
  const far = Math.abs(offset) > LARGEST_OFFSET_MS && !ownTime(environment);
  return { check: 'clock', state: far ? 'warn' : 'ok', word: 'clock' };
}

function read({ can_read: may }: Connection): Finding {
  if (may === null) return { check: 'read', state: 'idle', word: 'unknown' };
  return may ? { check: 'read', state: 'ok', word: 'may' } : { check: 'read', state: 'bad', word: 'mayNot', change: 'read' };
}

/** A key that may only read is enough: neither answer is a fault. */
function trade({ can_trade: may }: Connection): Finding {
  return { check: 'trade', state: may === null ? 'idle' : 'ok', word: may === null ? 'unknown' : may ? 'may' : 'mayNot' };
}

function withdraw({ can_withdraw: may }: Connection): Finding {
  if (may === null) return { check: 'withdraw', state: 'idle', word: 'unknown' };
  return may ? { check: 'withdraw', state: 'bad', word: 'may', change: 'withdraw' } : { check: 'withdraw', state: 'ok', word: 'mayNot' };
}

function address({ ip_restricted: restricted, environment }: Connection): Finding {
  if (restricted === null) return { check: 'address', state: 'idle', word: 'unknown' };
  if (restricted) return { check: 'address', state: 'ok', word: 'on' };
  // Play money needs no list of addresses.
  return environment === 'live' ? { check: 'address', state: 'warn', word: 'off', change: 'address' } : { check: 'address', state: 'idle', word: 'off' };
}
