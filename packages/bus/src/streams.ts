// The one table of streams over the bus: how each is opened at the desk, what a consumer that joins is told first, and what view
// its items make.

import {
  type Bar,
  type Book,
  type BookChange,
  type Ib,
  type Quote,
  type QuoteTick,
  quoteFields,
  type Retold,
  retoldBook,
  retoldQuote,
  type Subscription,
} from 'ibwire';
import type { Row } from './frame/rows.js';

type Contract = Parameters<Ib['market']['quotes']>[0];
/** What was asked for besides the contract. */
export type Terms = Readonly<Record<string, unknown>>;

export interface StreamKind {
  /** What may be asked for; nothing else is passed on, such as pictures that cost money. */
  readonly terms: readonly string[];
  open(ib: Ib, contract: Contract, terms: Terms): Subscription<Row, unknown>;
  /** The newest state as rows, for who joins; nothing where there is none. */
  picture(stream: Subscription<Row, unknown>): readonly Row[];
  /** The view that a consumer has. */
  view(terms: Terms): Retold<Row, unknown> | undefined;
}

function pictureOfQuote(quote: Quote): readonly Row[] {
  const { dataType, params } = quote;
  const beside = { time: 0, tickType: -1, attribMask: undefined } as const;
  return [
    { field: 'reset', value: undefined, source: 'unknown', ...beside },
    ...(dataType === 'unknown' ? [] : [{ field: 'dataType', value: dataType, source: dataType, ...beside } as const]),
    ...(params === undefined ? [] : [{ field: 'params', value: params, source: dataType, ...beside } as const]),
    ...quoteFields.flatMap((field): Row[] => {
      const tick: QuoteTick | undefined = quote[field];
      return tick === undefined ? [] : [tick];
    }),
  ];
}

/** A row of the table, with its own types inside. */
function kind<T extends Row, V>(row: {
  readonly terms: readonly string[];
  open(ib: Ib, contract: Contract, terms: never): Subscription<T, V>;
  picture(stream: Subscription<T, V>): readonly Row[];
  view?(terms: never): Retold<T, V>;
}): StreamKind {
  return {
    terms: row.terms,
    open: row.open as unknown as StreamKind['open'],
    picture: row.picture as unknown as StreamKind['picture'],
    view: (terms) => row.view?.(terms as never) as Retold<Row, unknown> | undefined,
  };
}

const newest = <T extends Row>({ latest }: Subscription<T, unknown>): readonly Row[] => (latest === undefined ? [] : [latest]);

export const streamKinds = {
  quotes: kind<QuoteTick, Quote>({
    terms: ['genericTicks'],
    open: (ib, contract, terms: { readonly genericTicks?: readonly (number | string)[] }) => ib.market.quotes(contract, terms),
    picture: ({ view }) => pictureOfQuote(view),
    view: () => retoldQuote(),
  }),
  depth: kind<BookChange, Book>({
    terms: ['rows', 'isSmartDepth'],
    open: (ib, contract, terms: { readonly rows?: number; readonly isSmartDepth?: boolean }) => ib.market.depth(contract, terms),
    picture: ({ view }) => [{ change: 'book', bids: [...view.bids], asks: [...view.asks] }],
    view: ({ rows }: { readonly rows?: number }) => retoldBook(rows),
  }),
  bars5s: kind<Bar, undefined>({
    terms: ['show', 'useRTH', 'fill'],
    open: (ib, contract, terms: Parameters<Ib['market']['bars5s']>[1]) => ib.market.bars5s(contract, terms) as never,
    picture: newest,
  }),
  tickByTick: kind({
    terms: ['type', 'numberOfTicks', 'ignoreSize'],
    open: (ib, contract, { type = 'Last', ...terms }: { readonly type?: 'Last' | 'AllLast' | 'BidAsk' | 'MidPoint' }) =>
      ib.market.tickByTick(contract, type, terms) as never,
    picture: newest,
  }),
} as const satisfies Readonly<Record<string, StreamKind>>;

export type StreamName = keyof typeof streamKinds;

export const isStreamName = (name: string): name is StreamName => Object.hasOwn(streamKinds, name);

/** @throws {TypeError} naming a term that the kind does not have. */
export function checkTerms(kind: StreamName, terms: Terms): void {
  const { terms: known } = streamKinds[kind];
  const stray = Object.keys(terms).find((name) => !known.includes(name));
  if (stray !== undefined) throw new TypeError(`${stray}: no such term of ${kind} over the bus; there is ${known.join(', ')}`);
}
