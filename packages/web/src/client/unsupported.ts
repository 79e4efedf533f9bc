// What the Web API cannot do: told by `capabilities`, and refused as the core refuses what a server is too old for.

import type {
  AccountsFacade,
  AdvisorFacade,
  CalendarFacade,
  ContractsFacade,
  HistoryFacade,
  MarketFacade,
  NewsFacade,
  OptionsFacade,
  OrdersFacade,
  ScannerFacade,
  TerminalFacade,
} from 'ibwire';
import { feedStream, TooOldError } from 'ibwire';

/** The Web API has no such call. Nothing was sent. Told apart from an old server by `call` alone: what to do is the same. */
export class UnsupportedError extends TooOldError {
  /** As it stands in `capabilities`, for example `market.depth`. */
  readonly call: string;

  constructor(call: string, instead: string) {
    super(call, '', undefined, 1, 'is nothing that the Web API has');
    this.call = call;
    this.message = `${call}: the Web API has no such thing; ${instead}`;
  }
}

/** How a call that is refused fails: its promise, its stream, the first step of its pages, or the call itself. */
type Form = 'promise' | 'stream' | 'pages' | 'now';
type Lacking<F> = { readonly [K in keyof F]?: readonly [form: Form, instead: string] };

const SOCKET = 'use the socket (connect of ibwire)';

/** By family, what is not there. */
export const lacking = {
  accounts: {
    livePositions: ['stream', 'read positions() again; orders.live() tells what changes them'],
    summary: ['promise', 'numbers() has every tag of an account'],
    portfolio: ['stream', 'read positions() again, and pnl() for what they come to'],
    positionPnl: ['stream', 'pnl() tells that of the account'],
    live: ['now', 'liveNumbers() and pnl() tell it account by account'],
    holdings: ['promise', 'positions() has the same rows'],
    familyCodes: ['promise', SOCKET],
  },
  contracts: {
    details: ['promise', 'qualify() and grid() tell what is known'],
    detailsStream: ['stream', 'qualify() and grid() tell what is known'],
    marketRule: ['promise', 'grid() has the price steps of a contract'],
    hours: ['promise', SOCKET],
    isOpen: ['promise', SOCKET],
    nextOpen: ['promise', SOCKET],
  },
  market: {
    columns: ['now', 'quotes() tells the same tick by tick'],
    ticks: ['stream', 'quotes() tells the same as a quote'],
    tickByTick: ['stream', SOCKET],
    depth: ['stream', SOCKET],
    bars5s: ['stream', SOCKET],
    dataType: ['now', 'what the login may have is sent; every quote says what it is'],
    depthExchanges: ['promise', SOCKET],
    smartComponents: ['promise', SOCKET],
  },
  history: {
    columns: ['promise', 'bars() has the same bars'],
    span: ['now', 'ask bars() again with `end`'],
    live: ['stream', 'ask bars() again, or follow quotes()'],
    headTimestamp: ['promise', SOCKET],
    histogram: ['promise', SOCKET],
    schedule: ['promise', SOCKET],
    ticks: ['pages', SOCKET],
  },
  orders: {
    exercise: ['now', SOCKET],
    cancelAll: ['now', 'all() lists the orders, cancel() takes one'],
    completed: ['promise', 'all() has the ended orders of the day too'],
  },
  options: {
    greeks: ['promise', 'a quote of an option has modelGreeks'],
    modelGreeks: ['now', 'blackScholes of ibwire computes them'],
    modelVolatility: ['now', 'impliedVolatility of ibwire computes it'],
    calculateImpliedVolatility: ['promise', SOCKET],
    calculateOptionPrice: ['promise', SOCKET],
  },
  scanner: { parameters: ['promise', SOCKET], run: ['promise', SOCKET], subscribe: ['stream', SOCKET] },
  news: {
    providers: ['promise', SOCKET],
    article: ['promise', SOCKET],
    historical: ['promise', SOCKET],
    live: ['stream', SOCKET],
    bulletins: ['stream', SOCKET],
    fundamentals: ['promise', SOCKET],
  },
  advisor: {
    xml: ['promise', SOCKET],
    groups: ['promise', SOCKET],
    aliases: ['promise', SOCKET],
    replace: ['promise', SOCKET],
    replaceGroups: ['promise', SOCKET],
    softDollarTiers: ['promise', SOCKET],
  },
  calendar: { meta: ['promise', SOCKET], events: ['promise', SOCKET] },
  terminal: {
    time: ['promise', SOCKET],
    userInfo: ['promise', SOCKET],
    displayGroups: ['promise', SOCKET],
    displayGroup: ['now', SOCKET],
    config: ['promise', SOCKET],
    updateConfig: ['promise', SOCKET],
    logLevel: ['now', SOCKET],
  },
} as const satisfies {
  readonly accounts: Lacking<AccountsFacade>;
  readonly contracts: Lacking<ContractsFacade>;
  readonly market: Lacking<MarketFacade>;
  readonly history: Lacking<HistoryFacade>;
  readonly orders: Lacking<OrdersFacade>;
  readonly options: Lacking<OptionsFacade>;
  // Whole families: every call of the core's has its line.
  readonly scanner: Required<Lacking<ScannerFacade>>;
  readonly news: Required<Lacking<NewsFacade>>;
  readonly advisor: Required<Lacking<AdvisorFacade>>;
  readonly calendar: Required<Lacking<CalendarFacade>>;
  readonly terminal: Required<Lacking<TerminalFacade>>;
};

type Families = typeof lacking;
/** The core's facades by family. */
export interface Facades {
  readonly accounts: AccountsFacade;
  readonly contracts: ContractsFacade;
  readonly market: MarketFacade;
  readonly history: HistoryFacade;
  readonly orders: OrdersFacade;
  readonly options: OptionsFacade;
  readonly scanner: ScannerFacade;
  readonly news: NewsFacade;
  readonly advisor: AdvisorFacade;
  readonly calendar: CalendarFacade;
  readonly terminal: TerminalFacade;
}

function refusal(call: string, form: Form, instead: string): (...args: readonly unknown[]) => unknown {
  const error = (): UnsupportedError => new UnsupportedError(call, instead);
  switch (form) {
    case 'promise':
      return () => Promise.reject(error());
    case 'stream':
      return () => {
        const [stream, source] = feedStream<never>({ close() {} }, () => {});
        source.finish(error());
        return stream;
      };
    case 'pages':
      return () => {
        const step = (): Promise<never> => Promise.reject(error());
        return {
          next: step,
          return: () => Promise.resolve({ done: true, value: undefined }),
          [Symbol.asyncIterator]: () => ({ next: step }),
        };
      };
    case 'now':
      return () => {
        throw error();
      };
  }
}

/** The calls of a family that are not there, each refusing in its own form. */
export function refusing<F extends keyof Families>(family: F): Pick<Facades[F], keyof Families[F] & keyof Facades[F]> {
  const calls = Object.entries(lacking[family] as Lacking<Record<string, unknown>>).flatMap(([name, row]) =>
    row === undefined ? [] : [[name, refusal(`${family}.${name}`, row[0], row[1])] as const],
  );
  return Object.fromEntries(calls) as Pick<Facades[F], keyof Families[F] & keyof Facades[F]>; // each row is a key of the facade: the table says so
}

/** What a call can do here. */
export type Capability = { readonly can: true } | { readonly can: false; readonly instead: string };

/** Every call of these facades, as `market.depth`, with whether it is there and what serves instead. */
export function capabilitiesOf(facades: Readonly<Record<string, object>>): Readonly<Record<string, Capability>> {
  const all: Record<string, Capability> = {};
  const table: Readonly<Record<string, Lacking<Record<string, unknown>>>> = lacking;
  for (const [family, facade] of Object.entries(facades))
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(facade))) {
      const row = table[family]?.[name];
      if (row !== undefined) all[`${family}.${name}`] = { can: false, instead: row[1] };
      else if (typeof descriptor.value === 'function') all[`${family}.${name}`] = { can: true };
    }
  return all;
}
