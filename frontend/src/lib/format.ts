// Every figure and date a reader sees is formatted here, over Intl.
import { type DecimalInput, toDecimal } from './decimal';

export const HIDDEN = '•••••';
/** Shown for "not applicable"; components add the words for screen readers. */
export const EN_DASH = '–';

export interface FormatSettings {
  locale: string;
  timeZone: string;
  hidden: boolean;
  currency: string;
}

type Value = DecimalInput | null | undefined;
export type Instant = string | number | Date;
export interface SignOption {
  /** Print + as well as -; a value that rounds to zero has neither. */
  signed?: boolean;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function cached<T>(store: Map<string, T>, key: string, make: () => T): T {
  let found = store.get(key);
  if (!found) store.set(key, (found = make()));
  return found;
}

/** The font has no U+202F: its fallback glyph is half as wide and columns would not line up. */
export function noNarrowSpace(text: string): string {
  return text.replaceAll('\u202f', '\u00a0');
}

/** Stable dollars are printed with $; the unit is named beside the figure. */
const SYMBOL_OF: Readonly<Record<string, string>> = { USDT: 'USD', USDC: 'USD', FDUSD: 'USD', BUSD: 'USD', USD: 'USD', EUR: 'EUR', GBP: 'GBP' };

/** Decimals of a sum in a coin that is worth thousands; two elsewhere. */
const DIGITS_OF: Readonly<Record<string, number>> = { BTC: 6, ETH: 5 };

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(numberFormats, locale + JSON.stringify(options), () => new Intl.NumberFormat(locale, options));
}

function fixed(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

function sign({ signed = false }: SignOption): Intl.NumberFormatOptions {
  return { signDisplay: signed ? 'exceptZero' : 'negative' };
}

/** Which way a value reads once it is rounded to `digits`: 1, -1 or 0. */
export function direction(value: Value, digits = 2): -1 | 0 | 1 {
  const rounded = toDecimal(value)?.toDecimalPlaces(digits);
  if (!rounded || rounded.isZero()) return 0;
  return rounded.isNegative() ? -1 : 1;
}

export function createFormat(settings: FormatSettings) {
  const { locale, timeZone, hidden } = settings;

  function print(value: Value, options: Intl.NumberFormatOptions): string {
    const decimal = toDecimal(value);
    if (!decimal) return EN_DASH;
    // Intl reads a decimal string exactly; its type knows only numeric literals.
    return noNarrowSpace(numberFormat(locale, options).format(decimal.toFixed() as Intl.StringNumericLiteral));
  }

  function moneyOptions(unit: string, options: SignOption): Intl.NumberFormatOptions {
    const currency = SYMBOL_OF[unit];
    const style: Intl.NumberFormatOptions = currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {};
    return { ...style, ...fixed(DIGITS_OF[unit] ?? 2), ...sign(options) };
  }

  /** `$143,224.84`; an unknown unit follows the number: `12.00 BTC`. */
  function money(value: Value, options: SignOption & { unit?: string } = {}): string {
    if (hidden && toDecimal(value)) return HIDDEN;
    const unit = options.unit ?? settings.currency;
    const text = print(value, moneyOptions(unit, options));
    return SYMBOL_OF[unit] || text === EN_DASH ? text : `${text}\u00a0${unit}`;
  }

  /** Text before, of and after the fraction, so that cents can be dimmed. Joined, they are `money(value)`. */
  function moneyParts(value: Value): { main: string; fraction: string; rest: string } {
    const decimal = toDecimal(value);
    if (hidden || !decimal || !SYMBOL_OF[settings.currency]) return { main: money(value), fraction: '', rest: '' };
    const parts = numberFormat(locale, moneyOptions(settings.currency, {})).formatToParts(
      decimal.toFixed() as Intl.StringNumericLiteral, // as in print(): exact, wider than the type
    );
    const cut = parts.findIndex((part) => part.type === 'decimal');
    const end = parts.findIndex((part) => part.type === 'fraction') + 1;
    const join = (from: number, to?: number): string => noNarrowSpace(parts.slice(from, to).map((part) => part.value).join(''));
    return { main: join(0, cut), fraction: join(cut, end), rest: join(end) };
  }

  /** `$143k`: for axes and bars only. */
  function moneyCompact(value: Value, { digits, ...options }: SignOption & { digits?: number } = {}): string {
    if (hidden && toDecimal(value)) return HIDDEN;
    const currency = SYMBOL_OF[settings.currency];
    const style: Intl.NumberFormatOptions = currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {};
    const small = toDecimal(value)?.abs().lt(10) ?? false;
    const fraction = small ? (currency ? 2 : 4) : 0;
    const text = print(value, { ...style, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: currency ? (digits ?? fraction) : Math.max(digits ?? 0, fraction), ...sign(options) });
    return text.replace('K', 'k');
  }

  /** A value in percent (12.5 is 12.5 %), two decimals unless told. */
  function percent(value: Value, { digits = 2, ...options }: SignOption & { digits?: number } = {}): string {
    return print(toDecimal(value)?.div(100), { style: 'percent', ...fixed(digits), ...sign(options) });
  }

  /** A difference of two percentages. */
  function points(value: Value, { digits = 2, signed = true }: SignOption & { digits?: number } = {}): string {
    const text = print(value, { ...fixed(digits), ...sign({ signed }) });
    return text === EN_DASH ? text : `${text}\u00a0pp`;
  }

  /** Two decimals from 1 up, four significant digits below. Prices are public: never hidden. */
  function price(value: Value): string {
    const decimal = toDecimal(value);
    if (!decimal) return EN_DASH;
    return decimal.abs().gte(1) || decimal.isZero()
      ? print(decimal, fixed(2))
      : print(decimal, { minimumSignificantDigits: 4, maximumSignificantDigits: 4 });
  }

  /** Two decimals from 1,000 up, four from 10 up, else six. */
  function quantity(value: Value, options: SignOption = {}): string {
    const decimal = toDecimal(value);
    if (!decimal) return EN_DASH;
    if (hidden) return HIDDEN;
    const size = decimal.abs();
    return print(decimal, { ...fixed(size.gte(1000) ? 2 : size.gte(10) ? 4 : 6), ...sign(options) });
  }

  /** All digits the server sent, for hover and copy. */
  function exact(value: Value): string {
    const decimal = toDecimal(value);
    if (!decimal) return EN_DASH;
    return hidden ? HIDDEN : print(decimal, { maximumFractionDigits: 20 });
  }

  /** All digits of what the reader has typed: it stands beside what is in the field, hidden amounts or not. */
  function plain(value: Value): string {
    return print(value, { maximumFractionDigits: 20 });
  }

  function number(value: Value, { digits = 0, ...options }: SignOption & { digits?: number } = {}): string {
    return print(value, { ...fixed(digits), ...sign(options) });
  }

  function dateFormat(options: Intl.DateTimeFormatOptions, zone = timeZone): Intl.DateTimeFormat {
    const all = { timeZone: zone, ...options };
    return cached(dateFormats, locale + JSON.stringify(all), () => new Intl.DateTimeFormat(locale, all));
  }
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const show = (at: Instant, options: Intl.DateTimeFormatOptions, zone?: string): string =>
    noNarrowSpace(dateFormat(options, zone).format(new Date(at)));

  const date = (at: Instant): string => show(at, day);
  const dateShort = (at: Instant): string => show(at, { day: 'numeric', month: 'short' });
  const month = (at: Instant): string => show(at, { month: 'short' });
  const monthYear = (at: Instant): string => show(at, { month: 'short', year: '2-digit' });
  /** `Monday`: of the day in UTC. */
  const weekday = (at: Instant): string => show(at, { weekday: 'long' }, 'UTC');
  const time = (at: Instant): string => show(at, clock);
  const timeSeconds = (at: Instant): string => show(at, { ...clock, second: '2-digit' });
  const dateTime = (at: Instant): string => show(at, { ...day, ...clock });
  /** For hover: the instant in UTC, with the reader's offset at that instant. */
  const dateTimeUtc = (at: Instant): string => `${show(at, { ...day, ...clock, second: '2-digit' }, 'UTC')} UTC (${zone(at)})`;

  /** `UTC+1` of the reader's zone at that instant. */
  function zone(at: Instant): string {
    const format = cached(dateFormats, `zone ${timeZone}`, () => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }));
    const name = format.formatToParts(new Date(at)).find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
    return name.replace('GMT', 'UTC').replace(/^UTC\+0$/, 'UTC'); // browsers disagree on the +0
  }

  /** True when both instants are on one day of the reader's zone. */
  const sameDay = (a: Instant, b: Instant): boolean => date(a) === date(b);

  /** `14:18` today, else with its date. */
  const moment = (at: Instant, now: Instant): string => (sameDay(at, now) ? time(at) : dateTime(at));

  /** `9 s ago` under an hour, else `moment`. Instants in the future read as now. */
  function ago(at: Instant, now: Instant): string {
    const seconds = Math.max(0, Math.floor((new Date(now).getTime() - new Date(at).getTime()) / 1000));
    if (seconds >= 3600) return moment(at, now);
    // French "narrow" is "-9 s"; its "short" is what English calls narrow. English seconds are "s", as everywhere else.
    const style = locale.startsWith('fr') ? 'short' : 'narrow';
    const format = cached(relativeFormats, locale + style, () => new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' }));
    const parts = seconds < 60 ? format.formatToParts(-seconds, 'second') : format.formatToParts(-Math.floor(seconds / 60), 'minute');
    return noNarrowSpace(parts.map((part, index) => (part.type === 'literal' && index > 0 ? part.value.replace(/\bsec\b\.?/, 's').replace(/^\s*(?=\p{L})/u, '\u00a0') : part.value)).join(''));
  }

  /** `0.4 s`, `5 s`, `12 min`, `3 h`: how long something is, in its largest fitting unit. */
  function duration(seconds: number): string {
    const one = (value: number, digits: number, unit: string): string => `${number(value, { digits })}\u00a0${unit}`;
    if (seconds < 10) return one(seconds, Number.isInteger(seconds) ? 0 : 1, 's');
    if (seconds < 90) return one(Math.round(seconds), 0, 's');
    if (seconds < 5400) return one(Math.round(seconds / 60), 0, 'min');
    return seconds < 172_800 ? one(Math.round(seconds / 3600), 0, 'h') : one(Math.round(seconds / 86_400), 0, locale.startsWith('fr') ? 'j' : 'd');
  }

  /** `27:53` until an instant, `1:02:03` over an hour, `0:00` once it has passed. */
  function countdown(at: Instant, now: Instant): string {
    const left = Math.max(0, Math.ceil((new Date(at).getTime() - new Date(now).getTime()) / 1000));
    const two = (value: number): string => String(value).padStart(2, '0');
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  }

  /** `$`, `€`, or the coin's own name: what sums are printed with. */
  function unit(): string {
    const currency = SYMBOL_OF[settings.currency];
    if (!currency) return settings.currency;
    const parts = numberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  }

  /** Decimals that sums are printed with. */
  const moneyDigits = DIGITS_OF[settings.currency] ?? 2;

  return {
    hidden, unit, moneyDigits, money, moneyParts, moneyCompact, percent, points, price, quantity, exact, plain, number,
    date, dateShort, month, monthYear, weekday, time, timeSeconds, dateTime, dateTimeUtc, zone, sameDay, moment, ago, duration, countdown,
  };
}

export type Format = ReturnType<typeof createFormat>;
