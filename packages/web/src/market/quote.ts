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

interface Reading {
  readonly value: number | undefined;
  readonly letter: 'H' | 'C' | undefined;
}
const NONE: Reading = { value: undefined, letter: undefined };
const PLAIN = /^-?\d+(?:\.\d+)?$/;

/** Numbers of market data are doubles, as the core's. Undefined: there is no such price at present. */
function numberOf(raw: unknown, form: FieldForm): Reading {
  if (typeof raw === 'string' && form === 'number' && PLAIN.test(raw)) return { value: Number(raw), letter: undefined };
  const read = marketValue(raw);
  if (read === undefined) return NONE;
  const value = Number(read.value);
  return {
    value: form === 'percent' ? value / 100 : value,
    letter: read.is === 'halted' ? 'H' : read.is === 'previousClose' ? 'C' : undefined,
  };
}

const sourceOf = (letters: unknown): DataSource => {
  const kind = dataKind(letters);
  return kind === 'none' ? 'unknown' : kind;
};

export function createQuoteMaker(): QuoteMaker {
  const retold = retoldQuote();
  const quote = retold.view;
  /** As it was written: what comes again is not read again. */
  const raw: Record<string, unknown> = {};
  let letters = '';
  const greeks: Record<string, number | undefined> = {};

  const put = (ticks: QuoteTick[], field: QuoteField, value: unknown, id: string, time: number): void => {
    const tick = { field, value, time, source: quote.dataType, tickType: Number(id), attribMask: undefined } as QuoteTick;
    retold.take(tick);
    ticks.push(tick);
  };
  const take = (row: Row, time: number): readonly QuoteTick[] => {
    const ticks: QuoteTick[] = [];
    const kind = row['6509'];
    if (typeof kind === 'string' && kind !== letters) {
      letters = kind;
      const source = sourceOf(kind);
      if (source !== quote.dataType) {
        const tick: QuoteTick = { field: 'dataType', value: source, time, source, tickType: -1, attribMask: undefined };
        retold.take(tick);
        ticks.push(tick);
      }
    }
    for (const [id, field, form] of QUOTE_FIELDS) {
      const said = row[id];
      if (said === undefined || said === raw[id]) continue;
      raw[id] = said;
      if (form === 'text') {
        if (typeof said === 'string') put(ticks, field, said, id, time);
        continue;
      }
      const { value, letter } = numberOf(said, form);
      if (field !== 'last') {
        if (value !== quote[field]?.value || quote[field] === undefined) put(ticks, field, value, id, time);
        continue;
      }
      // C: the close of the day before, as nothing was traded yet. H: trading is halted, the price stands.
      if (letter === 'C') {
        if (quote.last?.value !== undefined) put(ticks, 'last', undefined, id, time);
        if (row['7741'] === undefined && quote.close?.value !== value) put(ticks, 'close', value, id, time);
      } else if (value !== quote.last?.value) put(ticks, 'last', value, id, time);
      const halted = letter === 'H' ? 1 : 0;
      if ((quote.halted?.value ?? 0) !== halted) put(ticks, 'halted', halted, id, time);
    }
    let isGreek = false;
    for (const [id, part, form] of GREEK_FIELDS) {
      const said = row[id];
      if (said === undefined || said === raw[id]) continue;
      raw[id] = said;
      greeks[part] = numberOf(said, form).value;
      isGreek = true;
    }
    if (isGreek) put(ticks, 'modelGreeks', greeksOf(greeks), '7308', time);
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
