// Position sizing: how many units fit the risk, the cash or margin, and the cap.
import { isAccountKind, isIra, mayBorrow } from '../account-kind.js';
import { absolute, isUnset, larger, ONE, readDecimal, smaller, writeDecimal } from '../decimal.js';
import type { AccountKind, DecimalText } from '../types.js';

/** What a size rests on. Prices, money and quantities as exact text, in the contract's currency. */
export interface SizeInput {
  readonly kind: AccountKind;
  readonly side?: 'long' | 'short' | undefined;
  readonly equity?: DecimalText | undefined;
  readonly entry: DecimalText;
  readonly stop: DecimalText;
  /** Part of equity that may be lost, above 0 and at most 1. */
  readonly riskFraction?: DecimalText | undefined;
  /** Amount that may be lost; the smaller budget counts when both are given. */
  readonly riskAmount?: DecimalText | undefined;
  /** Cash in the contract's currency; cash kinds need it. */
  readonly cash?: DecimalText | undefined;
  /** Margin kinds need it. */
  readonly availableFunds?: DecimalText | undefined;
  /** 1 when not given. */
  readonly lot?: DecimalText | undefined;
  /** 1 when not given. */
  readonly multiplier?: DecimalText | undefined;
  readonly maxQuantity?: DecimalText | undefined;
  /** 0 when not given. */
  readonly feeReserve?: DecimalText | undefined;
  /** 0 when not given. */
  readonly feePerUnit?: DecimalText | undefined;
  /** Initial margin rate; one half when not given. */
  readonly initRate?: DecimalText | undefined;
}

/** Why there is no size. */
export type SizeError =
  | 'SIZE-ZERO-STOP'
  | 'SIZE-STOP-SIDE'
  | 'SIZE-BAD-INPUT'
  | 'SIZE-BELOW-LOT'
  | 'IRA-SHORT-STOCK'
  | 'CASH-SHORT-STOCK';
/** The limit that decides a size. */
export type SizeBinding = 'risk' | 'cash' | 'margin' | 'maxQuantity';

/** A size, and the limit that decides it. */
export interface SizeResult {
  /** Not given with an error other than `SIZE-BELOW-LOT`. */
  readonly quantity?: DecimalText;
  /** First limit that decides, in the order risk, cash or margin, maxQuantity. */
  readonly binding?: SizeBinding;
  readonly error?: SizeError;
}

const ANY = (): boolean => true;
const POSITIVE = (value: bigint): boolean => value > 0n;
const NOT_NEGATIVE = (value: bigint): boolean => value >= 0n;

/** Whole lots in `budget` at `cost` per unit; both at the scale of a product of two numbers. */
const lotsIn = (budget: bigint, cost: bigint, lot: bigint): bigint => (cost <= 0n ? 0n : (budget * ONE) / (cost * lot));

/**
 * Proposes a size. The cash limit of a cash kind uses cash, not net asset value. The result is a proposal: the order still
 * has to pass `check`. Errors are results, nothing is thrown.
 */
export function sizePosition(input: SizeInput): SizeResult {
  let isBad = !isAccountKind(input.kind);
  const take = (value: unknown, fits: (value: bigint) => boolean, otherwise?: bigint): bigint | undefined => {
    if (isUnset(value)) return otherwise;
    const read = readDecimal(value);
    if (read === undefined || !fits(read)) isBad = true;
    return read;
  };
  const entry = take(input.entry, POSITIVE);
  const stop = take(input.stop, POSITIVE);
  const fraction = take(input.riskFraction, (value) => value > 0n && value <= ONE);
  const amount = take(input.riskAmount, POSITIVE);
  const equity = take(input.equity, fraction === undefined ? ANY : POSITIVE);
  const cash = take(input.cash, ANY);
  const funds = take(input.availableFunds, ANY);
  const lot = take(input.lot, POSITIVE, ONE) ?? ONE;
  const multiplier = take(input.multiplier, POSITIVE, ONE) ?? ONE;
  const cap = take(input.maxQuantity, NOT_NEGATIVE);
  const feeReserve = take(input.feeReserve, NOT_NEGATIVE, 0n) ?? 0n;
  const feePerUnit = take(input.feePerUnit, NOT_NEGATIVE, 0n) ?? 0n;
  const rate = take(input.initRate, POSITIVE, ONE / 2n) ?? ONE;
  const borrows = isAccountKind(input.kind) && mayBorrow(input.kind);
  const spendable = borrows ? funds : cash;
  if (isBad || entry === undefined || stop === undefined || spendable === undefined) return { error: 'SIZE-BAD-INPUT' };
  if (input.side !== undefined && input.side !== 'long' && input.side !== 'short') return { error: 'SIZE-BAD-INPUT' };
  const budgets = [
    fraction === undefined || equity === undefined ? undefined : equity * fraction,
    amount === undefined ? undefined : amount * ONE,
  ];
  if (fraction !== undefined && equity === undefined) return { error: 'SIZE-BAD-INPUT' };
  const known = budgets.filter((budget) => budget !== undefined);
  if (known.length === 0) return { error: 'SIZE-BAD-INPUT' };
  const isShort = input.side === 'short';
  if (isShort && !borrows) return { error: isIra(input.kind) ? 'IRA-SHORT-STOCK' : 'CASH-SHORT-STOCK' };
  if (entry === stop) return { error: 'SIZE-ZERO-STOP' };
  if (stop > entry !== isShort) return { error: 'SIZE-STOP-SIDE' };

  const perUnit = absolute(entry - stop) * multiplier + 2n * feePerUnit * ONE;
  const risk = known.reduce(smaller);
  const money = larger(0n, spendable - feeReserve) * ONE;
  const price = borrows ? divideExactUp(entry * multiplier * rate) : entry * multiplier;
  const limits: [SizeBinding, bigint][] = [
    ['risk', lotsIn(risk, perUnit, lot)],
    [borrows ? 'margin' : 'cash', lotsIn(money, price + feePerUnit * ONE, lot)],
  ];
  if (cap !== undefined) limits.push(['maxQuantity', cap / lot]);
  const least = limits.reduce((a, b) => (b[1] < a[1] ? b : a));
  const quantity = writeDecimal(least[1] * lot);
  return least[1] === 0n ? { quantity, binding: least[0], error: 'SIZE-BELOW-LOT' } : { quantity, binding: least[0] };
}

/** A product of three numbers at the scale of two, rounded up so that margin is never understated. */
function divideExactUp(value: bigint): bigint {
  return value % ONE === 0n ? value / ONE : value / ONE + 1n;
}
