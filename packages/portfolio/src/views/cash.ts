// Cash per account and currency: what is told, what is settled, and the cash equivalents, each once.

import { minus, sum } from '../decimal.js';
import { keyOf, type Portfolio } from '../merge.js';
import type { DecimalText } from '../model.js';
import { worthOf } from './value.js';

export interface CashLine {
  readonly account: string;
  readonly currency: string;
  /** Money alone; undefined when no source tells it. */
  readonly cash?: DecimalText;
  readonly settled?: DecimalText;
  readonly equivalents: DecimalText;
  /** Cash and equivalents, nothing twice. */
  readonly total: DecimalText;
}

export function cash(portfolio: Portfolio): readonly CashLine[] {
  const keys = new Map<string, { account: string; currency: string }>();
  const add = (account: string, currency: string): void => void keys.set(`${account}|${currency}`, { account, currency });
  for (const one of portfolio.balances) add(keyOf(one.account), one.currency);
  for (const one of portfolio.positions) if (one.isCashEquivalent) add(keyOf(one.account), one.currency);
  return [...keys.values()].map(({ account, currency }) => {
    const isHere = (one: { account: { broker: string; number: string }; currency: string }): boolean =>
      keyOf(one.account) === account && one.currency === currency;
    const balances = portfolio.balances.filter(isHere);
    const equivalents = sum(
      portfolio.positions.filter((one) => one.isCashEquivalent && isHere(one)).flatMap((one) => worthOf(one) ?? []),
    );
    const told = balances.length === 0 ? undefined : sum(balances.map((one) => one.cash));
    const settled = balances.flatMap((one) => one.settledCash ?? []);
    const contains = balances.some((one) => one.includesCashEquivalents);
    const money = told === undefined ? undefined : contains ? minus(told, equivalents) : told;
    return {
      account,
      currency,
      ...(money !== undefined && { cash: money }),
      ...(settled.length > 0 && { settled: sum(settled) }),
      equivalents,
      total: sum([money ?? '0', equivalents]),
    };
  });
}
