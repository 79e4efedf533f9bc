// Settled cash per currency of a cash-type account, derived from its cash and its own recent sales.
import { dayNumber } from '../calendar/business-days.js';
import { larger, ONE, readDecimal, readPositive, smaller, writeDecimal } from '../decimal.js';
import type { DecimalText } from '../types.js';

/** A sale whose proceeds may not have settled. */
export interface RecentSale {
  readonly currency: string;
  readonly proceeds: DecimalText;
  /** Day on which the proceeds settle, YYYYMMDD or YYYY-MM-DD. Not known counts as not settled. */
  readonly settles?: string | undefined;
}

/** Cash by currency and the sales of the last days. Days as `yyyy-MM-dd`, money as exact text. */
export interface SettledCashInput {
  readonly baseCurrency: string;
  readonly asOf: string;
  /** Trade-date cash per currency; undefined where the ledger is not known. */
  readonly cash: Readonly<Record<string, DecimalText>>;
  readonly sales: readonly RecentSale[];
  /** The account's `SettledCash` tag, in base currency. */
  readonly settledCashTag?: DecimalText | undefined;
  readonly exchangeRates?: Readonly<Record<string, DecimalText>> | undefined;
}

/**
 * Trade-date cash less proceeds that have not settled, never more than the account's `SettledCash` converted. A currency whose cash,
 * or whose rate to a known `SettledCash`, is not known has none.
 */
export function settledCashOf(input: SettledCashInput): Readonly<Record<string, DecimalText>> {
  const today = dayNumber(input.asOf);
  const tag = readDecimal(input.settledCashTag);
  const settled: Record<string, DecimalText> = {};
  for (const [currency, text] of Object.entries(input.cash)) {
    const cash = readDecimal(text);
    if (cash === undefined) continue;
    let left = cash;
    for (const sale of input.sales) {
      if (sale.currency !== currency) continue;
      const day = dayNumber(sale.settles);
      const isSettled = today !== undefined && day !== undefined && day <= today;
      if (!isSettled) left -= larger(0n, readDecimal(sale.proceeds) ?? cash);
    }
    if (tag !== undefined) {
      const rate = currency === input.baseCurrency ? ONE : readPositive(input.exchangeRates?.[currency]);
      left = rate === undefined ? 0n : smaller(left, (larger(0n, tag) * ONE) / rate);
    }
    settled[currency] = writeDecimal(cash < 0n ? cash : larger(0n, left));
  }
  return settled;
}
