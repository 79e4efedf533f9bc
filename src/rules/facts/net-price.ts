// Which sign the net price of an option combination can have, read from what its legs pay at the earliest expiry.
import type { Contract, Leg } from './contract.js';

/** `debit`: whoever buys it pays; `credit`: whoever buys it is paid; undefined: either can be. */
export type NetSign = 'debit' | 'credit' | undefined;

/** What one unit of a leg pays at a price of the underlying. */
function payoff({ contract: { right, strike = 0n }, ratio }: Leg, at: bigint): bigint {
  const inside = right === 'C' ? at - strike : strike - at;
  return inside > 0n ? ratio * inside : 0n;
}

/** How much one unit pays more for each unit that the underlying rises above all strikes. */
const slope = (legs: readonly Leg[]): bigint =>
  legs.reduce((sum, { contract, ratio }) => (contract.right === 'C' ? sum + ratio : sum), 0n);

/** Legs of one side that end no earlier than all of the other. */
function outlive(legs: readonly Leg[], sign: bigint): boolean {
  const expiries = (own: boolean): number[] =>
    legs.filter(({ ratio }) => (ratio > 0n === sign > 0n) === own).map(({ contract }) => contract.expiry ?? 0);
  const [lasting, ending] = [expiries(true), expiries(false)];
  return ending.length === 0 || Math.min(...lasting) >= Math.max(...ending);
}

/** Told for options of one underlying, one multiplier and known terms; other combinations can have either sign. */
export function netSign({ legs }: Pick<Contract, 'legs'>): NetSign {
  const first = legs[0]?.contract;
  if (first === undefined || legs.length < 2) return undefined;
  for (const { contract } of legs) {
    if (contract.secType !== 'OPT' && contract.secType !== 'FOP') return undefined;
    if (contract.strike === undefined || contract.right === undefined || contract.expiry === undefined) return undefined;
    if (contract.underlying !== first.underlying || contract.multiplier !== first.multiplier || !contract.standard)
      return undefined;
  }
  const points = [0n, ...legs.map(({ contract }) => contract.strike ?? 0n)];
  const paid = points.map((at) => legs.reduce((sum, leg) => sum + payoff(leg, at), 0n));
  const rising = slope(legs);
  const isEver = (sign: bigint): boolean => paid.some((one) => one * sign > 0n) || rising * sign > 0n;
  const isLasting = legs.some(({ contract }) => contract.expiry !== first.expiry);
  if (!isEver(-1n) && (isEver(1n) || isLasting) && outlive(legs, 1n)) return 'debit';
  if (!isEver(1n) && (isEver(-1n) || isLasting) && outlive(legs, -1n)) return 'credit';
  return undefined;
}

/** Whether a limit gives money away, or can never be met; undefined: neither. */
export function signFault(sign: NetSign, action: string, price: bigint): 'gives' | 'never' | undefined {
  if (sign === undefined || price === 0n || (action !== 'BUY' && action !== 'SELL')) return undefined;
  const isMeant = price > 0n === (sign === 'debit');
  if (isMeant) return undefined;
  return (action === 'SELL') === (sign === 'debit') ? 'gives' : 'never';
}
