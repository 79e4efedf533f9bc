// The gateway's holdings as records that can be merged with those of other brokers.

import type { PortfolioRow } from './portfolio.js';
import { type Position, positionFrom } from './position.js';
import type { AccountPosition } from './position-row.js';

/**
 * A holding as a record of the merged portfolio. `asOf`: epoch milliseconds.
 * @throws {InputError} for a holding that the record cannot hold, such as a security type nobody knows.
 */
export function toRecord(row: AccountPosition | PortfolioRow, asOf: number): Position {
  const { contract } = row;
  const date = /^\d{6,8}/.exec(contract.lastTradeDateOrContractMonth ?? '')?.[0];
  const right = contract.right?.charAt(0);
  const values = 'marketPrice' in row ? row : undefined;
  return positionFrom({
    broker: 'ibkr',
    account: row.account,
    secType: contract.secType,
    symbol: contract.symbol,
    currency: contract.currency,
    conId: contract.conId === undefined || contract.conId === 0 ? undefined : String(contract.conId),
    exchange: contract.exchange ?? contract.primaryExchange,
    lastTradeDateOrContractMonth: date,
    strike: positive(contract.strike),
    right: right === 'C' || right === 'P' ? right : undefined,
    multiplier: positive(contract.multiplier),
    localSymbol: contract.localSymbol,
    position: row.position.toFixed(),
    avgCost: row.avgCost?.toFixed(),
    marketPrice: values?.marketPrice?.toFixed(),
    marketValue: values?.marketValue?.toFixed(),
    unrealizedPNL: values?.unrealizedPNL?.toFixed(),
    realizedPNL: values?.realizedPNL?.toFixed(),
    asOf: new Date(asOf).toISOString(),
  });
}

/** Strikes and multipliers that are not there are sent as 0 or nothing. */
function positive(value: string | number | undefined): string | undefined {
  return value === undefined || !(Number(value) > 0) ? undefined : String(value);
}
