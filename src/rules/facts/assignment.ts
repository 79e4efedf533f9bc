// Early assignment: what the holder of an American-style option can do on any day.
import { CUBE_TO_AMOUNT, larger, ONE, writeAmount, writeDecimal } from '../decimal.js';
import type { Facts } from '../finding.js';
import type { Ask } from './ask.js';
import type { Contract } from './contract.js';
import type { Snapshot } from './snapshot.js';

/** What early assignment of the short American-style options on an underlying would leave short or unpaid. */
export function exposure(underlying: string, ask: Ask, snapshot: Snapshot): Facts | undefined {
  const { book } = snapshot;
  const after = new Map<string, { contract: Contract; quantity: bigint }>();
  for (const { key, contract, quantity } of book.holdingsOf.get(underlying) ?? []) after.set(key, { contract, quantity });
  const cash = new Map<string, bigint>();
  for (const effect of ask.effects) {
    const credit =
      effect.premium * -(effect.changes[0]?.quantity ?? 0n) * (effect.changes[0]?.contract.multiplier ?? 0n) * CUBE_TO_AMOUNT;
    cash.set(effect.currency, (cash.get(effect.currency) ?? 0n) + effect.pays - credit);
    for (const change of effect.changes) {
      const contract = book.complete(change.contract);
      if (contract.underlying !== underlying) continue;
      const key = book.keyOf(contract);
      after.set(key, { contract, quantity: (after.get(key)?.quantity ?? 0n) + change.quantity });
    }
  }
  let shares = 0n;
  let delivered = 0n;
  let calls = 0n;
  let strikes = 0n;
  let currency = '';
  for (const { contract, quantity } of after.values()) {
    if (contract.secType === 'STK') shares += quantity;
    if (contract.secType !== 'OPT' || quantity >= 0n || !contract.american || !contract.physical) continue;
    currency = contract.currency;
    const multiplier = contract.multiplier ?? ONE;
    if (contract.right === 'C') {
      calls -= quantity;
      delivered -= quantity * multiplier;
    } else strikes -= quantity * multiplier * (contract.strike ?? 0n);
  }
  const shortShares = delivered / ONE - larger(0n, shares);
  const left = snapshot.available(currency) - (cash.get(currency) ?? 0n);
  const isCallOpen = calls > 0n && shortShares > 0n;
  const isPutOpen = strikes > 0n && left < strikes * CUBE_TO_AMOUNT;
  if (!isCallOpen && !isPutOpen) return undefined;
  return {
    underlying: underlying.split('|')[0],
    ...(isCallOpen ? { calls: writeDecimal(calls), shortShares: writeDecimal(shortShares) } : {}),
    ...(isPutOpen ? { strikes: writeAmount(strikes * CUBE_TO_AMOUNT), cash: writeAmount(left), currency } : {}),
  };
}
