// What an account can still buy, by asset class, after what working orders and positions hold back.
import { mayBorrow } from '../account-kind.js';
import { encumberedBy } from '../book/deficits.js';
import { amountOf, larger, ONE, readDecimal, writeAmount } from '../decimal.js';
import { workingMargin } from '../facts/opening-margin.js';
import { type Snapshot, snapshotOf } from '../facts/snapshot.js';
import type { Policy } from '../policy-types.js';
import type { AccountKind, DecimalText, Situation } from '../types.js';

/** Cash of one currency: what may be spent, what working orders reserve, and what is left. */
export interface CurrencyPower {
  readonly currency: string;
  readonly cash: DecimalText;
  /** What the kind of account may spend of it: settled cash for cash types. */
  readonly spendable: DecimalText;
  /** Most that working orders can take. */
  readonly reserved: DecimalText;
  /** What positions in options and futures hold back. */
  readonly encumbered: DecimalText;
  /** What is left; never below zero. */
  readonly free: DecimalText;
}

/** How much more an account can buy, in its base currency, and what could not be counted. */
export interface BuyingPower {
  readonly kind: AccountKind;
  /** Per currency; for kinds that may borrow the base currency alone, from available funds. */
  readonly currencies: readonly CurrencyPower[];
  /** Value of stock that can be bought, in base currency. */
  readonly STK: DecimalText;
  /** Premium that can be paid. */
  readonly OPT: DecimalText;
  /** Exchange margin of futures that can be carried: the free amount over the factor of the kind. */
  readonly FUT: DecimalText;
  /** Costs that are not known; the figures are upper bounds as long as this is not empty. */
  readonly unknown: readonly string[];
}

const SMALL = 2_000n * ONE;

function borrowing(snapshot: Snapshot, kind: AccountKind): BuyingPower | undefined {
  const funds = readDecimal(snapshot.account.availableFunds);
  if (funds === undefined) return undefined;
  const working = workingMargin(snapshot, new Set());
  const free = larger(0n, amountOf(funds) - working.amount);
  const equity = readDecimal(snapshot.account.netLiquidation);
  const isLeveraged = kind === 'reg-t' && equity !== undefined && equity >= SMALL;
  const line: CurrencyPower = {
    currency: snapshot.base,
    cash: writeAmount(snapshot.cash(snapshot.base)),
    spendable: writeAmount(amountOf(funds)),
    reserved: writeAmount(working.amount),
    encumbered: '0',
    free: writeAmount(free),
  };
  const text = writeAmount(free);
  const unknown = working.unknown === undefined ? [] : [`margin of ${working.unknown}`];
  return { kind, currencies: [line], STK: writeAmount(isLeveraged ? free * 2n : free), OPT: text, FUT: text, unknown };
}

function unborrowed(snapshot: Snapshot, kind: AccountKind): BuyingPower {
  const reserves = snapshot.reserves();
  const cash = Object.keys(snapshot.situation.cash ?? {});
  const names = [...new Set([snapshot.base, ...cash, ...reserves.need.keys()])].filter((name) => name !== '').sort();
  const currencies = names.map((currency): CurrencyPower => {
    const need = reserves.need.get(currency) ?? 0n;
    const encumbered = encumberedBy(snapshot, currency);
    return {
      currency,
      cash: writeAmount(snapshot.cash(currency)),
      spendable: writeAmount(snapshot.available(currency)),
      reserved: writeAmount(larger(0n, need - encumbered)),
      encumbered: writeAmount(encumbered),
      free: writeAmount(larger(0n, snapshot.available(currency) - need)),
    };
  });
  const free = larger(0n, snapshot.available(snapshot.base) - (reserves.need.get(snapshot.base) ?? 0n));
  const text = writeAmount(free);
  const unknown = [...reserves.unknown.values()].flatMap((list) => [...list]).map((what) => `${what.missing} of ${what.id}`);
  return { kind, currencies, STK: text, OPT: text, FUT: writeAmount((free * ONE) / snapshot.terms.futuresFactor), unknown };
}

/**
 * Buying power by asset class. For an IRA and a cash account it is money that is really there and free; the broker's own
 * `BuyingPower` figure is never used. Undefined when the kind of account, or the available funds of a margin account, is not known.
 */
export function buyingPower(situation: Situation, policy?: Partial<Policy>): BuyingPower | undefined {
  const snapshot = snapshotOf(situation, policy);
  if (snapshot.kind === undefined) return undefined;
  return mayBorrow(snapshot.kind) ? borrowing(snapshot, snapshot.kind) : unborrowed(snapshot, snapshot.kind);
}
