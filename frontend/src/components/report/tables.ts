// The tables of a report: figures of the API in the reader's words, each with its mark.
import { kindOf } from '@/components/cashflows/flows';
import { riskLines } from '@/components/performance/riskLines';
import type { PageMetric } from '@/composables/useExplain';
import type { Report } from '@/composables/useReport';
import { toDecimal } from '@/lib/decimal';
import { middayOf, periodName } from './period';
import { type Cell, figure, nothing, ofPeriod, opening, plain, type Table, whyText, type Words } from './words';

const BEST = 5;
type Money = string | null;
const signed = { signed: true } as const;

function money(words: Words, value: Money, options: { signed?: boolean } = {}): string | null {
  return value === null ? null : words.f.money(value, options);
}

function percent(words: Words, value: number | null): string | null {
  return value === null ? null : words.f.percent(value, signed);
}

const strong = (cell: Cell): Cell => ({ ...cell, strong: true });

/** Opening and closing value, flows, profit and returns. */
export function summaryTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const { f } = words;
  const one = report.summary;
  const open = (metric: PageMetric, cell: Cell): Cell => opening(report, cell, ofPeriod(report, metric));
  const value = (metric: PageMetric, amount: Money): Cell => open(metric, figure(words, money(words, amount), one.values_status, one.values_reason));
  const year = report.period.kind === 'year';
  const line = (key: string, cell: Cell): Cell[] => [{ text: t(`report.summary.${key}`) }, cell];
  const roots = one.xirr_several_roots ? { note: t('performance.strip.severalRoots') } : {};
  const benchmark = report.benchmark;
  return {
    title: t('report.summary.title'),
    head: [t('report.summary.figure'), t('report.value')],
    rows: [
      [{ text: t('report.summary.start', { date: one.start ? f.dateTime(one.start) : '–' }) }, value('start_value', one.start_value_usd)],
      line('flows', open('net_flows', figure(words, money(words, one.net_flows_usd, signed), one.pnl_status, one.pnl_reason ?? one.reason))),
      line('pnl', strong(open('pnl', figure(words, money(words, one.pnl_usd, signed), one.pnl_status, one.pnl_reason)))),
      [{ text: t('report.summary.end', { date: one.end ? f.dateTime(one.end) : '–' }) }, strong(value('end_value', one.end_value_usd))],
      line('pnlPercent', open('pnl_percent', figure(words, percent(words, one.pnl_percent), one.pnl_status, one.pnl_percent === null ? one.pnl_percent_reason : one.pnl_reason))),
      line('twr', strong(open('twr', figure(words, percent(words, one.twr_percent), one.status, one.reason)))),
      ...(one.twr_annualized_percent === null ? [] : [line('annualised', open('twr_annualized', figure(words, percent(words, one.twr_annualized_percent), one.status, one.reason)))]),
      line(year ? 'xirrYear' : 'xirr', open('xirr', { ...figure(words, percent(words, one.xirr_percent), one.xirr_status, one.xirr_reason), ...roots })),
      line('benchmark', open('benchmark_twr', figure(words, percent(words, one.benchmark_twr_percent), one.benchmark_status, one.benchmark_reason))),
      line('excess', open('excess', figure(words, one.excess_percent === null ? null : f.points(one.excess_percent), one.excess_status, one.excess_reason))),
      ...(benchmark ? [line('against', open('benchmark_difference', figure(words, money(words, benchmark.difference_usd, signed), benchmark.value_status, benchmark.value_reason)))] : []),
    ],
  };
}

/** The closing equation; the profit of one coin for another stands in one line with that of prices. */
export function changeTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const one = report.attribution;
  const prices = one.realized_pnl_usd === null || one.unrealized_change_usd === null ? null : toDecimal(one.realized_pnl_usd)?.plus(toDecimal(one.unrealized_change_usd) ?? 0).toFixed() ?? null;
  const fees = one.fees_usd === null ? null : toDecimal(one.fees_usd)?.negated().toFixed() ?? null;
  const row = (key: string, metric: PageMetric, amount: Money, options = {}): Cell[] => [{ text: t(`report.change.${key}`) }, opening(report, figure(words, money(words, amount, options), one.status, one.reason), ofPeriod(report, metric))];
  return {
    title: t('report.change.title'),
    head: [t('report.change.part'), t('report.value')],
    rows: [
      row('start', 'start_value', one.start_value_usd), row('flows', 'attribution_flows', one.flows_usd, signed), row('prices', 'attribution_prices', prices, signed), row('income', 'attribution_income', one.income_usd, signed),
      row('fees', 'attribution_fees', fees, signed), row('residual', 'attribution_residual', one.residual_usd, signed),
    ],
    foot: row('end', 'end_value', one.end_value_usd).map(strong),
  };
}

export function monthsTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  return {
    title: t('report.months.title'),
    head: [t('report.months.month'), t('report.months.end'), t('report.months.flows'), t('report.months.twr'), t('report.months.benchmark')],
    rows: report.months.map((one) => {
      const of = (text: string | null): Cell => figure(words, text, one.status, one.reason);
      const open = (metric: PageMetric, cell: Cell): Cell => opening(report, cell, { metric, month: one.month });
      return [
        { text: periodName({ kind: 'month', name: one.month, start: middayOf(`${one.month}-15`) }, words.locale), note: one.complete ? undefined : t('report.notWhole') },
        open('end_value', plain(money(words, one.end_value_usd))), open('net_flows', plain(money(words, one.net_flows_usd, signed))), open('twr', of(percent(words, one.twr_percent))),
        open('benchmark_twr', figure(words, percent(words, one.benchmark_twr_percent), one.benchmark_status, one.benchmark_reason)),
      ];
    }),
  };
}

export function riskTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const { f } = words;
  const days = report.risk.daily_returns;
  const lines = riskLines(report.risk, f);
  const mix = t('report.benchmark');
  const few = (reason: string | null, count: number | null): string => (reason === 'too_few_days' ? t('performance.risk.tooFew', { n: f.number(count ?? 0), needed: f.number(days.needed) }) : whyText(words, reason));
  return {
    title: t('report.risk.title'),
    sub: t('report.risk.sub', { n: f.number(days.count), missing: f.number(days.missing), rate: f.percent(report.risk.risk_free_rate_percent) }),
    head: [t('performance.risk.measure'), t('report.risk.own'), mix],
    rows: lines.map((line) => {
      const note = line.own.text === null ? few(line.own.reason, line.own.count) : line.own.status === 'estimated' ? t('report.estimated', { why: few(line.own.reason, line.own.count) }) : undefined;
      const when = line.when === null ? undefined : f.date(line.when.length === 10 ? middayOf(line.when) : line.when);
      return [
        { text: t(`performance.risk.name.${line.key}`, { mix }), note: when },
        opening(report, { text: line.own.text ?? t('report.unknown'), note, missing: line.own.text === null }, ofPeriod(report, line.key)),
        line.benchmark === null ? nothing() : line.benchmark.text === null ? { text: t('report.unknown'), missing: true } : opening(report, { text: line.benchmark.text }, { ...ofPeriod(report, line.key), of: 'benchmark' }),
      ];
    }),
  };
}

export function fallsTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const { f } = words;
  return {
    title: t('report.falls.title'),
    head: [t('report.falls.depth'), t('performance.falls.peak'), t('performance.falls.trough'), t('performance.falls.recovered'), t('performance.falls.days')],
    rows: report.drawdowns.map((one, i) => [
      opening(report, figure(words, percent(words, one.depth_percent), one.status, one.reason), { ...ofPeriod(report, 'drawdown'), number: i + 1 }), { text: f.date(one.peak) }, { text: f.date(one.trough) },
      { text: one.recovered ? f.date(one.recovered) : t('performance.falls.notYet') }, { text: f.number(one.days, { digits: 0 }) },
    ]),
    empty: report.summary.twr_percent === null ? whyText(words, report.summary.reason) : t('performance.falls.none'),
  };
}

/** The days of the period by return: the best ones, or the worst. */
export function daysTable(words: Words, report: Report, which: 'best' | 'worst'): Table {
  const { t } = words.i18n;
  const known = report.days.filter((day) => day.return_percent !== null).sort((a, b) => (b.return_percent ?? 0) - (a.return_percent ?? 0));
  const told = which === 'best' ? known.slice(0, BEST).filter((day) => (day.return_percent ?? 0) > 0) : known.slice(-BEST).reverse().filter((day) => (day.return_percent ?? 0) < 0);
  return {
    title: t(`report.days.${which}`),
    head: [t('report.days.day'), t('report.days.return'), t('report.benchmark'), t('report.days.close')],
    rows: told.map((day) => [
      { text: words.f.date(middayOf(day.date)) }, opening(report, figure(words, percent(words, day.return_percent), day.status, day.reason), { metric: 'day_return', date: day.date }),
      opening(report, figure(words, percent(words, day.benchmark_return_percent), day.benchmark_status, day.benchmark_reason), { metric: 'day_benchmark_return', date: day.date }), opening(report, plain(money(words, day.nav_close_usd)), { metric: 'day_close', date: day.date }),
    ]),
    empty: known.length ? t('report.days.none') : whyText(words, report.days.find((day) => day.reason !== null)?.reason ?? report.summary.reason),
  };
}

type Coin = Report['profit']['items'][number];

function coinRow(words: Words, one: Coin): Cell[] {
  const of = (text: string | null): Cell => figure(words, text, one.status, one.reason);
  return [
    { text: one.symbol, note: one.name === one.asset ? undefined : one.name }, plain(money(words, one.realized_pnl, signed)), of(money(words, one.unrealized_pnl, signed)),
    strong(of(money(words, one.total_pnl, signed))), plain(money(words, one.fees_usd)), { text: words.f.number(one.trades) },
  ];
}

const coinHead = ({ i18n: { t } }: Words): string[] => [t('report.profit.coin'), t('report.profit.realized'), t('report.profit.unrealized'), t('report.profit.total'), t('report.profit.fees'), t('report.profit.trades')];

/** Profit of the period by coin and contract, all of them. */
export function profitTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const { items, totals, status, reason } = report.profit;
  const of = (text: string | null): Cell => strong(text === null ? figure(words, null, status, reason) : { text });
  const name = figure(words, t('report.total'), status === 'estimated' ? 'estimated' : 'exact', reason);
  return {
    title: t('report.profit.title'),
    sub: t('report.profit.sub', { method: t(`trades.positions.methods.${report.method}`) }),
    head: coinHead(words),
    rows: items.map((one) => coinRow(words, one)),
    foot: items.length ? [name, of(money(words, totals.realized_pnl, signed)), of(money(words, totals.unrealized_pnl, signed)), of(money(words, totals.total_pnl, signed)), of(money(words, totals.fees_usd)), { text: '' }] : undefined,
    empty: whyText(words, reason) || t('report.profit.none'),
  };
}

/** The coins that brought most, or cost most. */
export function coinsTable(words: Words, report: Report, which: 'best' | 'worst'): Table {
  const { t } = words.i18n;
  const known = report.profit.items.filter((one) => one.total_pnl !== null);
  const way = (one: Coin): number => Number(toDecimal(one.total_pnl)?.comparedTo(0) ?? 0);
  const told = which === 'best' ? known.filter((one) => way(one) > 0).slice(0, BEST) : known.filter((one) => way(one) < 0).slice(-BEST).reverse();
  return {
    title: t(`report.coins.${which}`), head: [t('report.profit.coin'), t('report.profit.total')],
    rows: told.map((one) => [{ text: one.symbol }, figure(words, money(words, one.total_pnl, signed), one.status, one.reason)]),
    empty: whyText(words, report.profit.reason) || t(`report.coins.none.${which}`),
  };
}

export function flowsTable(words: Words, report: Report): Table {
  const { t } = words.i18n;
  const { f } = words;
  const { items, totals } = report.flows;
  const several = report.accounts.length > 1;
  return {
    title: t('report.flows.title'),
    head: [t('cashflows.columns.date'), t('cashflows.columns.type'), t('report.flows.coins'), ...(several ? [t('report.flows.account')] : []), t('report.value')],
    words: several ? 4 : 3,
    rows: items.map((one) => {
      const told = one.status === 'estimated' || one.status === 'to_confirm';
      const amount = figure(words, money(words, one.amount_usd, signed), told ? 'estimated' : 'exact', one.reason);
      const left = one.counted ? (one.in_figures ? null : t('report.flows.later')) : t('report.flows.notCounted');
      const notes = [amount.note, left].filter(Boolean).join('; ');
      return [
        { text: f.dateTime(one.timestamp), note: one.description || undefined }, { text: t(`cashflows.types.${kindOf(one)}`) },
        { text: one.asset && one.quantity ? `${f.quantity(one.quantity)} ${one.asset}` : '–' }, ...(several ? [{ text: one.account_name }] : []), { ...amount, note: notes || undefined },
      ];
    }),
    foot: items.length ? [{ text: t('report.flows.net') }, { text: '' }, { text: '' }, ...(several ? [{ text: '' }] : []), strong(opening(report, figure(words, money(words, totals.net_usd, signed), totals.status, totals.reason), ofPeriod(report, 'net_flows')))] : undefined,
    empty: t('report.flows.none'),
  };
}

export function holdingsTable(words: Words, report: Report, which: 'opening' | 'closing'): Table {
  const { t } = words.i18n;
  const { f } = words;
  const held = which === 'opening' ? report.opening_holdings : report.closing_holdings;
  return {
    title: t(`report.holdings.${which}`),
    sub: held.timestamp ? f.dateTime(held.timestamp) : undefined,
    head: [t('report.profit.coin'), t('report.holdings.quantity'), t('report.holdings.price'), t('report.value'), t('report.holdings.share')],
    rows: held.items.map((one) => [
      { text: one.asset, note: one.name === one.asset ? undefined : one.name }, { text: f.quantity(one.quantity) }, one.reason ? figure(words, one.price_usd && f.price(one.price_usd), 'exact', one.reason) : plain(one.price_usd && f.price(one.price_usd)),
      one.value_usd === null ? { text: t('report.unknown'), missing: true } : { text: f.money(one.value_usd) }, plain(one.share_percent === null ? null : f.percent(one.share_percent)),
    ]),
    foot: held.items.length || held.value_usd !== null ? [{ text: t('report.total') }, { text: '' }, { text: '' }, strong(opening(report, figure(words, money(words, held.value_usd), held.status, held.reason), ofPeriod(report, which === 'opening' ? 'start_value' : 'end_value'))), { text: '' }] : undefined,
    empty: whyText(words, held.reason) || t('report.holdings.none'),
  };
}

export function kindsTable(words: Words, report: Report, which: 'fees' | 'income'): Table {
  const { t } = words.i18n;
  const { f } = words;
  const told = report[which];
  const options = which === 'income' ? signed : {};
  return {
    title: t(`report.${which}.title`),
    head: [t('report.kinds.kind'), t('report.kinds.count'), t('report.value')],
    rows: told.items.map((one) => [
      { text: t(`report.kinds.${one.kind}`) }, plain(one.count === null ? null : f.number(one.count)),
      { text: f.money(one.value_usd, options), note: one.unpriced ? t('report.kinds.unpriced', { n: f.number(one.unpriced) }, one.unpriced) : undefined },
    ]),
    foot: told.items.length ? [{ text: t('report.total') }, { text: '' }, strong(opening(report, figure(words, money(words, told.total_usd, options), told.status, told.reason), ofPeriod(report, which)))] : undefined,
    empty: told.status === 'unavailable' ? whyText(words, told.reason) : t(`report.${which}.none`),
  };
}
