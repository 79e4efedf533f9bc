// Streams of quotes: who gets which instrument's moves, live or delayed, and what of a move is told.
import type { Instrument } from '../../world/instrument.js';
import type { Market } from '../../world/market.js';
import type { Quote } from '../../world/market-view.js';
import type { Client } from '../client.js';
import { OptionBoard } from './option-ticks.js';
import { QuoteStream } from './quote-stream.js';

/** All streams of a gateway. */
export class QuoteStreams {
  readonly #market: Market;
  readonly #options: OptionBoard;
  readonly #live = new Map<number, Set<QuoteStream>>();
  readonly #late = new Map<number, Set<QuoteStream>>();
  readonly #stops: (() => void)[];
  /** Nothing is told while true: the link to the broker is down, another session has the data, or (of an instrument) its farm is broken. */
  isSilent: (instrument?: Instrument) => boolean = () => false;

  constructor(market: Market) {
    this.#market = market;
    this.#options = new OptionBoard(market);
    this.#stops = [
      market.onMove((quote, instrument) => this.#tell(this.#live, quote, instrument)),
      market.delayed.onMove((quote, instrument) => this.#tell(this.#late, quote, instrument)),
    ];
  }

  #tell(streams: Map<number, Set<QuoteStream>>, quote: Quote, instrument: Instrument): void {
    const set = streams.get(quote.conId);
    if (set === undefined || this.isSilent(instrument)) return;
    for (const stream of set) stream.move(quote);
  }

  /** Opens a stream; it is told nothing before `begin`. Returns it with the way to stop it. */
  open(client: Client, reqId: number, instrument: Instrument, isDelayed: boolean): { stream: QuoteStream; stop: () => void } {
    const stream = new QuoteStream(client, reqId, instrument, isDelayed, this.#options);
    const streams = isDelayed ? this.#late : this.#live;
    const unwatch = (isDelayed ? this.#market.delayed : this.#market).watch(instrument.conId);
    const set = streams.get(instrument.conId) ?? new Set();
    streams.set(instrument.conId, set.add(stream));
    const stop = (): void => {
      unwatch();
      set.delete(stream);
      if (set.size > 0) return;
      streams.delete(instrument.conId);
      this.#options.forget(instrument.conId, isDelayed);
    };
    return { stream, stop };
  }

  /** True while somebody is told the moves of an instrument. */
  isFlowing(conId: number, isDelayed: boolean): boolean {
    return (isDelayed ? this.#late : this.#live).has(conId);
  }

  /** The quote as of now, live or of fifteen minutes ago. */
  quote(conId: number, isDelayed: boolean): Quote {
    return isDelayed ? this.#market.delayedQuote(conId) : this.#market.quote(conId);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#live.clear();
    this.#late.clear();
  }
}
