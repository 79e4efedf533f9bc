// Which securities an account could sell short, from the shortable tick and the borrow rate.
import { accountKindOf, isIra, mayBorrow } from '../account-kind.js';
import { ONE, readDecimal, readPositive } from '../decimal.js';
import type { AccountFacts, DecimalText } from '../types.js';

/** A short sale that is asked about, with what the market tells of borrowing. Undefined: not told. */
export interface ShortQuestion {
  readonly symbol: string;
  readonly quantity: DecimalText;
  /** Value of tick 46, asked for with generic tick 236. */
  readonly shortableTick?: DecimalText | undefined;
  /** Value of tick 89. */
  readonly shortableShares?: DecimalText | undefined;
  /** Borrow fee in percent a year, where the broker offers it. */
  readonly feeRate?: DecimalText | undefined;
}

/** `available`: shares are there. `locate`: the broker would have to look for them. `refused`: this account never sells short. */
export type ShortStatus = 'available' | 'locate' | 'unavailable' | 'unknown' | 'refused';

/** Whether a symbol can be sold short, and why. */
export interface ShortLine {
  readonly symbol: string;
  readonly status: ShortStatus;
  readonly reason: string;
  readonly feeRate: DecimalText | undefined;
}

const AVAILABLE = (25n * ONE) / 10n;
const LOCATE = (15n * ONE) / 10n;
const LEAST_EQUITY = 2_000n * ONE;

/** Why an account may not sell short at all; undefined when it may. */
function refusalOf(account: AccountFacts): string | undefined {
  const { kind, conflict } = accountKindOf(account);
  if (kind === undefined) return 'the kind of account is not known';
  if (isIra(kind) || conflict) return 'an IRA never holds a short position: nothing may be borrowed (IRC 408(e), 4975)';
  if (!mayBorrow(kind)) return 'a cash account holds no short positions';
  const equity = readDecimal(account.netLiquidation);
  if (equity === undefined) return 'net liquidation is not known';
  return equity < LEAST_EQUITY ? 'short sales need 2000 of equity' : undefined;
}

function judge({ quantity, shortableShares, shortableTick }: ShortQuestion): { status: ShortStatus; reason: string } {
  const wanted = readPositive(quantity);
  if (wanted === undefined) return { status: 'unknown', reason: 'the quantity is not a positive number' };
  const shares = readDecimal(shortableShares);
  if (shares !== undefined) {
    if (wanted <= shares) return { status: 'available', reason: `${shortableShares} shares can be borrowed` };
    return { status: shares > 0n ? 'locate' : 'unavailable', reason: `only ${shortableShares} shares can be borrowed` };
  }
  const tick = readDecimal(shortableTick);
  if (tick === undefined) return { status: 'unknown', reason: 'no shortable tick (generic tick 236) has been seen' };
  if (tick > AVAILABLE) {
    const isSmall = wanted <= 1_000n * ONE;
    return isSmall
      ? { status: 'available', reason: 'at least 1000 shares can be borrowed' }
      : { status: 'locate', reason: 'at least 1000 shares can be borrowed, more is not known' };
  }
  if (tick > LOCATE) return { status: 'locate', reason: 'shares have to be located first' };
  return { status: 'unavailable', reason: 'no shares can be borrowed' };
}

/** One line per security, in the order given. The locate itself is the broker's duty; this is the early warning. */
export function shortSaleReport(account: AccountFacts, questions: readonly ShortQuestion[]): ShortLine[] {
  const refused = refusalOf(account);
  return questions.map((question): ShortLine => {
    const feeRate = readDecimal(question.feeRate) === undefined ? undefined : question.feeRate;
    if (refused !== undefined) return { symbol: question.symbol, status: 'refused', reason: refused, feeRate };
    return { symbol: question.symbol, ...judge(question), feeRate };
  });
}
