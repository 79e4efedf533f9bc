// What the account rules want to know of a contract, from what the gateway says of it.

import type { Ib } from '../../client/connect.js';
import type { DetailsMessage } from '../../client/contracts/facade.js';
import type { Call } from '../../client/core.js';
import type { ContractFacts } from '../../rules/types.js';

interface KnownContract {
  readonly secType?: string | undefined;
  readonly symbol?: string | undefined;
  readonly conId?: number | undefined;
  readonly currency?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | string | undefined;
  readonly right?: string | undefined;
  readonly multiplier?: string | undefined;
}

/** What stands on every contract: enough for a position or a working order. */
export function plainFacts(contract: KnownContract): ContractFacts {
  const {
    secType = '',
    symbol,
    conId,
    currency = '',
    lastTradeDateOrContractMonth: expiry,
    strike,
    right,
    multiplier,
  } = contract;
  return {
    secType,
    symbol,
    conId,
    currency,
    lastTradeDateOrContractMonth: expiry === '' ? undefined : expiry?.slice(0, 8).trim(),
    strike: strike === undefined || Number(strike) === 0 ? undefined : String(strike),
    right: right === '' || right === '?' ? undefined : right,
    multiplier: multiplier === '' ? undefined : multiplier,
  };
}

/** The same with what the details add: lot, price steps, the underlying, how it is taxed. */
export async function fullFacts(ib: Ib, contract: KnownContract, call: Call): Promise<ContractFacts> {
  const { conId } = contract;
  if (conId === undefined) return plainFacts(contract);
  const [found] = await ib.contracts.details({ conId }, call);
  const details = found?.contractDetails;
  const { bands } = await ib.contracts.grid({ conId, exchange: 'SMART' }, call);
  const text = (value: number | string | undefined): string | undefined =>
    value === undefined || value === '' ? undefined : String(value);
  return {
    ...plainFacts({ ...contract, ...found?.contract }),
    stockType: stockTypeOf(found),
    underConId: details?.underConId === 0 ? undefined : details?.underConId,
    minTick: text(details?.minTick),
    priceBands: bands.map(({ lowEdge, increment }) => ({ lowEdge: lowEdge.toFixed(), increment: increment.toFixed() })),
    minSize: text(details?.minSize),
    sizeIncrement: text(details?.sizeIncrement),
    priceMagnifier: text(details?.priceMagnifier),
  };
}

function stockTypeOf(found: DetailsMessage | undefined): string | undefined {
  const details = found?.contractDetails;
  if (details === undefined || !('stockType' in details)) return undefined;
  return details.stockType === '' ? undefined : details.stockType;
}
