// What account numbers look like: live, paper, advisor, friends and family, demo.
import { isDigit, type Signs } from './signs.js';

const FEWEST_DIGITS = 5;
const MOST_DIGITS = 9;
const D = 100;
const F = 102;
const I = 105;
const U = 117;

/** Letters and digits, counted in signs. */
export interface AccountShape {
  readonly letters: number;
  readonly digits: number;
}

/** The letters of an account number at sign `at`, and all digits behind them, one more than it may have at most. */
export function accountShape({ codes, count }: Signs, at: number): AccountShape | undefined {
  const letters = lettersOf(codes[at]!, at + 1 < count ? codes[at + 1]! : 0);
  if (letters === 0) return undefined;
  const from = at + letters;
  let end = from;
  while (end < count && end - from <= MOST_DIGITS && isDigit(codes[end]!)) end++;
  return end - from < FEWEST_DIGITS ? undefined : { letters, digits: end - from };
}

/** U F I, each with a D in front or not, and DF. */
function lettersOf(first: number, second: number): number {
  if (first === D && (second === U || second === F || second === I)) return 2;
  return first === U || first === F || first === I ? 1 : 0;
}

export function isAccountLong(digits: number): boolean {
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}
