// Deficits of the worst case and their facts, shared by the rules that name them.
import { isCashType } from '../account-kind.js';
import { type Context, largestSize } from '../context.js';
import { larger, writeAmount, writeDecimal } from '../decimal.js';
import type { Assessment, Deficit } from '../engine/assessment.js';
import { evaluate, layOut } from '../engine/layout.js';
import type { Contract } from '../facts/contract.js';
import { isEngineKind, type Snapshot } from '../facts/snapshot.js';
import type { Facts } from '../finding.js';

/** Deficits of the context, none for kinds that may borrow. */
export function deficitsOf(context: Context): readonly Deficit[] {
  return isEngineKind(context.snapshot) ? context.worst().deficits : [];
}

/** True when trade-date cash would do and only settled cash does not. */
export function isOnlyUnsettled({ snapshot }: Context, deficit: Deficit): boolean {
  if (snapshot.kind === undefined || !isCashType(snapshot.kind)) return false;
  return deficit.missing <= snapshot.cash(deficit.currency) - snapshot.available(deficit.currency);
}

/** What positions in options and futures encumber in a currency, working orders left out. */
export function encumberedBy(snapshot: Snapshot, currency: string): bigint {
  const held = [...snapshot.book.holdings.values()].filter((holding) => holding.contract.currency === currency);
  const contracts = new Map<string, Contract>(held.map((holding) => [holding.key, holding.contract]));
  const layout = layOut(contracts, [currency], snapshot.terms);
  const values = evaluate(
    layout,
    held.map((holding) => holding.quantity),
    layout.currencies.map(() => 0n),
    snapshot.terms,
  );
  return values.need[layout.currencyPlace.get(currency) ?? 0] ?? 0n;
}

const SHOWN_IDS = 8;

/** The numbers of a deficit: needed, free, reserved, encumbered, missing, the largest size that fits, who reserves. */
export function deficitFacts(context: Context, deficit: Deficit): Facts {
  const { snapshot } = context;
  const { currency } = deficit;
  const passes = (seen: Assessment): boolean =>
    seen.tooMany === undefined && !seen.deficits.some((other) => other.currency === currency);
  const most = largestSize(context, passes);
  const encumbered = encumberedBy(snapshot, currency);
  const own = new Set(context.asks.map((ask) => ask.id));
  const ids = [...snapshot.book.slots]
    .filter((slot) => slot.effect.currency === currency && slot.effect.pays > 0n && !own.has(slot.id))
    .map((slot) => slot.id);
  const names = [...new Set(ids)].sort();
  const list =
    names.length > SHOWN_IDS ? `${names.slice(0, SHOWN_IDS).join(', ')} and ${names.length - SHOWN_IDS} more` : names.join(', ');
  return {
    currency,
    needed: writeAmount(deficit.needed),
    free: writeAmount(deficit.needed - deficit.missing),
    reserved: writeAmount(larger(0n, deficit.before - encumbered)),
    encumbered: writeAmount(encumbered),
    missing: writeAmount(deficit.missing),
    maxQuantity: most === undefined ? undefined : writeDecimal(most),
    ids: names.length === 0 ? undefined : list,
  };
}

/** True when the orders that fill at the worst vertex are one single put, so that the put is what has to be secured. */
export function isSinglePut(context: Context, deficit: Deficit): boolean {
  const filled = context.asks.filter((ask) => deficit.filled.includes(ask.id));
  const only = filled.length === 1 ? filled[0] : undefined;
  return only?.contracts.length === 1 && only.contracts[0]?.secType === 'OPT' && only.contracts[0].right === 'P';
}
