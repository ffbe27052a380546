// Settings of rebalancing as they are typed: every number has its bounds, and what is wrong is said at its field.
import { typedDecimal, written } from '@/lib/typed';
import type { RebalancingSettings, SafetyLimits } from '@/composables/rebalanceTypes';

type Rule = { readonly min: number; readonly max: number; readonly optional?: boolean; readonly whole?: boolean; /** Sent as decimal text. */ readonly money?: boolean };

/** Presets of the exchange's own rebalancing bot: hours, and points of drift. */
export const INTERVALS_H = [0.5, 1, 4, 8, 12, 24, 72, 168, 336, 672] as const;
export const THRESHOLDS_PP = [0.5, 1, 2, 5, 10, 20, 30, 50] as const;

const MOST_MONEY = 1e12;
export const NUMBERS = {
  threshold_percent: { min: 0.01, max: 100 },
  interval_hours: { min: 0.5, max: 8760 },
  min_trade_usd: { min: 0, max: MOST_MONEY, money: true },
  min_trade_percent: { min: 0, max: 100 },
  max_turnover_percent: { min: 0.01, max: 100, optional: true },
  max_rank: { min: 1, max: 10_000, optional: true, whole: true },
  cooldown_hours: { min: 0, max: 8760 },
  settle_minutes: { min: 0, max: 10_080, whole: true },
} as const satisfies Record<string, Rule>;
export const LIMITS = {
  per_trade_usd: { min: 0.01, max: MOST_MONEY, optional: true, money: true },
  per_run_usd: { min: 0.01, max: MOST_MONEY, optional: true, money: true },
  per_day_usd: { min: 0.01, max: MOST_MONEY, optional: true, money: true },
  max_share_percent: { min: 0.01, max: 100, optional: true },
  max_slippage_percent: { min: 0.01, max: 50 },
} as const satisfies Record<string, Rule>;
export type NumberName = keyof typeof NUMBERS;
export type LimitName = keyof typeof LIMITS;

/** Numbers that a rule does not take; null is none, where it may be left empty. */
export function readNumber(text: string, rule: Rule): { value: string | null; wrong: boolean } {
  if (text.trim() === '') return { value: null, wrong: rule.optional !== true };
  const value = typedDecimal(text);
  const wrong = !value || value.lt(rule.min) || value.gt(rule.max) || (rule.whole === true && !value.isInteger());
  return { value: wrong ? null : value.toFixed(), wrong };
}

export const ruleOf = (name: NumberName | LimitName): Rule => (name in NUMBERS ? NUMBERS[name as NumberName] : LIMITS[name as LimitName]); // every name is in one of the two

/** Coins or pairs with commas or spaces between them; null where one is no name. */
export function readNames(text: string): string[] | null {
  const names = [...new Set(text.toUpperCase().split(/[\s,;]+/).filter(Boolean))];
  return names.every((name) => /^[A-Z0-9]{1,20}$/.test(name)) ? names : null;
}

/** `BTC 0.5, ETH 2`: what stays, as it is typed; null where a line is none. */
export function readProtected(text: string): Record<string, string> | null {
  const parts = text.split(/[;\n]|,\s+/).map((part) => part.trim()).filter(Boolean);
  const found = parts.map((part) => {
    const [, coin = '', amount = ''] = /^(\S+)\s+(.+)$/.exec(part) ?? [];
    const quantity = typedDecimal(amount);
    return /^[A-Za-z0-9]{1,20}$/.test(coin) && quantity?.gt(0) ? ([coin.toUpperCase(), quantity.toFixed()] as const) : null;
  });
  return found.every((one) => one !== null) ? Object.fromEntries(found) : null;
}
export const protectedText = (kept: Readonly<Record<string, string>>): string => Object.entries(kept).map(([coin, quantity]) => `${coin} ${written(quantity)}`).join('; '); // a comma may be a decimal's

export type SettingsForm = Pick<RebalancingSettings, 'dry_run' | 'strategy' | 'base_asset' | 'only_held' | 'sell_untargeted'> & Record<NumberName, string> & { excluded: string; protected: string; coin_ids: Record<string, string> };
export type LimitsForm = Record<LimitName, string> & { symbols: string };
export type FormError = 'range' | 'names' | 'protected' | 'percent' | 'coinId' | 'pace' | 'amount';

export function formOf(settings: RebalancingSettings): SettingsForm {
  const { dry_run, strategy, base_asset, only_held, sell_untargeted } = settings;
  const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, written(settings[name as NumberName])])) as Record<NumberName, string>; // one for each name
  return { dry_run, strategy, base_asset, only_held, sell_untargeted, ...numbers, excluded: settings.excluded.join(', '), protected: protectedText(settings.protected), coin_ids: Object.fromEntries(Object.entries(settings.coin_ids).map(([coin, id]) => [coin, String(id)])) };
}

export interface Read<T> {
  readonly errors: Readonly<Record<string, FormError>>;
  /** What is sent; null while something is wrong. */
  readonly body: T | null;
}

type Changes = Partial<RebalancingSettings>;

export function readForm(form: SettingsForm): Read<Changes> {
  const errors: Record<string, FormError> = {};
  const { dry_run, strategy, base_asset, only_held, sell_untargeted } = form;
  const body: Record<string, unknown> = { dry_run, strategy, base_asset, only_held, sell_untargeted };
  for (const name of Object.keys(NUMBERS) as NumberName[]) takeNumber(name, form[name], body, errors);
  // A threshold may be looked at more often than it is acted on; of a periodic strategy each look is a run.
  if (strategy === 'periodic' && Number(body.interval_hours) < Number(body.cooldown_hours)) fail(errors, 'interval_hours', 'pace');
  body.excluded = readNames(form.excluded) ?? fail(errors, 'excluded', 'names');
  body.protected = readProtected(form.protected) ?? fail(errors, 'protected', 'protected');
  body.coin_ids = readCoinIds(form.coin_ids, errors);
  return { errors, body: Object.keys(errors).length ? null : (body as Changes) }; // each of its names is one of the settings
}

/** Numbers of coins at CoinMarketCap; an empty field says nothing of its coin. */
function readCoinIds(ids: Readonly<Record<string, string>>, errors: Record<string, FormError>): Record<string, number> {
  const said = Object.entries(ids).map(([coin, id]) => [coin, id.trim()] as const).filter(([, id]) => id !== '');
  for (const [coin, id] of said) if (!/^[1-9]\d{0,8}$/.test(id)) fail(errors, `coin_ids.${coin}`, 'coinId');
  return Object.fromEntries(said.map(([coin, id]) => [coin, Number(id)]));
}

export function limitsForm(limits: SafetyLimits): LimitsForm {
  const numbers = Object.fromEntries(Object.keys(LIMITS).map((name) => [name, written(limits[name as LimitName])])) as Record<LimitName, string>; // one for each name
  return { ...numbers, symbols: limits.symbols?.join(', ') ?? '' };
}

export function readLimits(form: LimitsForm): Read<SafetyLimits> {
  const errors: Record<string, FormError> = {};
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(LIMITS) as LimitName[]) takeNumber(name, form[name], body, errors);
  const symbols = readNames(form.symbols) ?? fail(errors, 'symbols', 'names');
  body.symbols = symbols?.length ? symbols : null;
  return { errors, body: Object.keys(errors).length ? null : (body as unknown as SafetyLimits) }; // one for each name
}

function takeNumber(name: NumberName | LimitName, text: string, body: Record<string, unknown>, errors: Record<string, FormError>): void {
  const rule = ruleOf(name);
  const { value, wrong } = readNumber(text, rule);
  if (wrong) errors[name] = 'range';
  else body[name] = value === null || rule.money ? value : Number(value);
}

function fail(errors: Record<string, FormError>, name: string, why: FormError): null {
  errors[name] = why;
  return null;
}
