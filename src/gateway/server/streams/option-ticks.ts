// Model values of an option beside its quote: of bid, ask, last, and the model's own. Computed once for all who watch it.
import type { MessageInput } from '../../../protocol/registry.js';
import { WorldError } from '../../world/errors.js';
import type { Market } from '../../world/market.js';
import type { Quote } from '../../world/market-view.js';
import type { Client } from '../client.js';
import { SharedFrame } from './shared-frame.js';

const KINDS = [
  ['bid', 10, 80],
  ['ask', 11, 81],
  ['last', 12, 82],
  ['model', 13, 83],
] as const;

type Of = (typeof KINDS)[number][0];
interface Held {
  quote: Quote;
  readonly frames: Map<Of, SharedFrame<'tickOptionComputation'>>;
}

/** Who is told, under which id, and whether late. */
interface Watcher {
  readonly client: Client;
  readonly reqId: number;
  readonly isDelayed: boolean;
}

/** The values of options at the quote each was asked for last. */
export class OptionBoard {
  readonly #market: Market;
  /** By conId, live and delayed apart: the quote that the frames belong to, and the frames. */
  readonly #live = new Map<number, Held>();
  readonly #late = new Map<number, Held>();

  constructor(market: Market) {
    this.#market = market;
  }

  /** Sends tickOptionComputation for what changed; for everything at the start. Prices are those of the live market. */
  tell({ client, reqId, isDelayed }: Watcher, quote: Quote, told: Quote | undefined): void {
    for (const [of, live, delayed] of KINDS) {
      if (told !== undefined && isSame(of, quote, told)) continue;
      this.#frame(quote, of, isDelayed ? this.#late : this.#live, isDelayed ? delayed : live).send(client, reqId);
    }
  }

  /** Nobody watches an option any more. */
  forget(conId: number, isDelayed: boolean): void {
    (isDelayed ? this.#late : this.#live).delete(conId);
  }

  #frame(quote: Quote, of: Of, held: Map<number, Held>, tickType: number): SharedFrame<'tickOptionComputation'> {
    let entry = held.get(quote.conId);
    if (entry === undefined) {
      entry = { quote, frames: new Map() };
      held.set(quote.conId, entry);
    } else if (entry.quote !== quote) {
      entry.quote = quote;
      entry.frames.clear();
    }
    let frame = entry.frames.get(of);
    if (frame === undefined) {
      frame = new SharedFrame('tickOptionComputation', this.#values(quote.conId, of, tickType));
      entry.frames.set(of, frame);
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
