// A fill as it is shown, and its row in the database.

import * as z from 'zod';
import { decimal, instant } from '../commands/schemas.js';
import type { FillRow } from '../store/schema.js';
import { given } from './record.js';

export const fillOut = z
  .object({
    execId: z.string(),
    draftId: z.string().optional(),
    orderId: z.int().optional(),
    permId: z.string().optional(),
    account: z.string(),
    symbol: z.string().optional(),
    conId: z.int().optional(),
    side: z.string(),
    shares: decimal,
    price: decimal,
    currency: z.string().optional(),
    exchange: z.string(),
    time: z.union([instant, z.string()]),
    commission: decimal.optional(),
    commissionCurrency: z.string().optional(),
    realizedPnl: decimal.optional(),
  })
  .meta({ id: 'Fill' });

export function shownFill(row: FillRow): z.input<typeof fillOut> {
  const { account, side, shares, price, exchange, time } = row;
  return {
    execId: row.exec_id,
    ...given('draftId', row.draft_id),
    ...given('orderId', row.order_id),
    ...given('permId', row.perm_id),
    account,
    ...given('symbol', row.symbol),
    ...given('conId', row.con_id),
    ...{ side, shares, price, exchange, time },
    ...given('currency', row.currency),
    ...given('commission', row.commission),
    ...given('commissionCurrency', row.commission_currency),
    ...given('realizedPnl', row.realized_pnl),
  };
}
