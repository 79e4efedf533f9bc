// The one table of what a frame can hold: each row by its number, with the members of the item that it is.

import type { QuoteTick, StreamState } from 'ibwire';
import {
  type Bar,
  type BookChange,
  type BookLevel,
  type DataSource,
  type EveryTick,
  type Gap,
  type Greeks,
  quoteFields,
} from 'ibwire';
import {
  always,
  bool,
  date,
  type Field,
  type Fields,
  f64,
  i16,
  i32,
  list,
  mask,
  maybe,
  oneOf,
  optional,
  record,
  text,
} from './field.js';

/** Of the layout. A reader refuses a frame of another one. */
export const FRAME_VERSION = 2;

const sources = oneOf<DataSource>(['unknown', 'live', 'frozen', 'delayed', 'delayedFrozen']);
const causes = oneOf<Gap['cause']>(['disconnected', 'broker', 'dataLost', 'silent', 'competing', 'asked', 'unreadable']);
const states = oneOf<'opening' | 'live' | 'stale'>(['opening', 'live', 'stale']);
const level = record<BookLevel>({ price: f64, size: f64, marketMaker: optional(text) });
const greeks = record<Greeks>({
  impliedVol: maybe,
  delta: maybe,
  gamma: maybe,
  vega: maybe,
  theta: maybe,
  optPrice: maybe,
  pvDividend: maybe,
  undPrice: maybe,
  tickAttrib: maybe,
});

/** What of a tick does not depend on its field. */
const beside = { time: f64, source: sources, tickType: i16, attribMask: mask };
const field = oneOf(quoteFields);

type Of<K extends string> = Extract<QuoteTick, { readonly field: K }>;
type NumberTick = Exclude<Extract<QuoteTick, { readonly value: number | undefined }>, { readonly field: 'other' | 'reset' }>;
type Change<K extends string> = Extract<BookChange, { readonly change: K }>;

/** A hole in the stream of the desk, told as there. */
export type GapRow = { readonly gap: Gap };
/** How the stream of the desk stands. */
export type StateRow = {
  readonly state: 'opening' | 'live' | 'stale';
  readonly since: number;
  readonly cause: Gap['cause'] | undefined;
};
/** The stream of the desk has ended; nothing follows. */
export type EndRow = { readonly ended: string };
/** Everything a frame can hold. */
export type Row = QuoteTick | BookChange | Bar | EveryTick | GapRow | StateRow | EndRow;

interface RowType<T extends Row = Row> {
  readonly name: string;
  is(row: Row): boolean;
  readonly fields: Field<T>;
}

/** `constant`: members that every row of the kind has alike. */
function row<T extends Row>(
  name: string,
  is: (row: Row) => boolean,
  fields: Partial<Fields<T>>,
  constant?: Partial<T>,
): RowType<T> {
  const told = Object.fromEntries(Object.entries(constant ?? {}).map(([member, value]) => [member, always(value)]));
  return { name, is, fields: record({ ...told, ...fields } as Fields<T>) };
}

const ofField = (one: Row): string => ('field' in one ? one.field : '');
const isValue =
  (type: string) =>
  (one: Row): boolean =>
    'field' in one && !OWN_FIELDS.has(one.field) && typeof one.value === type;
const OWN_FIELDS: ReadonlySet<string> = new Set(['other', 'dataType', 'reset', 'params']);
const isTick =
  (...types: readonly string[]) =>
  (one: Row): boolean =>
    'type' in one && types.includes(one.type);
const isChange =
  (...changes: readonly string[]) =>
  (one: Row): boolean =>
    'change' in one && changes.includes(one.change);

/** Numbers of the rows are their places: a new row comes last. */
export const rowTypes = [
  row<NumberTick>('number', (one) => isValue('number')(one) || (isValue('undefined')(one) && !ofField(one).endsWith('Greeks')), {
    field: field as Field<never>,
    value: maybe,
    ...beside,
  }),
  row<Extract<QuoteTick, { readonly value: string }>>('text', isValue('string'), {
    field: field as Field<never>,
    value: text,
    ...beside,
  }),
  row<Extract<QuoteTick, { readonly value: Greeks }>>('greeks', isValue('object'), {
    field: field as Field<never>,
    value: greeks,
    ...beside,
  }),
  row<Of<'other'>>(
    'otherNumber',
    (one) => ofField(one) === 'other' && typeof (one as Of<'other'>).value !== 'string',
    { value: maybe, ...beside },
    { field: 'other' },
  ),
  row<Of<'other'>>(
    'otherText',
    (one) => ofField(one) === 'other',
    { value: text as Field<never>, ...beside },
    { field: 'other' },
  ),
  row<Of<'dataType'>>('dataType', (one) => ofField(one) === 'dataType', { value: sources, ...beside }, { field: 'dataType' }),
  row<Of<'reset'>>('reset', (one) => ofField(one) === 'reset', beside, { field: 'reset', value: undefined }),
  row<Of<'params'>>(
    'params',
    (one) => ofField(one) === 'params',
    { value: record({ minTick: maybe, bboExchange: optional(text), snapshotPermissions: maybe }), ...beside },
    { field: 'params' },
  ),
  row<Extract<BookChange, { readonly position: number }>>('level', isChange('insert', 'update', 'delete'), {
    change: oneOf(['insert', 'update', 'delete']),
    side: oneOf(['bid', 'ask']),
    position: i32,
    level,
    time: f64,
  }),
  row<Change<'reset'>>('cleared', isChange('reset'), { why: oneOf(['gateway', 'gap']), time: f64 }, { change: 'reset' }),
  row<Change<'book'>>('book', isChange('book'), { bids: list(level), asks: list(level) }, { change: 'book' }),
  row<Bar>('bar', (one) => 'open' in one, {
    time: date,
    date: optional(text),
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    volume: maybe,
    wap: maybe,
    count: maybe,
    isForming: bool,
  }),
  row<Extract<EveryTick, { readonly type: 'Last' | 'AllLast' }>>('trade', isTick('Last', 'AllLast'), {
    type: oneOf(['Last', 'AllLast']),
    time: f64,
    price: maybe,
    size: maybe,
    exchange: optional(text),
    specialConditions: optional(text),
    pastLimit: bool,
    unreported: bool,
  }),
  row<Extract<EveryTick, { readonly type: 'BidAsk' }>>(
    'bidAsk',
    isTick('BidAsk'),
    { time: f64, bidPrice: maybe, askPrice: maybe, bidSize: maybe, askSize: maybe, bidPastLow: bool, askPastHigh: bool },
    { type: 'BidAsk' },
  ),
  row<Extract<EveryTick, { readonly type: 'MidPoint' }>>(
    'midPoint',
    isTick('MidPoint'),
    { time: f64, midPoint: maybe },
    { type: 'MidPoint' },
  ),
  row<GapRow>('gap', (one) => 'gap' in one, { gap: record<Gap>({ from: f64, to: f64, cause: causes }) }),
  row<StateRow>('state', (one) => 'state' in one, { state: states, since: f64, cause: optional(causes) }),
  row<EndRow>('end', (one) => 'ended' in one, { ended: text }),
] as unknown as readonly RowType[];

/** From this place on rows are of the bus itself, no items of a stream. */
export const FIRST_OWN = rowTypes.findIndex(({ name }) => name === 'gap');

export function stateRow(state: Exclude<StreamState, { readonly at: 'closed' }>): StateRow {
  switch (state.at) {
    case 'opening':
      return { state: 'opening', since: 0, cause: undefined };
    case 'live':
      return { state: 'live', since: state.since, cause: undefined };
    default:
      return { state: 'stale', since: state.since, cause: state.cause };
  }
}
