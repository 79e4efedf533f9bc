// Live market data.

import type { MessageOf } from '../../protocol/registry.js';
import type { ContractInput } from '../contracts/details.js';
import { askOne } from '../conversation/ask.js';
import { insistOn } from '../conversation/damage.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import type { Bar } from '../history/bar.js';
import type { EveryTick } from '../history/tick.js';
import type { Book, BookChange } from './book.js';
import { type ColumnRequest, type ColumnStream, openColumns } from './columns/open.js';
import { depthExchanges, smartComponents, tickByTick } from './conversations.js';
import { createDataType, type WantedDataType } from './data-type.js';
import { type DepthRequest, openDepth } from './depth.js';
import { type FiveSecondRequest, openFiveSecondBars } from './five-second-bars.js';
import type { Quote, QuoteTick } from './quote.js';
import type { TickMessage } from './quote-maker.js';
import { openQuotes, openTicks, type QuoteRequest } from './quotes.js';
import { type TickByTickType, type TickOfType, takeTicks, tickSink } from './tick-by-tick.js';

/** What a stream of ticks begins with, and what it leaves out. */
export interface TickByTickRequest {
  /** Ticks of the past to begin with, at most 1000; default 0. */
  readonly numberOfTicks?: number;
  /** Of quotes: changes of size alone are left out. */
  readonly ignoreSize?: boolean;
}

/**
 * `ib.market`: prices as they are. Streams share a market-data line where they ask the same, say their gaps, and come back after
 * a lost connection.
 */
export interface MarketFacade {
  /**
   * The quote of an instrument: one item for each field that changes; `view` is the whole quote, with time and source of
   * each field. Equal requests share one line.
   * ```ts
   * const quotes = ib.market.quotes(aapl)
   * for await (const ticks of quotes.batches({ overflow: 'latest' })) console.log(quotes.view.bid?.value, ticks.gaps)
   * ```
   */
  quotes(contract: ContractInput, options?: Call & QuoteRequest): Subscription<QuoteTick, Quote>;
  /** One picture. Prices that do not exist are undefined. @throws {GatewayError} 354 without rights; {TimeoutError}. */
  snapshot(contract: ContractInput, options?: Call & { readonly regulatory?: boolean }): Promise<Quote>;
  /**
   * The quotes of many instruments as typed arrays, for those who want millions: no object for a tick. Each takes a market-data line
   * of its own. Layout and limits: `docs/columns.md`.
   * ```ts
   * for await (const { length, instrument, field, value } of ib.market.columns([aapl, msft])) …
   * ```
   * @throws {InputError}
   */
  columns(contracts: readonly ContractInput[], options?: Call & ColumnRequest): ColumnStream;
  /** Every message of the quote stream as the gateway sends it. */
  ticks(contract: ContractInput, options?: Call & QuoteRequest): Subscription<TickMessage>;
  /** Every trade, every change of the quote, or every midpoint. At most 5 % of the market-data lines at once. */
  tickByTick<T extends TickByTickType>(
    contract: ContractInput,
    type: T,
    options?: Call & TickByTickRequest,
  ): Subscription<TickOfType<T>>;
  /** The order book; `view` is the whole of it. */
  depth(contract: ContractInput, options?: Call & DepthRequest): Subscription<BookChange, Book>;
  /** A bar every five seconds. */
  bars5s(contract: ContractInput, options?: Call & FiveSecondRequest): Subscription<Bar>;
  /**
   * The kind of data the session wants from now on, said again after every reconnect. It is a wish: live data comes all the
   * same where it may, and every stream says what it gets. Running streams do not change.
   */
  dataType(wanted: WantedDataType): void;
  /** Which exchanges offer depth; an exchange can stand there more than once. */
  depthExchanges(call?: Call): Promise<NonNullable<MessageOf<'mktDepthExchanges'>['descriptions']>>;
  /** Which exchange each letter of a quote stands for; `bboExchange` is in `view.params`. Empty when the market is closed. */
  smartComponents(bboExchange: string, call?: Call): Promise<NonNullable<MessageOf<'smartComponents'>['components']>>;
}

export function createMarket(core: Core): MarketFacade {
  const preference = createDataType(core);
  return {
    quotes: (contract, options = {}) => openQuotes(core, contract, options, options),
    async snapshot(contract, options = {}) {
      const request = options.regulatory === true ? { regulatory: true } : { snapshot: true };
      const stream = openQuotes(core, contract, request, options);
      const cause = await stream.ended;
      if (cause !== undefined) throw cause;
      return stream.view;
    },
    columns: (contracts, options = {}) => openColumns(core, contracts, options, options),
    ticks: (contract, options = {}) => openTicks(core, contract, options, options),
    tickByTick(contract, type, options = {}) {
      const { numberOfTicks = 0, ignoreSize = false } = options;
      return openStream(
        core,
        tickByTick,
        { contract, tickType: type, numberOfTicks, ignoreSize },
        {
          key: requestKey(contract, type, numberOfTicks, ignoreSize),
          take: (message, push: (tick: TickOfType<typeof type>) => void, asking) =>
            takeTicks(message, type, push as (tick: EveryTick) => void, asking), // the gateway sends what was asked for
          sink: (push: (tick: TickOfType<typeof type>) => void, asking) => tickSink(push as (tick: EveryTick) => void, asking),
          // After a loss the ticks of the past would come twice.
          again: () => ({ contract, tickType: type, numberOfTicks: 0, ignoreSize }),
        },
        options,
      );
    },
    depth: (contract, options = {}) => openDepth(core, contract, options, options),
    bars5s: (contract, options = {}) => openFiveSecondBars(core, contract, options, options),
    dataType: (wanted) => preference.set(wanted),
    async depthExchanges(call) {
      const { kind, descriptions } = await askOne(core, depthExchanges, {}, call);
      return insistOn(core, { kind, list: 'descriptions' }, descriptions, 'exchange');
    },
    async smartComponents(bboExchange, call) {
      const { kind, components } = await askOne(core, smartComponents, { bboExchange }, call);
      return insistOn(core, { kind, list: 'components' }, components, 'exchange', 'exchangeLetter');
    },
  };
}
