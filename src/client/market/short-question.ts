// What a quote tells of a short sale, as the rules' report takes it.

import { plainText } from '../../protocol/text/numbers.js';
import type { ShortQuestion } from '../../rules/reports/short-sale-report.js';
import type { Quote } from './quote.js';

/**
 * A line for `shortSaleReport` (`ibwire/rules`) from a quote asked for with generic tick 236: how many shares can be borrowed, else how
 * easily. `feeRate`: percent a year, the close of the newest bar of `FEE_RATE`. What has not been told stays unknown in the report.
 * ```ts
 * const quotes = ib.market.quotes(aapl, { genericTicks: [236] })
 * const [fee] = (await ib.history.bars(aapl, { duration: '1 W', size: '1 day', show: 'FEE_RATE' })).slice(-1)
 * shortSaleReport(account, [shortQuestion('AAPL', '100', quotes.view, fee?.close)])
 * ```
 */
export function shortQuestion(symbol: string, quantity: string, quote: Quote, feeRate?: number): ShortQuestion {
  return {
    symbol,
    quantity,
    shortableTick: textOf(quote.shortable?.value),
    shortableShares: textOf(quote.shortableShares?.value),
    feeRate: textOf(feeRate),
  };
}

function textOf(value: number | undefined): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : plainText(value);
}
