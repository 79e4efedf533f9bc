/** May this account take this order: permissions, shorting, cash, options and margin, with the gateway's own refusals. */
import type { Instrument } from '../world/instrument.js';
import type { Account } from './account.js';
import { type Cash, cashNumber, cashOf, lesser, type Quantity, quantityNumber, quantityText, worthOf } from './amount.js';
import { commissionCurrency, commissionOf, nothingCharged } from './commission.js';
import { cashIn, settledIn } from './ledger.js';
import { magnitude } from './position.js';
import { isVariation, type Prices } from './prices.js';
import { type Imagined, type Valuation, valuate } from './valuation.js';

/** One contract an order would trade: signed quantity and the price to reckon with. */
export interface IntentLeg {
  readonly instrument: Instrument;
  readonly signed: Quantity;
  readonly price: number;
}

export interface Intent {
  readonly legs: readonly IntentLeg[];
}

/** Why not. `silent`: the order just becomes Inactive, no error is sent. */
export interface Refusal {
  readonly code: number;
  readonly text: string;
  readonly silent?: boolean;
}

const rejected = (reason: string): Refusal => ({ code: 201, text: `Order rejected - reason:${reason}` });
const NO_SHARES: Refusal = { code: 426, text: 'None of the accounts have enough shares.' };
const NO_PERMISSION: Refusal = { code: 460, text: 'No trading permissions.' };

/** Signed money an order would move per currency: positive goes out. Commissions included. */
export function outflowsOf(intent: Intent): ReadonlyMap<string, Cash> {
  const flows = new Map<string, Cash>();
  const add = (currency: string, amount: Cash): void => {
    flows.set(currency, (flows.get(currency) ?? 0n) + amount);
  };
  for (const { instrument, signed, price } of intent.legs) {
    const value = worthOf(price, signed, instrument.multiplier, instrument.priceMagnifier);
    if (!isVariation(instrument)) add(instrument.currency, value);
    if (instrument.secType === 'CASH') add(instrument.symbol, -signed * 100_000_000n);
    add(
      commissionCurrency(instrument),
      commissionOf(instrument, signed < 0n, magnitude(signed), value < 0n ? -value : value, nothingCharged).commission,
    );
  }
  return flows;
}

/** What an account without a loan can spend of a currency: settled or all, as its kind says. */
export function spendable(account: Account, currency: string): Cash {
  const cash = cashIn(account.ledger, currency);
  if (!account.facts.settledOnly) return cash;
  const settled = settledIn(account.ledger, currency);
  return lesser(settled, cash);
}

/** The same trades as numbers, for imagining the account after them. */
export function imagine(intent: Intent): readonly Imagined[] {
  return intent.legs.map(({ instrument, signed, price }) => {
    const value = worthOf(price, magnitude(signed), instrument.multiplier, instrument.priceMagnifier);
    const { commission } = commissionOf(instrument, signed < 0n, magnitude(signed), value < 0n ? -value : value, nothingCharged);
    return {
      instrument,
      units: quantityNumber(signed),
      price,
      commission: cashNumber(commission),
      commissionCurrency: commissionCurrency(instrument),
    };
  });
}

/** Refusal of an order, or undefined. `pending` are the account's other orders that may still fill. */
export function admit(account: Account, intent: Intent, pending: readonly Intent[], prices: Prices): Refusal | undefined {
  return (
    permission(account, intent) ??
    shorting(account, intent, pending) ??
    currencies(account, intent) ??
    (account.facts.borrows ? margin(account, intent, prices) : funds(account, intent, pending, prices))
  );
}

function permission(account: Account, intent: Intent): Refusal | undefined {
  for (const { instrument, signed } of intent.legs) {
    if (account.permissions && !account.permissions.has(instrument.secType)) return NO_PERMISSION;
    if (instrument.isPartnership && signed > 0n && account.facts.accountType.includes('IRA')) {
      return rejected('This product is not permitted in a retirement account.');
    }
  }
  return undefined;
}

const HELD_ONLY = new Set(['FUND', 'BOND', 'CRYPTO', 'WAR']);

function shorting(account: Account, intent: Intent, pending: readonly Intent[]): Refusal | undefined {
  for (const { instrument, signed } of intent.legs) {
    const isHeldOnly = HELD_ONLY.has(instrument.secType);
    if (signed >= 0n || (!isHeldOnly && (instrument.secType !== 'STK' || account.facts.shortsStock))) continue;
    const held = account.positions.get(instrument.conId)?.quantity ?? 0n;
    if (held + signed + pendingSales(instrument, pending) >= 0n) continue;
    if (account.kind === 'cash' || isHeldOnly) return NO_SHARES;
    return rejected(`Short stock positions are not allowed in this account. Available: ${quantityText(held > 0n ? held : 0n)}.`);
  }
  return undefined;
}

function pendingSales(instrument: Instrument, pending: readonly Intent[]): Quantity {
  let sum = 0n;
  for (const { legs } of pending) {
    for (const leg of legs) if (leg.instrument.conId === instrument.conId && leg.signed < 0n) sum += leg.signed;
  }
  return sum;
}

function currencies(account: Account, intent: Intent): Refusal | undefined {
  for (const { instrument, signed } of intent.legs) {
    const gained = instrument.secType !== 'CASH' ? instrument.currency : signed > 0n ? instrument.symbol : instrument.currency;
    if (account.facts.oneCurrency && gained !== account.baseCurrency) {
      return rejected(`This account holds ${account.baseCurrency} only.`);
    }
    if (instrument.secType !== 'CASH' || !account.noCurrencyLeverage) continue;
    const sold = signed > 0n ? instrument.currency : instrument.symbol;
    const need = outflowsOf({ legs: [{ instrument, signed, price: 0 }] }).get(sold) ?? 0n;
    const value = signed > 0n ? worthOf(intent.legs[0]?.price ?? 0, signed, 1) : need;
    if (value > cashIn(account.ledger, sold)) {
      return { ...rejected('FX trade would expose account to currency leverage.'), silent: true };
    }
  }
  return undefined;
}

function funds(account: Account, intent: Intent, pending: readonly Intent[], prices: Prices): Refusal | undefined {
  const before = valuate(account, prices);
  const after = valuate(account, prices, imagine(intent));
  if (after.requirement.uncoveredCalls > before.requirement.uncoveredCalls) {
    return rejected('Uncovered option positions are not allowed in this account.');
  }
  const blocked = blockedByOptions(account, after, prices);
  for (const [currency, need] of outflowsOf(intent)) {
    if (need <= 0n) continue;
    let reserved = 0n;
    for (const other of pending) {
      const amount = outflowsOf(other).get(currency) ?? 0n;
      if (amount > 0n) reserved += amount;
    }
    const free = spendable(account, currency) - reserved - (currency === account.baseCurrency ? cashOf(blocked) : 0n);
    if (need > free) return cashText(currency, free, need);
  }
  const grows = after.requirement.initial > before.requirement.initial;
  const isDerivative = intent.legs.some(
    ({ instrument }) => isVariation(instrument) || instrument.secType === 'OPT' || instrument.secType === 'FOP',
  );
  if (grows && isDerivative && after.equityWithLoan < after.requirement.initial) return marginText(account, after);
  return undefined;
}

/** Cash that short puts and spreads, and futures margin, tie up. */
function blockedByOptions(account: Account, after: Valuation, prices: Prices): number {
  let held = 0;
  for (const position of account.positions.values()) {
    const { instrument } = position;
    if (instrument.secType === 'OPT' || instrument.secType === 'FOP' || isVariation(instrument)) continue;
    if (instrument.secType === 'CASH') continue;
    held +=
      Math.max(0, quantityNumber(position.quantity)) *
      prices.mark(instrument) *
      (instrument.multiplier / instrument.priceMagnifier) *
      prices.rate(instrument.currency, account.baseCurrency);
  }
  return Math.max(0, after.requirement.initial - Math.max(held, after.stockValue + after.otherValue));
}

function cashText(currency: string, free: Cash, need: Cash): Refusal {
  const amounts = `available ${cashNumber(free).toFixed(2)} ${currency}, required ${cashNumber(need).toFixed(2)} ${currency}`;
  return rejected(`Available settled cash does not support this order: ${amounts}.`);
}

function margin(account: Account, intent: Intent, prices: Prices): Refusal | undefined {
  const after = valuate(account, prices, imagine(intent));
  if (after.equityWithLoan >= after.requirement.initial) return undefined;
  const before = valuate(account, prices);
  const worsens = after.requirement.initial - after.equityWithLoan > before.requirement.initial - before.equityWithLoan + 1e-6;
  if (after.requirement.initial <= before.requirement.initial && !worsens) return undefined;
  if (after.requirement.initial < before.requirement.initial) return undefined;
  return marginText(account, after);
}

function marginText(account: Account, after: Valuation): Refusal {
  const equity = `[${after.equityWithLoan.toFixed(2)} ${account.baseCurrency}]`;
  const need = `[${after.requirement.initial.toFixed(2)} ${account.baseCurrency}]`;
  return rejected(
    `YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE ${equity} MUST EXCEED THE INITIAL MARGIN ${need}`,
  );
}
