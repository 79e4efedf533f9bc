// IRA-UNCOVERED-CALL, CASH-UNCOVERED-CALL: every short call has shares or a long call behind it, in every situation.
import { type Context, largestSize, ordersToCancel, type Rule } from '../context.js';
import { absolute, ONE, writeDecimal } from '../decimal.js';
import type { Assessment } from '../engine/assess.js';
import { isEngineKind } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import { twin } from './twin.js';

/** Short calls on an underlying when everything that sells calls has filled. */
function shortCalls(context: Context, underlying: string): { calls: bigint; multiplier: bigint } {
  const { book } = context.snapshot;
  const net = new Map<string, bigint>();
  let multiplier = 0n;
  const add = (key: string, quantity: bigint): void => {
    net.set(key, (net.get(key) ?? 0n) + quantity);
  };
  for (const { key, contract, quantity } of book.holdingsOf.get(underlying) ?? []) {
    if (contract.right === 'C') add(key, quantity);
    if (contract.right === 'C' && contract.multiplier !== undefined && contract.multiplier > multiplier)
      multiplier = contract.multiplier;
  }
  const own = new Set(context.asks.map((ask) => ask.id));
  const effects = [
    ...(book.slotsOf.get(underlying) ?? []).filter((slot) => !own.has(slot.id)).map((slot) => slot.effect),
    ...context.asks.flatMap((ask) => ask.effects),
  ];
  for (const effect of effects) {
    for (const { contract, quantity } of effect.changes) {
      if (contract.right !== 'C' || contract.underlying !== underlying || quantity >= 0n) continue;
      add(book.keyOf(contract), quantity);
      if (contract.multiplier !== undefined && contract.multiplier > multiplier) multiplier = contract.multiplier;
    }
  }
  let calls = 0n;
  for (const quantity of net.values()) if (quantity < 0n) calls += absolute(quantity);
  return { calls, multiplier };
}

export const uncoveredCall: Rule = {
  codes: ['IRA-UNCOVERED-CALL', 'CASH-UNCOVERED-CALL'],
  judge: (context) => {
    const { snapshot } = context;
    if (!isEngineKind(snapshot)) return [];
    return context.worst().uncovered.map(({ underlying, calls: uncovered }): Finding => {
      const passes = (seen: Assessment): boolean =>
        seen.tooMany === undefined && !seen.uncovered.some((other) => other.underlying === underlying);
      const most = largestSize(context, passes);
      const { calls, multiplier } = shortCalls(context, underlying);
      const rivals = (snapshot.book.slotsOf.get(underlying) ?? []).map((slot) => slot.id);
      const facts = {
        underlying: underlying.split('|')[0],
        calls: writeDecimal(calls),
        uncovered: writeDecimal(uncovered),
        shares: writeDecimal((uncovered * multiplier) / ONE),
        maxQuantity: most === undefined ? undefined : writeDecimal(most),
        cancel: ordersToCancel(context, rivals, passes)?.join(', '),
      };
      return finding(twin('UNCOVERED-CALL', snapshot), facts);
    });
  },
};
