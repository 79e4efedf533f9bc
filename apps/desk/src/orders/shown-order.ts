// An order at the gateway as it is shown, whoever placed it.

import type { Trade } from 'ibwire';
import * as z from 'zod';
import { contractOut, decimal } from '../commands/schemas.js';
import { shownContract } from '../session/contract.js';
import { partOfRef } from '../store/journal-line.js';

export const orderOut = z
  .object({
    draftId: z.string().optional().describe('Absent: not placed through this desk'),
    role: z.string().optional().describe('Within its draft: entry, or takeProfit or stopLoss of a bracket'),
    orderId: z.int(),
    permId: z.string().optional(),
    clientId: z.int(),
    account: z.string(),
    contract: contractOut,
    action: z.string(),
    orderType: z.string(),
    quantity: decimal.optional(),
    filled: decimal,
    remaining: decimal.optional(),
    averagePrice: decimal.optional(),
    lmtPrice: decimal.optional(),
    auxPrice: decimal.optional(),
    tif: z.string().optional(),
    state: z
      .string()
      .describe('waiting, sent, pending, accepted, working, cancelling, inactive, unclear, filled, cancelled, rejected'),
    status: z.string().optional().describe("The gateway's word"),
    whyHeld: z.string().optional().describe('Why the gateway holds it back, in its own words, such as `locate`'),
    commission: decimal.optional().describe('Of its fills so far, as far as it was told'),
    commissionCurrency: z.string().optional(),
  })
  .meta({ id: 'Order' });

export function shownTrade(trade: Trade): z.input<typeof orderOut> {
  const terms = trade.draft ?? trade.reported;
  const price = (value: number | undefined): string | undefined =>
    value === undefined || value === 0 || Math.abs(value) > 1e300 ? undefined : String(value);
  const [lmtPrice, auxPrice] = [price(terms?.lmtPrice), price(terms?.auxPrice)];
  const { orderRef, remaining, averagePrice, total, permId } = trade;
  const { status, whyHeld } = trade.statuses.at(-1) ?? {};
  return {
    ...partOfRef(orderRef),
    orderId: trade.orderId,
    ...(permId === undefined ? {} : { permId }),
    clientId: trade.clientId,
    account: trade.account ?? '',
    contract: shownContract((trade.contract ?? {}) as Parameters<typeof shownContract>[0]),
    action: terms?.action ?? '',
    orderType: terms?.orderType ?? '',
    ...(total === undefined ? {} : { quantity: total.toFixed() }),
    filled: trade.filledQuantity.toFixed(),
    ...(remaining === undefined ? {} : { remaining: remaining.toFixed() }),
    ...(averagePrice === undefined ? {} : { averagePrice: averagePrice.toFixed() }),
    ...(lmtPrice === undefined ? {} : { lmtPrice }),
    ...(auxPrice === undefined ? {} : { auxPrice }),
    ...(terms?.tif ? { tif: terms.tif } : {}),
    state: trade.state.at,
    ...(status === undefined ? {} : { status }),
    ...(whyHeld === undefined ? {} : { whyHeld }),
    ...commissionOf(trade),
  };
}

/** One sum where all of it is in one currency. */
function commissionOf({ fills }: Trade): { readonly commission?: string; readonly commissionCurrency?: string } {
  const told = fills.flatMap(({ commission }) => (commission === undefined ? [] : [commission]));
  const [first] = told;
  if (first === undefined || told.some(({ currency }) => currency !== first.currency)) return {};
  const sum = told.slice(1).reduce((all, { amount }) => all.plus(amount), first.amount);
  return { commission: sum.toFixed(), commissionCurrency: first.currency };
}
