// What the exercise or the lapse of an option does to the account.
import { amountOf, ONE } from '../decimal.js';
import type { ContractFacts, OrderFacts } from '../types.js';
import type { Effect } from './change.js';
import { type Contract, readContract } from './contract.js';
import { statedFee } from './fee.js';

export const isInstruction = ({ act }: OrderFacts): boolean => act === 'exercise' || act === 'lapse';

/** What the exercise of an option trades besides the option: its underlying, as far as it is known. Cash moves nothing else. */
export function exercisedInto({ act, contract }: OrderFacts): ContractFacts | undefined {
  if (act !== 'exercise' || contract.settlement === 'cash') return undefined;
  const { symbol, currency, underConId } = contract;
  return { secType: contract.secType === 'FOP' ? 'FUT' : 'STK', symbol, currency, conId: underConId };
}

/** The stock that an option delivers. Of several lines of its symbol it is the one that the option names. */
function deliverable({ facts, symbol, currency }: Contract): Contract {
  const { underConId, underlyingStockType } = facts;
  return readContract({ secType: 'STK', symbol, currency, conId: underConId, stockType: underlyingStockType });
}

/**
 * A call pays its strike for each share and brings the shares, a put gives them; what is settled in cash moves no shares. The option
 * itself is gone. What futures options and adjusted series deliver is not known: their exercise has no bound.
 */
export function instructionEffect(order: OrderFacts, contract: Contract, quantity: bigint): Effect {
  const gone = { contract, quantity: -quantity };
  const { currency, strike, multiplier, right } = contract;
  const base = { changes: [gone], currency, pays: statedFee(order) ?? 0n, isBounded: true, premium: 0n };
  if (order.act === 'lapse') return base;
  const isPlain = contract.secType === 'OPT' && contract.standard;
  if (!isPlain || strike === undefined || multiplier === undefined || right === undefined) return { ...base, isBounded: false };
  if (!contract.physical) return base;
  const shares = (quantity * multiplier) / ONE;
  const changes = [gone, { contract: deliverable(contract), quantity: right === 'C' ? shares : -shares }];
  const price = right === 'C' ? amountOf((shares * strike) / ONE) : 0n;
  return { ...base, changes, pays: base.pays + price };
}
