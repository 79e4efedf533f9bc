// An order as it is asked for: the common fields, checked, in the core's own words.

import type { OrderDraft } from 'ibwire';
import * as z from 'zod';
import { account, contractInput, positive } from '../commands/schemas.js';

export const ORDER_TYPES = [
  ...(['MKT', 'LMT', 'STP', 'STP LMT', 'MIT', 'LIT', 'MOC', 'LOC', 'TRAIL', 'TRAIL LIMIT', 'MTL', 'REL', 'MIDPRICE'] as const),
] as const;

export const orderInput = z.strictObject({
  action: z.enum(['BUY', 'SELL']),
  orderType: z.enum(ORDER_TYPES),
  totalQuantity: positive,
  lmtPrice: positive.optional(),
  auxPrice: positive.optional().describe('Stop or touched price; distance of TRAIL'),
  trailStopPrice: positive.optional(),
  trailingPercent: positive.optional(),
  lmtPriceOffset: positive.optional(),
  tif: z.enum(['DAY', 'GTC', 'IOC', 'GTD', 'OPG', 'FOK']).optional(),
  goodTillDate: z.string().max(40).optional(),
  goodAfterTime: z.string().max(40).optional(),
  outsideRth: z.boolean().optional(),
  allOrNone: z.boolean().optional(),
});
export type OrderAsked = z.output<typeof orderInput>;

export const draftInput = z
  .strictObject({
    account: account.optional().describe('May be left out where the login has one'),
    contract: contractInput,
    order: orderInput,
    note: z.string().max(500).optional().describe('Why, in words: kept in the log, read by nobody else'),
  })
  .meta({ id: 'DraftAsked' });
export type DraftAsked = z.output<typeof draftInput>;

const PRICES = ['lmtPrice', 'auxPrice', 'trailStopPrice', 'trailingPercent', 'lmtPriceOffset'] as const;

export function termsOf(asked: OrderAsked, account: string, orderRef: string): OrderDraft {
  const { lmtPrice: _, auxPrice: __, trailStopPrice: ___, trailingPercent: ____, lmtPriceOffset: _____, ...rest } = asked;
  const prices = Object.fromEntries(PRICES.flatMap((name) => (asked[name] === undefined ? [] : [[name, Number(asked[name])]])));
  return { ...rest, ...prices, tif: asked.tif ?? 'DAY', account, orderRef } as OrderDraft;
}
