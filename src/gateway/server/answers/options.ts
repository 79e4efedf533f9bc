// The option calculator: a price's volatility, a volatility's price.
import { greeks, impliedVolatility } from '../../world/black-scholes.js';
import type { Instrument } from '../../world/instrument.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { instrumentFor } from '../contracts.js';
import type { Gateway } from '../state.js';

/** A value that was computed on request. */
const CUSTOM = 53;

export const optionAnswers = {
  calculateImpliedVolatility: (request, client, gateway) => {
    const { reqId = 0, contract, optionPrice = 0, underPrice = 0 } = request;
    const option = optionFor(gateway, client, reqId, contract);
    if (option === undefined) return;
    const volatility = impliedVolatility(optionPrice, underPrice, termsOf(gateway, option));
    if (volatility === undefined) {
      client.error(reqId, 10090, 'Part of requested market data is not subscribed: the price has no implied volatility');
      return;
    }
    client.send('tickOptionComputation', {
      reqId,
      tickType: CUSTOM,
      tickAttrib: 0,
      impliedVol: volatility,
      delta: undefined,
      optPrice: optionPrice,
      pvDividend: undefined,
      gamma: undefined,
      vega: undefined,
      theta: undefined,
      undPrice: underPrice,
    });
  },

  calculateOptionPrice: (request, client, gateway) => {
    const { reqId = 0, contract, volatility = 0, underPrice = 0 } = request;
    const option = optionFor(gateway, client, reqId, contract);
    if (option === undefined) return;
    if (!(volatility > 0) || !(underPrice > 0)) {
      client.error(reqId, 321, "Error validating request.-'bU' : cause - Volatility and underlying price must be above 0");
      return;
    }
    const { price, delta, gamma, vega, theta } = greeks(underPrice, { ...termsOf(gateway, option), volatility });
    client.send('tickOptionComputation', {
      reqId,
      tickType: CUSTOM,
      tickAttrib: 0,
      impliedVol: volatility,
      delta,
      optPrice: price,
      pvDividend: undefined,
      gamma,
      vega,
      theta,
      undPrice: underPrice,
    });
  },

  cancelCalculateImpliedVolatility: () => {},
  cancelCalculateOptionPrice: () => {},
} satisfies Family;

function optionFor(
  gateway: Gateway,
  client: Client,
  reqId: number,
  contract: Parameters<typeof instrumentFor>[3],
): Instrument | undefined {
  const instrument = instrumentFor(gateway, client, reqId, contract);
  if (instrument === undefined) return undefined;
  if (instrument.strike !== undefined) return instrument;
  client.error(reqId, 321, "Error validating request.-'bU' : cause - Only options have a price to calculate");
  return undefined;
}

/** The model's terms for an option now: time, rates, style. */
function termsOf(gateway: Gateway, option: Instrument) {
  const { feed, valuation } = gateway.world.market.maker.track(option.conId);
  return valuation.terms(feed.moveAt(gateway.clock.now()));
}
