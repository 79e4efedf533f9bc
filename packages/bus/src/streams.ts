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
  open(ib: Ib, contract: Contract, terms: never): Subscription<T, V>;
  picture(stream: Subscription<T, V>): readonly Row[];
  view?(terms: never): Retold<T, V>;
}): StreamKind {
  return {
    open: row.open as unknown as StreamKind['open'],
    picture: row.picture as unknown as StreamKind['picture'],
    view: (terms) => row.view?.(terms as never) as Retold<Row, unknown> | undefined,
  };
}

const newest = <T extends Row>({ latest }: Subscription<T, unknown>): readonly Row[] => (latest === undefined ? [] : [latest]);

export const streamKinds = {
  quotes: kind<QuoteTick, Quote>({
    open: (ib, contract, terms: { readonly genericTicks?: readonly (number | string)[] }) => ib.market.quotes(contract, terms),
    picture: ({ view }) => pictureOfQuote(view),
    view: () => retoldQuote(),
  }),
  depth: kind<BookChange, Book>({
    open: (ib, contract, terms: { readonly rows?: number; readonly isSmartDepth?: boolean }) => ib.market.depth(contract, terms),
    picture: ({ view }) => [{ change: 'book', bids: [...view.bids], asks: [...view.asks] }],
    view: ({ rows }: { readonly rows?: number }) => retoldBook(rows),
  }),
  bars5s: kind<Bar, undefined>({
    open: (ib, contract, terms: Parameters<Ib['market']['bars5s']>[1]) => ib.market.bars5s(contract, terms) as never,
    picture: newest,
  }),
  tickByTick: kind({
    open: (ib, contract, { type = 'Last', ...terms }: { readonly type?: 'Last' | 'AllLast' | 'BidAsk' | 'MidPoint' }) =>
      ib.market.tickByTick(contract, type, terms) as never,
    picture: newest,
  }),
} as const satisfies Readonly<Record<string, StreamKind>>;

export type StreamName = keyof typeof streamKinds;

export const isStreamName = (name: string): name is StreamName => Object.hasOwn(streamKinds, name);
