// What each channel is asked for: its fields as they are typed, and as they are sent.
import type { AlertChannel, ChannelName, ChannelWish } from '@/composables/useAlerts';

export interface ChannelField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'security';
}
const text = (name: string): ChannelField => ({ name, kind: 'text' });

export const FIELDS: Readonly<Record<ChannelName, readonly ChannelField[]>> = {
  webhook: [text('url')],
  telegram: [text('chat_id')],
  email: [text('host'), { name: 'port', kind: 'number' }, { name: 'security', kind: 'security' }, text('user'), text('sender'), text('recipient')],
};
const FIRST: Readonly<Record<string, string>> = { port: '587', security: 'starttls' };

/** What is kept of a channel, as it stands in the form. */
export function formOf(channel: AlertChannel): Record<string, string> {
  const kept: object = channel[channel.channel] ?? {};
  const known = new Map<string, unknown>(Object.entries(kept));
  return Object.fromEntries(FIELDS[channel.channel].map(({ name }) => [name, String(known.get(name) ?? FIRST[name] ?? '')]));
}

/** The form as it is sent; a secret that was not typed stays as it is kept. */
export function wishOf(name: ChannelName, form: Readonly<Record<string, string>>, secret: string, enabled: boolean): ChannelWish {
  const fields = FIELDS[name].map(({ name: field, kind }) => [field, kind === 'number' ? Number(form[field]) : (form[field] ?? '').trim()] as const);
  return { ...Object.fromEntries(fields), enabled, secret: secret === '' ? undefined : secret };
}
