// A quote as it is shown: each number with its age, and what kind of data it is.

import type { QualifiedContract, Quote } from 'ibwire';
import * as z from 'zod';
import { contractOut, decimal, instant } from '../commands/schemas.js';
import { shownContract } from './contract.js';

const FIELDS = [
  ...(['bid', 'ask', 'last', 'bidSize', 'askSize', 'lastSize', 'open', 'high', 'low', 'close', 'volume', 'markPrice'] as const),
] as const;

const numbers = Object.fromEntries(FIELDS.map((field) => [field, decimal.optional()])) as Record<
  (typeof FIELDS)[number],
  z.ZodOptional<typeof decimal>
>;

export const quoteOut = z
  .object({
    contract: contractOut,
    ...numbers,
    source: z.enum(['live', 'frozen', 'delayed', 'delayedFrozen', 'unknown']),
    asOf: instant.optional().describe('When the newest of bid, ask and last came; absent: none has'),
    ageMs: z.int().optional(),
    stale: z
      .object({ since: instant, cause: z.string() })
      .optional()
      .describe('Nothing certain is coming: the link, the data or the motion is missing'),
  })
  .meta({ id: 'Quote' });
export type QuoteOut = z.input<typeof quoteOut>;

export const asText = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
};

export function newest(quote: Quote): number | undefined {
  const times = [quote.bid?.time, quote.ask?.time, quote.last?.time].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** All that stays true until the next tick. */
export function pictureOf(contract: QualifiedContract, quote: Quote): Omit<QuoteOut, 'ageMs' | 'stale'> {
  const shown: Record<string, string> = {};
  for (const field of FIELDS) {
    const value = quote[field]?.value;
    if (typeof value === 'number') shown[field] = asText(value);
  }
  const at = newest(quote);
  const head = { contract: shownContract(contract), ...shown, source: quote.dataType };
  return at === undefined ? head : { ...head, asOf: new Date(at).toISOString() };
}
