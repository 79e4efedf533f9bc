// An order at the gateway as it is shown, whoever placed it.

import Big from 'big.js';
import type { Trade } from 'ibwire';
import * as z from 'zod';
import { contractOut, decimal, instant } from '../commands/schemas.js';
import { shownContract } from '../session/contract.js';
import { partOfRef } from '../store/journal-line.js';
import { cancelOf } from './change.js';
import { given } from './record.js';

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
    auxPrice: decimal.optional().describe('Stop or touched price; distance of a trailing order'),
    trailingPercent: decimal.optional(),
    trailStopPrice: decimal.optional().describe('Of a trailing order: its stop, as the gateway told it last'),
    lmtPriceOffset: decimal.optional().describe('Of a trailing limit order: from the stop to its limit'),
    tif: z.string().optional(),
    goodTillDate: z.string().optional().describe('As it was sent, or as the gateway tells it: `yyyyMMdd-HH:mm:ss` is UTC'),
    goodAfterTime: z.string().optional().describe('The same form'),
    outsideRth: z.boolean().optional().describe('Also outside regular hours; absent: not'),
    state: z
      .string()
      .describe('waiting, sent, pending, accepted, working, cancelling, inactive, unclear, filled, cancelled, rejected'),
    status: z.string().optional().describe("The gateway's word"),
    whyHeld: z.string().optional().describe('Why the gateway holds it back, in its own words, such as `locate`'),
    cancelAsked: z
      .object({ at: instant, by: z.string() })
      .optional()
      .describe('A cancel that has left and was not answered: the order may work on, or be over'),
    commission: decimal.optional().describe('Of its fills so far, as far as it was told'),
    commissionCurrency: z.string().optional(),
  })
  .meta({ id: 'Order' });

export function shownTrade(trade: Trade): z.input<typeof orderOut> {
  const terms = trade.draft ?? trade.reported;
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
    ...given('lmtPrice', price(terms?.lmtPrice)),
    ...given('auxPrice', price(terms?.auxPrice)),
    ...trailOf(trade),
    ...(terms?.tif ? { tif: terms.tif } : {}),
    ...(terms?.goodTillDate ? { goodTillDate: terms.goodTillDate } : {}),
    ...(terms?.goodAfterTime ? { goodAfterTime: terms.goodAfterTime } : {}),
    ...(terms?.outsideRth === true ? { outsideRth: true } : {}),
    state: trade.state.at,
    ...(status === undefined ? {} : { status }),
    ...(whyHeld === undefined ? {} : { whyHeld }),
    ...given('cancelAsked', cancelOf(trade)),
    ...commissionOf(trade),
  };
}

/** Gateways tell unset prices as 0 or as the largest number. */
const price = (value: number | undefined): string | undefined =>
  value === undefined || value === 0 || Math.abs(value) > 1e300 ? undefined : new Big(value).toFixed();

/** Gateways tell these of orders that do not trail, too. Where the stop stands only they know. */
function trailOf({ draft, reported }: Trade): Partial<z.input<typeof orderOut>> {
  const terms = draft ?? reported;
  if (terms?.orderType?.startsWith('TRAIL') !== true) return {};
  return {
    ...given('trailingPercent', price(terms.trailingPercent)),
    ...given('trailStopPrice', price(reported?.trailStopPrice) ?? price(terms.trailStopPrice)),
    ...given('lmtPriceOffset', price(terms.lmtPriceOffset)),
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
