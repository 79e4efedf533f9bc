// A quote made of the fields of snapshots and of the stream: what is absent is unchanged, never 0.

import { type DataSource, type Greeks, type Quote, type QuoteField, type QuoteTick, type Retold, retoldQuote } from 'ibwire';
import { type FieldForm, GREEK_FIELDS, QUOTE_FIELDS } from './fields.js';
import { dataKind, marketValue } from './value.js';

type Row = Readonly<Record<string, unknown>>;

/** A quote to be written by `take`, and read as the core's. */
export interface QuoteMaker {
  readonly quote: Quote;
  readonly condense: Retold<QuoteTick, Quote>['condense'];
  /** The letters of 6509 as they came last; empty before. */
  readonly letters: string;
  /** Ticks of what changed. */
  take(row: Row, now: number): readonly QuoteTick[];
}

const PLAIN = /^-?\d+(?:\.\d+)?$/;
const GROUPED = /^\d{1,3}(?:,\d{3})+$/;

/** Numbers of market data are doubles, as the core's. Undefined: there is no such price at present. */
function numberOf(raw: unknown, form: FieldForm): number | undefined {
  // Nearly all are one of these two.
  if (typeof raw === 'string' && form === 'number') {
    if (PLAIN.test(raw)) return Number(raw);
    if (GROUPED.test(raw)) return Number(raw.replaceAll(',', ''));
  }
  const read = marketValue(raw);
  if (read === undefined) return undefined;
  return form === 'percent' ? Number(read.value) / 100 : Number(read.value);
}

/** The last price with the letter before it. */
function lastOf(raw: unknown): readonly [value: number | undefined, letter: 'H' | 'C' | undefined] {
  if (typeof raw === 'string' && PLAIN.test(raw)) return [Number(raw), undefined];
  const read = marketValue(raw);
  if (read === undefined) return [undefined, undefined];
  return [Number(read.value), read.is === 'halted' ? 'H' : read.is === 'previousClose' ? 'C' : undefined];
}

const FIELDS = QUOTE_FIELDS.map(([id, field, form]) => ({
  id,
  field: field as QuoteField,
  form: form as FieldForm,
  tickType: Number(id),
}));

const sourceOf = (letters: unknown): DataSource => {
  const kind = dataKind(letters);
  return kind === 'none' ? 'unknown' : kind;
};

export function createQuoteMaker(): QuoteMaker {
  const retold = retoldQuote();
  const quote = retold.view;
  /** As it was written, by place in the tables: what comes again is not read again. */
  const raw: unknown[] = new Array(FIELDS.length + GREEK_FIELDS.length).fill(undefined);
  let letters = '';
  const greeks: Record<string, number | undefined> = {};

  const put = (ticks: QuoteTick[], field: QuoteField, value: unknown, tickType: number, time: number): void => {
    const tick = { field, value, time, source: quote.dataType, tickType, attribMask: undefined } as QuoteTick;
    retold.take(tick);
    ticks.push(tick);
  };
  const takeKind = (ticks: QuoteTick[], kind: unknown, time: number): void => {
    if (typeof kind !== 'string' || kind === letters) return;
    letters = kind;
    const source = sourceOf(kind);
    if (source === quote.dataType) return;
    const tick: QuoteTick = { field: 'dataType', value: source, time, source, tickType: -1, attribMask: undefined };
    retold.take(tick);
    ticks.push(tick);
  };
  /** C: the close of the day before, as nothing was traded yet. H: trading is halted, the price stands. */
  const takeLast = (ticks: QuoteTick[], said: unknown, row: Row, time: number): void => {
    const [value, letter] = lastOf(said);
    if (letter === 'C') {
      if (quote.last?.value !== undefined) put(ticks, 'last', undefined, 31, time);
      if (row['7741'] === undefined && quote.close?.value !== value) put(ticks, 'close', value, 31, time);
    } else if (value !== quote.last?.value) put(ticks, 'last', value, 31, time);
    const halted = letter === 'H' ? 1 : 0;
    if ((quote.halted?.value ?? 0) !== halted) put(ticks, 'halted', halted, 31, time);
  };
  const take = (row: Row, time: number): readonly QuoteTick[] => {
    const ticks: QuoteTick[] = [];
    takeKind(ticks, row['6509'], time);
    for (let at = 0; at < FIELDS.length; at += 1) {
      const { id, field, form, tickType } = FIELDS[at] as (typeof FIELDS)[number];
      const said = row[id];
      if (said === undefined || said === raw[at]) continue;
      raw[at] = said;
      if (field === 'last') takeLast(ticks, said, row, time);
      else if (form !== 'text') {
        const value = numberOf(said, form);
        const before = quote[field];
        if (before === undefined || before.value !== value) put(ticks, field, value, tickType, time);
      } else if (typeof said === 'string') put(ticks, field, said, tickType, time);
    }
    let isGreek = false;
    for (let at = 0; at < GREEK_FIELDS.length; at += 1) {
      const [id, part, form] = GREEK_FIELDS[at] as (typeof GREEK_FIELDS)[number];
      const said = row[id];
      if (said === undefined || said === raw[FIELDS.length + at]) continue;
      raw[FIELDS.length + at] = said;
      greeks[part] = numberOf(said, form);
      isGreek = true;
    }
    if (isGreek) put(ticks, 'modelGreeks', greeksOf(greeks), 7308, time);
    return ticks;
  };
  return {
    quote,
    condense: retold.condense,
    take,
    get letters() {
      return letters;
    },
  };
}

const greeksOf = ({ delta, gamma, theta, vega, impliedVol }: Readonly<Record<string, number | undefined>>): Greeks => ({
  impliedVol,
  delta,
  gamma,
  vega,
  theta,
  optPrice: undefined,
  pvDividend: undefined,
  undPrice: undefined,
  tickAttrib: undefined,
});
