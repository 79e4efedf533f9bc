// What the calls for market data may be given.
import { type Checks, flag, list, named, number, oneOf, such, text, whole } from '../../input/checks.js';
import { overflow } from '../conversation/batches.js';
import type { Call } from '../core.js';
import { asks, type Calls, contract, gives, onlyCall, question } from '../input/check-call.js';
import type { ColumnRequest } from './columns/open.js';
import type { WantedDataType } from './data-type.js';
import type { DepthRequest } from './depth.js';
import type { MarketFacade, TickByTickRequest } from './facade.js';
import type { FiveSecondRequest } from './five-second-bars.js';
import type { QuoteRequest } from './quotes.js';
import type { TickByTickType } from './tick-by-tick.js';

const genericTicks = list(such((value) => ['number', 'string'].includes(typeof value), 'the number of a tick or text'));
const quote: Checks<QuoteRequest> = { genericTicks, snapshot: flag, regulatory: flag, followReroute: flag };
const wanted = ['live', 'frozen', 'delayed', 'delayedFrozen'] satisfies readonly WantedDataType[];
const types = ['Last', 'AllLast', 'BidAsk', 'MidPoint'] satisfies readonly TickByTickType[];

export const marketCalls: Calls<MarketFacade> = {
  quotes: gives(contract, question<Call & QuoteRequest>(quote)),
  snapshot: asks(contract, question<Call & { readonly regulatory?: boolean }>({ regulatory: flag })),
  columns: gives(
    named('contracts', list(contract)),
    question<Call & ColumnRequest>({ genericTicks, followReroute: flag, limit: number(1), overflow, reuse: flag }),
  ),
  ticks: gives(contract, question<Call & QuoteRequest>(quote)),
  tickByTick: gives(
    contract,
    named('type', oneOf(...types)),
    question<Call & TickByTickRequest>({ numberOfTicks: whole(0, 1_000), ignoreSize: flag }),
  ),
  depth: gives(contract, question<Call & DepthRequest>({ rows: whole(1, 1_000), isSmartDepth: flag, followReroute: flag })),
  bars5s: gives(
    contract,
    question<Call & FiveSecondRequest>({ show: oneOf('TRADES', 'MIDPOINT', 'BID', 'ASK'), useRTH: flag, fill: flag }),
  ),
  dataType: gives(named('wanted', oneOf(...wanted))),
  depthExchanges: asks(onlyCall),
  smartComponents: asks(named('bboExchange', text), onlyCall),
};
