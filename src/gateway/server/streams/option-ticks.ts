// Model values of an option beside its quote: of bid, ask, last, and the model's own. Computed once for all who watch it.
import type { MessageInput } from '../../../protocol/registry.js';
import { WorldError } from '../../world/errors.js';
import type { Market } from '../../world/market.js';
import type { Quote } from '../../world/market-view.js';
import type { QuoteStream } from './quote-stream.js';
import { SharedFrame } from './shared-frame.js';

const KINDS = [
  ['bid', 10, 80],
  ['ask', 11, 81],
  ['last', 12, 82],
  ['model', 13, 83],
] as const;

type Of = (typeof KINDS)[number][0];
type Frames = Map<number, SharedFrame<'tickOptionComputation'>>;

/** The values of options at the quote each was asked for last. */
export class OptionBoard {
  readonly #market: Market;
  readonly #byQuote = new WeakMap<Quote, Frames>();

  constructor(market: Market) {
    this.#market = market;
  }

  /** Sends tickOptionComputation for what changed; for everything at the start. Prices are those of the live market. */
  tell(stream: QuoteStream, quote: Quote, told: Quote | undefined): void {
    const { client, reqId, isDelayed } = stream;
    for (const [of, live, delayed] of KINDS) {
      if (told !== undefined && isSame(of, quote, told)) continue;
      this.#frame(quote, of, isDelayed ? delayed : live).send(client, reqId);
    }
  }

  #frame(quote: Quote, of: Of, tickType: number): SharedFrame<'tickOptionComputation'> {
    let frames = this.#byQuote.get(quote);
    if (frames === undefined) {
      frames = new Map();
      this.#byQuote.set(quote, frames);
    }
    let frame = frames.get(tickType);
    if (frame === undefined) {
      frame = new SharedFrame('tickOptionComputation', this.#values(quote.conId, of, tickType));
      frames.set(tickType, frame);
    }
    return frame;
  }

  #values(conId: number, of: Of, tickType: number): MessageInput<'tickOptionComputation'> {
    const values = valuesOf(this.#market, conId, of);
    return {
      tickType,
      tickAttrib: 0,
      impliedVol: values?.impliedVolatility,
      delta: values?.delta,
      optPrice: values?.price,
      pvDividend: values?.pvDividend,
      gamma: values?.gamma,
      vega: values?.vega,
      theta: values?.theta,
      undPrice: values?.underlyingPrice,
    };
  }
}

function isSame(of: Of, quote: Quote, told: Quote): boolean {
  return of === 'model' ? quote.bid === told.bid && quote.ask === told.ask : quote[of] === told[of];
}

function valuesOf(market: Market, conId: number, of: Of) {
  try {
    return market.optionValues(conId, of);
  } catch (error) {
    if (error instanceof WorldError) return undefined;
    throw error;
  }
}
