/** Trading calendars: which stretches of time a market trades on each trading day, in its own zone. */
import { DAY_MS, textOfDay, weekdayOf } from './civil.js';
import { type HolidayRule, isHalfDay, isHoliday } from './holidays.js';
import { instantOf, localMs } from './zone.js';

const MINUTE = 60_000;
/** The piece every window is made of; window edges lie on its multiples. */
export const BLOCK_MS = 15 * MINUTE;

/** Start and end in minutes after local midnight of the trading day; negative: the day before. */
type Window = readonly [from: number, to: number];

export interface CalendarRule {
  readonly name: string;
  readonly zone: string;
  readonly holidays: HolidayRule;
  readonly windows: readonly Window[];
  /** Windows of Mondays when they differ (markets that open on Sunday at another hour). */
  readonly mondays?: readonly Window[];
  readonly liquid: Window;
  /** Part of a day's variance that falls between close and open. */
  readonly gap: number;
}

export interface TradingDay {
  /** Number of the weekday since 1970: Friday and the Monday after it follow one another. */
  readonly index: number;
  readonly day: number;
  readonly text: string;
  /** Instants, in order: start of the first window, its end, start of the second … */
  readonly edges: readonly number[];
  /** Trading milliseconds before each window. */
  readonly before: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly liquidFrom: number;
  readonly liquidTo: number;
  readonly blocks: number;
}

const RULES: readonly CalendarRule[] = [
  { name: 'us-stock', zone: 'US/Eastern', holidays: 'us', windows: [[240, 1200]], liquid: [570, 960], gap: 0.25 },
  { name: 'us-option', zone: 'US/Eastern', holidays: 'us', windows: [[570, 960]], liquid: [570, 960], gap: 0.3 },
  { name: 'us-index', zone: 'US/Central', holidays: 'us', windows: [[510, 900]], liquid: [510, 900], gap: 0.3 },
  {
    name: 'us-index-option',
    zone: 'US/Central',
    holidays: 'us',
    windows: [
      [-285, 495],
      [510, 960],
    ],
    liquid: [510, 915],
    gap: 0.1,
  },
  { name: 'cme', zone: 'US/Central', holidays: 'cme', windows: [[-420, 960]], liquid: [510, 960], gap: 0.03 },
  { name: 'nymex', zone: 'US/Eastern', holidays: 'cme', windows: [[-360, 1020]], liquid: [570, 1020], gap: 0.03 },
  { name: 'fx', zone: 'US/Eastern', holidays: 'fx', windows: [[-405, 1020]], liquid: [-405, 1020], gap: 0.02 },
  { name: 'metal', zone: 'US/Eastern', holidays: 'fx', windows: [[-360, 1020]], liquid: [-360, 1020], gap: 0.03 },
  {
    name: 'crypto',
    zone: 'US/Eastern',
    holidays: 'none',
    windows: [[-480, 960]],
    mondays: [[-1260, 960]],
    liquid: [-1260, 960],
    gap: 0.01,
  },
  { name: 'fund', zone: 'US/Eastern', holidays: 'us', windows: [[960, 1320]], liquid: [960, 1320], gap: 1 },
  { name: 'us-bond', zone: 'US/Eastern', holidays: 'us', windows: [[480, 1020]], liquid: [480, 1020], gap: 0.3 },
  {
    name: 'sehk',
    zone: 'Hongkong',
    holidays: 'hongkong',
    windows: [
      [570, 720],
      [780, 960],
    ],
    liquid: [570, 960],
    gap: 0.35,
  },
  { name: 'europe', zone: 'MET', holidays: 'europe', windows: [[540, 1050]], liquid: [540, 1050], gap: 0.3 },
  { name: 'london', zone: 'GB-Eire', holidays: 'london', windows: [[480, 990]], liquid: [480, 990], gap: 0.3 },
  { name: 'korea', zone: 'ROK', holidays: 'korea', windows: [[540, 930]], liquid: [540, 930], gap: 0.35 },
];

const CACHE_LIMIT = 6_000;

/** One market's days. Days are numbered by weekday, so that holidays leave a hole and weekends none. */
export class Calendar {
  readonly rule: CalendarRule;
  readonly #full = new Map<number, TradingDay>();
  readonly #open = new Map<number, TradingDay | null>();

  constructor(rule: CalendarRule) {
    this.rule = rule;
  }

  /** The day as if there were no holidays: the price path runs on these. */
  full(index: number): TradingDay {
    let day = this.#full.get(index);
    if (day === undefined) {
      day = build(this.rule, index, false);
      if (this.#full.size >= CACHE_LIMIT) this.#full.clear();
      this.#full.set(index, day);
    }
    return day;
  }

  /** The day as it is traded, shortened where the market closes early; undefined on a holiday. */
  open(index: number): TradingDay | undefined {
    let day = this.#open.get(index);
    if (day === undefined) {
      const date = dayOfIndex(index);
      day = isHoliday(this.rule.holidays, date)
        ? null
        : isHalfDay(this.rule.holidays, date)
          ? build(this.rule, index, true)
          : this.full(index);
      if (this.#open.size >= CACHE_LIMIT) this.#open.clear();
      this.#open.set(index, day);
    }
    return day ?? undefined;
  }

  /** The first weekday whose trading (holidays not looked at) ends after the instant. */
  indexAt(instant: number): number {
    let index = indexOfDay(Math.floor(localMs(this.rule.zone, instant) / DAY_MS)) - 1;
    while (this.full(index).to <= instant) index += 1;
    return index;
  }

  /** The first traded day that ends after the instant. */
  dayAt(instant: number): TradingDay {
    return this.next(this.indexAt(instant), instant);
  }

  /** The first traded day from `index` on that ends after `instant`. */
  next(index: number, instant = Number.NEGATIVE_INFINITY): TradingDay {
    for (let i = index; ; i++) {
      const day = this.open(i);
      if (day !== undefined && day.to > instant) return day;
    }
  }

  /** The last traded day up to and including `index`. */
  previous(index: number): TradingDay {
    for (let i = index; ; i--) {
      const day = this.open(i);
      if (day !== undefined) return day;
    }
  }
}

/** Number of the weekday; Saturday and Sunday count as the Monday after. */
export function indexOfDay(day: number): number {
  const week = Math.floor((day + 3) / 7);
  return week * 5 + Math.min(5, weekdayOf(day));
}

export function dayOfIndex(index: number): number {
  const week = Math.floor(index / 5);
  return week * 7 + (index - week * 5) - 3;
}

function build(rule: CalendarRule, index: number, isHalf: boolean): TradingDay {
  const day = dayOfIndex(index);
  const at = (minutes: number): number => instantOf(rule.zone, day, minutes * MINUTE);
  const noon = rule.zone === 'US/Central' ? 720 : 780;
  const edges: number[] = [];
  const before: number[] = [];
  let total = 0;
  const windows = rule.mondays !== undefined && weekdayOf(day) === 0 ? rule.mondays : rule.windows;
  for (const [from, to] of windows) {
    // After an early close extended trading goes on until 17:00.
    const end = isHalf ? Math.min(to, rule.name === 'us-stock' ? noon + 240 : noon) : to;
    if (end <= from) continue;
    before.push(total);
    edges.push(at(from), at(end));
    total += at(end) - at(from);
  }
  return {
    index,
    day,
    text: textOfDay(day),
    edges,
    before,
    from: edges[0] ?? 0,
    to: edges.at(-1) ?? 0,
    liquidFrom: Math.max(at(rule.liquid[0]), edges[0] ?? 0),
    liquidTo: Math.min(at(isHalf ? Math.min(noon, rule.liquid[1]) : rule.liquid[1]), edges.at(-1) ?? 0),
    blocks: Math.round(total / BLOCK_MS),
  };
}

const calendars = new Map(RULES.map((rule) => [rule.name, new Calendar(rule)]));

/** The calendar of a name in the instrument tables. */
export function calendarOf(name: string): Calendar {
  const calendar = calendars.get(name);
  if (calendar === undefined) throw new RangeError(`no calendar named ${name}`);
  return calendar;
}

/** Trading milliseconds of a day before an instant; time between windows counts nothing. */
export function activeMs(day: TradingDay, instant: number): number {
  let total = 0;
  for (let i = 0; i < day.edges.length; i += 2) {
    const from = day.edges[i] as number;
    const to = day.edges[i + 1] as number;
    if (instant <= from) break;
    total += Math.min(instant, to) - from;
  }
  return total;
}

/** The instant at which so many trading milliseconds of the day have passed. */
export function instantAt(day: TradingDay, active: number): number {
  let i = day.before.length - 1;
  while (i > 0 && active < (day.before[i] as number)) i -= 1;
  return (day.edges[2 * i] as number) + active - (day.before[i] as number);
}
