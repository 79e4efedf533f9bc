// What became of a change: by the answer, and where that does not say by what the list shows of the order.

import type { OrderDraft, Timer } from 'ibwire';
import type { Ask } from '../client/ask.js';
import type { Said } from './conversation.js';
import { wholeOrders } from './lists.js';
import type { LegResult } from './round.js';
import { showsTerms } from './sent.js';

const LOOKS = [0, 6_000, 15_000] as const;
const ENDED: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'Rejected', 'Failed']);

/** `working`: with its new terms. `rejected`, `declined`: it works on as it was, or has ended. */
export async function changed(
  parts: { readonly ask: Ask; readonly timer: Timer },
  orderId: string,
  { orderRef = '', totalQuantity, lmtPrice, auxPrice }: OrderDraft,
  said: Said,
): Promise<LegResult> {
  const { timer } = parts;
  const taken = said.legs.find((leg) => leg.at === 'taken');
  if (said.at === 'legs' && taken?.at === 'taken')
    return { at: 'working', orderRef, orderId: taken.orderId, status: taken.status };
  const failed = said.legs.find((leg) => leg.at === 'rejected');
  if (said.at === 'legs' && failed !== undefined) return { at: 'rejected', orderRef, text: failed.text };
  if (said.at === 'rejected') return { at: 'rejected', orderRef, text: said.text };
  if (said.at === 'declined' && said.isSure === 'yes')
    return { at: 'declined', orderRef, messageIds: said.messageIds, text: said.text };
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
  const terms = { totalQuantity: text(totalQuantity), lmtPrice: text(lmtPrice), auxPrice: text(auxPrice) };
  let why = said.at === 'unknown' ? said.why : 'the answer does not say';
  for (const wait of LOOKS) {
    if (wait > 0) await new Promise<void>((resolve) => timer.after(wait, resolve));
    const found = (await wholeOrders(parts))?.find((order) => order.orderId === orderId);
    if (found === undefined) continue;
    const status = found.status ?? '';
    if (showsTerms(found, terms)) return { at: 'working', orderRef, orderId, status };
    if (ENDED.has(status)) return { at: 'rejected', orderRef, text: `the order has ended before: ${status}` };
    why = `${why}; the list shows it as it was`;
  }
  if (said.at === 'declined' && said.isSure === 'ifNotListed')
    return { at: 'declined', orderRef, messageIds: said.messageIds, text: said.text };
  return { at: 'unknown', orderRef, why };
}
