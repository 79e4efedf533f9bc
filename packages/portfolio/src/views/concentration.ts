// How much of the whole lies in one instrument, over all brokers: per currency, or in one currency by named rates.

import Big from 'big.js';
import type { Portfolio } from '../merge.js';
import type { DecimalText } from '../model.js';
import { PortfolioError } from '../problem.js';
import { type Line, view } from './groups.js';

/** A rate somebody names: units of `to` for one of `from`, and where it is from. */
export interface Rate {
  readonly from: string;
  readonly to: string;
  readonly rate: DecimalText;
  readonly source: string;
}

/** @throws {PortfolioError} `rate-unknown`: nothing is converted without a named rate. */
export function convert(value: DecimalText, from: string, to: string, rates: readonly Rate[]): DecimalText {
  if (from === to) return value;
  const rate = rates.find((one) => one.from === from && one.to === to);
  if (rate === undefined) throw new PortfolioError('rate-unknown', `no rate from ${from} to ${to} was given`);
  return new Big(value).times(rate.rate).toFixed();
}

export interface Share {
  readonly key: string;
  readonly currency: string;
  readonly value: DecimalText;
  /** Percent of the gross value (longs and shorts by their size), two places. */
  readonly percent: DecimalText;
}

/** Largest first. Options stand for themselves, not for what they could become. */
export function concentration(portfolio: Portfolio, inCurrency?: string, rates: readonly Rate[] = []): readonly Share[] {
  const lines: readonly Line[] = view(portfolio, 'instrument');
  const valued = lines.map(({ key, currency, value }) =>
    inCurrency === undefined
      ? { key, currency, value }
      : { key, currency: inCurrency, value: convert(value, currency, inCurrency, rates) },
  );
  const gross = new Map<string, Big>();
  for (const { currency, value } of valued) gross.set(currency, (gross.get(currency) ?? new Big(0)).plus(new Big(value).abs()));
  return valued
    .map((line) => {
      const whole = gross.get(line.currency)!;
      return { ...line, percent: whole.eq(0) ? '0.00' : new Big(line.value).abs().times(100).div(whole).toFixed(2) };
    })
    .sort((a, b) => a.currency.localeCompare(b.currency) || new Big(b.percent).cmp(a.percent) || a.key.localeCompare(b.key));
}
