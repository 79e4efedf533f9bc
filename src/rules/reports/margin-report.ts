// Margin per security as the broker's what-if answers tell it.
import Big from 'big.js';
import { isUnset, readDecimal } from '../decimal.js';
import type { DecimalText, WhatIfAnswer } from '../types.js';

/** A holding whose margin is asked for. */
export interface MarginQuestion {
  readonly symbol: string;
  readonly quantity: DecimalText;
  /** Price of one unit; 1 is assumed for the multiplier when that is not given. */
  readonly price: DecimalText;
  readonly multiplier?: DecimalText | undefined;
  readonly answer?: WhatIfAnswer | undefined;
}

/** Margin of one holding; undefined where neither the gateway nor a rate tells it. */
export interface MarginLine {
  readonly symbol: string;
  readonly value: DecimalText;
  readonly initMargin: DecimalText | undefined;
  readonly maintMargin: DecimalText | undefined;
  /** Margin over value, rounded up at six places; undefined without an answer. */
  readonly initRate: DecimalText | undefined;
  readonly maintRate: DecimalText | undefined;
  /** `above`: the broker asks for more than the 50 percent of Regulation T; such a security is a poor collateral. */
  readonly againstRegT: 'above' | 'equal' | 'below' | 'unknown';
  /** What is missing for a full line. */
  readonly missing: readonly string[];
}

const REG_T = new Big('0.5');
const PLACES = 6;

/** A number of an answer; the unset sentinel and malformed text count as not given. */
function big(value: unknown): Big | undefined {
  return isUnset(value) || readDecimal(value) === undefined ? undefined : new Big(String(value));
}

/** Rate of margin to value, rounded up. Undefined without value. */
function rateOf(margin: Big | undefined, value: Big | undefined): Big | undefined {
  if (margin === undefined || value === undefined || value.eq(0)) return undefined;
  const exact = margin.div(value);
  return exact.round(PLACES, Big.roundUp);
}

/** One line per security, in the order given. Nothing is estimated: without an answer the margin is unknown, not zero. */
export function marginReport(questions: readonly MarginQuestion[]): MarginLine[] {
  return questions.map(({ symbol, quantity, price, multiplier, answer }): MarginLine => {
    const [size, each, factor] = [big(quantity), big(price), multiplier === undefined ? new Big(1) : big(multiplier)];
    const value =
      size === undefined || each === undefined || factor === undefined ? undefined : size.abs().times(each).times(factor);
    const [init, maint] = [big(answer?.initMarginChange), big(answer?.maintMarginChange)];
    const initRate = rateOf(init, value);
    const maintRate = rateOf(maint, value);
    const order = initRate === undefined ? undefined : initRate.cmp(REG_T);
    const missing = [
      ...(value === undefined ? ['value'] : []),
      ...(init === undefined ? ['initMarginChange'] : []),
      ...(maint === undefined ? ['maintMarginChange'] : []),
    ];
    return {
      symbol,
      value: value?.toFixed() ?? '',
      initMargin: init?.toFixed(),
      maintMargin: maint?.toFixed(),
      initRate: initRate?.toFixed(),
      maintRate: maintRate?.toFixed(),
      againstRegT: order === undefined ? 'unknown' : order > 0 ? 'above' : order < 0 ? 'below' : 'equal',
      missing,
    };
  });
}
