import type { Composer } from 'vue-i18n';
import type { Attention } from '@/composables/types';
import type { Format } from '@/lib/format';
import type { IconName } from '@/lib/icons';

export interface AttentionLine {
  readonly key: string;
  readonly severity: Attention['severity'];
  readonly icon: IconName;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly href: string;
}

export const MAX_LINES = 5;

const WORST: readonly Attention['severity'][] = ['danger', 'warn', 'info'];
const ICON: Readonly<Record<string, IconName>> = {
  sync_failed: 'alert', stale_balances: 'clock', unpriced_assets: 'info', flows_to_confirm: 'cashflows', unreconciled: 'alert',
  history_importing: 'download', key_can_withdraw: 'key', no_ip_restriction: 'key', recomputing: 'refresh',
  wallets_unknown: 'alert', reporting_currency_depeg: 'alert', coins_differ: 'alert', residuals: 'alert', history_gaps: 'download', lines_refused: 'info', key_gone: 'key', key_lost: 'key', same_name: 'key',
};

/** The worst five in words. A kind this version has no words for is named rather than dropped. */
export function attentionLines(items: readonly Attention[], i18n: Pick<Composer, 't' | 'te'>, f: Format): AttentionLine[] {
  return [...items]
    .sort((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity))
    .slice(0, MAX_LINES)
    .map((item, i) => {
      const known = i18n.te(`overview.attention.${item.kind}.title`);
      const say = (part: 'title' | 'detail' | 'action'): string =>
        known ? i18n.t(`overview.attention.${item.kind}.${part}`, words(item, f), count(item)) : i18n.t(`overview.attention.other.${part}`, { kind: item.kind.replaceAll('_', ' ') });
      return {
        key: `${item.kind} ${i}`, severity: item.severity, icon: ICON[item.kind] ?? 'info',
        title: say('title'), detail: say('detail'), action: say('action'), href: item.href,
      };
    });
}

/** How many things a line is about. */
function count(item: Attention): number {
  const { assets, sources, residuals, lines } = item.params;
  const listed = [assets, sources].find(Array.isArray);
  if (listed) return listed.length;
  return [residuals, lines].find((n) => typeof n === 'number') ?? 1;
}

/** Parameters as a reader sees them: lists joined, numbers formatted, all else as text. */
function words(item: Attention, f: Format): Record<string, string | number> {
  const out: Record<string, string | number> = { account: '', assets: '', detail: '', done: '', total: '' };
  for (const [name, value] of Object.entries(item.params)) {
    if (Array.isArray(value)) out[name] = value.join(', ');
    else if (typeof value === 'number') out[name] = f.number(value);
    else out[name] = value === null ? '' : String(value);
  }
  return { ...out, n: f.number(count(item)) };
}
