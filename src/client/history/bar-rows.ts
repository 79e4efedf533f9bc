// Bars of an answer as columns, filled while the answer is read.

import type { historicalData } from '../../protocol/messages/history/historical-data.js';
import type { Elements } from '../../protocol/schema/hand.js';
import type { HandedOf } from '../../protocol/schema/message.js';
import type { Gathering } from '../conversation/shapes.js';
import { type Bar, barOf, barTime, dayOf, isPrice, orNone, orUntold } from './bar.js';

type Name = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'wap' | 'count';
type Columns = { readonly [N in Name]: Float64Array };
type Maybe = number | undefined;

/**
 * Bars that are made into one list at a time. A longer list would have a place of its own in memory, be old at once, and keep its young
 * bars through every small collection: 2,300 ns a bar where 400 do.
 */
const PART = 4_096;
/** Rows that are made room for at first, whatever number is announced: two megabytes. */
const MOST_FIRST = 32_768;

export function columnsOf(column: (name: Name) => Float64Array): Columns {
  return {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    wap: column('wap'),
    count: column('count'),
  };
}

/** Bars without prices are left out. NaN: none. */
export class BarRows implements Elements<HandedOf<typeof historicalData>> {
  length = 0;
  columns: Columns;
  /** The first time that cannot be read. */
  badTime: string | undefined;
  private room: number;
  /** Dates of bars of a day and more, by their place. */
  private readonly days: (string | undefined)[] = [];
  private readonly ended: (bytes: number) => void;

  /** `about`: how many bars will come, more or less. */
  constructor(about: number, ended: (bytes: number) => void) {
    this.ended = ended;
    this.room = Math.max(1, Math.min(Math.ceil(about), MOST_FIRST));
    this.columns = columnsOf(() => new Float64Array(this.room));
  }

  /** One bar, its values in the order of the wire. */
  add(
    date: string | number = '',
    open: Maybe,
    high: Maybe,
    low: Maybe,
    close: Maybe,
    volume: Maybe,
    wap: Maybe,
    barCount: Maybe,
  ): void {
    if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return;
    const at = this.length;
    if (at === this.room) this.grow();
    const { columns } = this;
    const time = barTime(date);
    if (Number.isNaN(time)) this.badTime ??= String(date);
    columns.time[at] = time;
    columns.open[at] = open;
    columns.high[at] = high;
    columns.low[at] = low;
    columns.close[at] = close;
    columns.volume[at] = orNone(volume) ?? Number.NaN;
    columns.wap[at] = orUntold(wap) ?? Number.NaN;
    columns.count[at] = orNone(barCount) ?? Number.NaN;
    const day = dayOf(date);
    if (day !== undefined) this.days[at] = day;
    this.length = at + 1;
  }

  end(bytes: number): void {
    this.ended(bytes);
  }

  private grow(): void {
    const before = this.columns;
    this.room *= 2;
    this.columns = columnsOf((name) => {
      const column = new Float64Array(this.room);
      column.set(before[name]);
      return column;
    });
  }

  /** The bars as lists of at most `PART`. The last can be forming: `barOf`. */
  inParts(formingFrom: number): readonly (readonly Bar[])[] {
    const parts: (readonly Bar[])[] = [];
    for (let from = 0; from < this.length; from += PART) parts.push(this.part(from, formingFrom));
    return parts;
  }

  private part(first: number, formingFrom: number): readonly Bar[] {
    const bars: Bar[] = [];
    const { length, days } = this;
    const end = Math.min(first + PART, length);
    const { time, open, high, low, close, volume, wap, count } = this.columns;
    const told = (value: number): Maybe => (Number.isNaN(value) ? undefined : value);
    // A number read from a column is boxed, 16 bytes and one thing more to copy; as an integer it stands in the bar itself.
    const counted = (value: number): Maybe => ((value | 0) === value ? value | 0 : told(value));
    for (let at = first; at < end; at++) {
      // Sessions begin within an hour: the bar before the newest is over, however short it was.
      const from = at === length - 1 ? formingFrom : Number.POSITIVE_INFINITY;
      bars.push(
        barOf(
          time[at]!,
          days[at],
          open[at]!,
          high[at]!,
          low[at]!,
          close[at]!,
          counted(volume[at]!),
          told(wap[at]!),
          counted(count[at]!),
          from,
        ),
      );
    }
    return bars;
  }
}

/** The answers to one request for bars. */
export const gatheredBars: Gathering<BarRows> = {
  kind: 'historicalData',
  sink: (taken) => ({
    historicalData(about) {
      const rows: BarRows = new BarRows(about, (bytes) => taken(rows, bytes));
      return rows;
    },
  }),
  partOf(message) {
    if (message.kind !== 'historicalData') return undefined;
    const rows = new BarRows(message.bars.length, () => {});
    for (const { date, open, high, low, close, volume, wap, barCount } of message.bars)
      rows.add(date, open, high, low, close, volume, wap, barCount);
    return rows;
  },
};
