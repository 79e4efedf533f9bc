// What a login may see of an instrument: live, frozen, delayed, or nothing.
import type { Instrument } from '../world/instrument.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';

export type Rights =
  | { readonly at: 'live'; readonly type: 1 | 2 }
  | { readonly at: 'delayed'; readonly type: 3 | 4 }
  | { readonly at: 'refused'; readonly code: number; readonly text: string };

const REFUSALS = {
  354: () =>
    'Requested market data is not subscribed. Check API status by selecting the Account menu then under Management choose Market Data Subscription Manager and/or availability of delayed data.',
  10089: ({ symbol, primaryExchange, exchange, tradingClass }: Instrument) =>
    `Requested market data requires additional subscription for API. See link in 'Market Data Connections' dialog for more details.Delayed market data is available.${symbol} ${primaryExchange ?? exchange}${tradingClass === undefined ? '' : `.${tradingClass}`}/TOP/ALL`,
} as const;

/** What a client gets, by the login's rights and by the type of data the client prefers. Live comes first whenever it is there. */
export function rightsOf(gateway: Gateway, client: Client, instrument: Instrument): Rights {
  const { marketData, refusal } = gateway.settings;
  const isClosed = gateway.world.market.session(instrument.conId, gateway.clock.now()).kind === 'closed';
  if (marketData === 'live') return { at: 'live', type: client.marketDataType % 2 === 0 && isClosed ? 2 : 1 };
  if (client.marketDataType < 3) return { at: 'refused', code: refusal, text: REFUSALS[refusal](instrument) };
  if (marketData === 'none')
    return { at: 'refused', code: 10168, text: 'Requested market data is not subscribed. Delayed market data is not enabled.' };
  return { at: 'delayed', type: client.marketDataType === 4 && isClosed ? 4 : 3 };
}

/** How refusals name what is not allowed: an exchange (ISLAND for what lists on NASDAQ) and a security type. */
export function permissionName({ primaryExchange, exchange, secType }: Instrument): string {
  const listed = primaryExchange ?? exchange;
  return `${listed === 'NASDAQ' ? 'ISLAND' : listed} ${secType}`;
}
