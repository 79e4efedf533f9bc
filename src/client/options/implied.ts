// Implied volatility: bracketed, so that it always ends, with a typed answer when there is none.
import { americanPrice } from './bjerksund-stensland.js';
import { europeanPrice } from './black-scholes.js';
import { checkTerms, type OptionTerms } from './terms.js';

/** When an option may be exercised: at its end, or at any time before. */
export type Style = 'european' | 'american';

/**
 * `expired` no time is left; `belowIntrinsic` the price is under what the option is worth without any volatility;
 * `noTimeValue` it is just that, so that many volatilities fit; `aboveBound` no volatility up to 5,000 percent reaches it.
 */
export type NoVolatility = 'expired' | 'belowIntrinsic' | 'noTimeValue' | 'aboveBound' | 'notANumber';

/** The volatility that gives a price (0.2 is twenty percent), or why there is none. Never NaN. */
export type ImpliedVolatility =
  | { readonly at: 'found'; readonly volatility: number }
  | { readonly at: 'none'; readonly why: NoVolatility };

const LEAST = 1e-3;
const MOST = 50;
const TURNS = 100;

/** The volatility at which a model gives this price. At most 100 steps. Throws InputError for terms no model can price. */
export function impliedVolatility(terms: OptionTerms, price: number, style: Style = 'european'): ImpliedVolatility {
  const checked = checkTerms(terms);
  if (!Number.isFinite(price)) return none('notANumber');
  if (checked.years === 0) return none('expired');
  const model = style === 'american' ? americanPrice : europeanPrice;
  const excess = (volatility: number): number => model({ ...checked, volatility }) - price;
  const tolerance = 1e-11 * Math.max(checked.spot, checked.strike);
  const atLeast = excess(LEAST);
  if (atLeast > tolerance)
    return none(model({ ...checked, volatility: 0 }) > price + tolerance ? 'belowIntrinsic' : 'noTimeValue');
  if (atLeast > -tolerance) return none('noTimeValue');
  const atMost = excess(MOST);
  if (atMost < 0) return none('aboveBound');
  return { at: 'found', volatility: root(excess, LEAST, atLeast, MOST, atMost) };
}

function none(why: NoVolatility): ImpliedVolatility {
  return { at: 'none', why };
}

/** Ridders' method on a bracket: each turn at least halves it. */
function root(excess: (x: number) => number, from: number, atFrom: number, to: number, atTo: number): number {
  let [low, high, atLow, atHigh] = [from, to, atFrom, atTo];
  for (let turn = 0; turn < TURNS && high - low > 1e-13 * high; turn++) {
    const middle = (low + high) / 2;
    const atMiddle = excess(middle);
    if (atMiddle === 0) return middle;
    const guess = middle + ((middle - low) * -atMiddle) / Math.sqrt(atMiddle * atMiddle - atLow * atHigh);
    const isInside = guess > low && guess < high;
    const atGuess = isInside ? excess(guess) : atMiddle;
    if (isInside && atGuess === 0) return guess;
    const points: readonly (readonly [number, number])[] = isInside
      ? [
          [low, atLow],
          [middle, atMiddle],
          [guess, atGuess],
          [high, atHigh],
        ]
      : [
          [low, atLow],
          [middle, atMiddle],
          [high, atHigh],
        ];
    const before = high - low;
    for (const [x, y] of points) {
      if (y < 0 && x > low) [low, atLow] = [x, y];
    }
    for (const [x, y] of points) {
      if (y >= 0 && x < high && x > low) [high, atHigh] = [x, y];
    }
    if (high - low === before) break;
  }
  return (low + high) / 2;
}
