// Model values of an option beside its quote: of bid, ask, last, and the model's own.
import { WorldError } from '../../world/errors.js';
import type { Market } from '../../world/market.js';
import type { Quote } from '../../world/market-view.js';
import type { QuoteStream } from './quote-stream.js';

const KINDS = [
  ['bid', 10, 80],
  ['ask', 11, 81],
  ['last', 12, 82],
  ['model', 13, 83],
] as const;

/** Sends tickOptionComputation for what changed; for everything at the start. Prices are those of the live market. */
export function tellOptionValues(stream: QuoteStream, market: Market, quote: Quote, told: Quote | undefined): void {
  const { client, reqId, isDelayed, instrument } = stream;
  for (const [of, live, delayed] of KINDS) {
    if (told !== undefined && of !== 'model' && quote[of] === told[of]) continue;
    if (told !== undefined && of === 'model' && quote.bid === told.bid && quote.ask === told.ask) continue;
    const values = valuesOf(market, instrument.conId, of);
    client.send('tickOptionComputation', {
      reqId,
      tickType: isDelayed ? delayed : live,
      tickAttrib: 0,
      impliedVol: values?.impliedVolatility,
      delta: values?.delta,
      optPrice: values?.price,
      pvDividend: values?.pvDividend,
      gamma: values?.gamma,
      vega: values?.vega,
      theta: values?.theta,
      undPrice: values?.underlyingPrice,
    });
  }
}

function valuesOf(market: Market, conId: number, of: 'bid' | 'ask' | 'last' | 'model') {
  try {
    return market.optionValues(conId, of);
  } catch (error) {
    if (error instanceof WorldError) return undefined;
    throw error;
  }
}
