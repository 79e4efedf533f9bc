// What became of each order of a submission: by the answer, and where that does not say by the order's own reference in whole lists.

import type { Timer } from 'ibwire';
import type { Leg } from './answer.js';
import type { Said } from './conversation.js';
import type { ListedOrder } from './listed.js';

/** What became of one leg. `unknown`: it may live; its reference finds it when it does. */
export type LegResult =
  | { readonly at: 'working'; readonly orderRef: string; readonly orderId: string; readonly status: string }
  | { readonly at: 'rejected'; readonly orderRef: string; readonly text: string }
  /** A question was not accepted; its ids say which. */
  | { readonly at: 'declined'; readonly orderRef: string; readonly messageIds: readonly string[]; readonly text: string }
  | { readonly at: 'unknown'; readonly orderRef: string; readonly why: string };

export interface LookParts {
  readonly timer: Timer;
  /** Whole lists of orders by reference; undefined: no whole list came. */
  listed(): Promise<ReadonlyMap<string, ListedOrder> | undefined>;
}

/** When it is looked for: an order can go live after the broker has said that it did not. */
const LOOKS = [0, 6_000, 15_000] as const;

const REFUSED: ReadonlySet<string> = new Set(['Cancelled', 'Rejected', 'Failed']);

/** What a list says of an order; undefined: `Inactive` without a word, which is not sent yet, or refused. */
function fromList(orderRef: string, found: ListedOrder): LegResult | undefined {
  const { status = '', text, orderId } = found;
  const isInactive = status === 'Inactive' || status === '';
  if (isInactive && text === undefined) return undefined;
  if ((REFUSED.has(status) || isInactive) && Number(found.filled ?? 0) === 0)
    return { at: 'rejected', orderRef, text: text ?? status };
  return { at: 'working', orderRef, orderId, status };
}

/** Legs of the answer by their own reference; where it names none, by the order only if there is but one. */
function fromLegs(legs: readonly Leg[], refs: readonly string[]): ReadonlyMap<string, LegResult> {
  const results = new Map<string, LegResult>();
  for (const leg of legs) {
    const orderRef = leg.cOID ?? (refs.length === 1 && legs.length === 1 ? refs[0] : undefined);
    if (orderRef === undefined || !refs.includes(orderRef) || leg.at === 'unclear') continue;
    results.set(
      orderRef,
      leg.at === 'taken'
        ? { at: 'working', orderRef, orderId: leg.orderId, status: leg.status }
        : { at: 'rejected', orderRef, text: leg.text },
    );
  }
  return results;
}

/** A word of the broker that a reference is taken speaks of an order that was there before. */
const isTakenReference = (text: string): boolean => /already registered|duplicate/i.test(text);

/** A result for each reference, in their order, at once where the answer is enough; undefined where lists have to be read. */
export function answered(said: Said, refs: readonly string[]): ReadonlyMap<string, LegResult> {
  const results = new Map(fromLegs(said.legs, refs));
  const others = (made: (orderRef: string) => LegResult): ReadonlyMap<string, LegResult> => {
    for (const ref of refs) if (!results.has(ref)) results.set(ref, made(ref));
    return results;
  };
  if (said.at === 'declined' && said.isSure === 'yes') {
    const { messageIds, text } = said;
    return others((orderRef) => ({ at: 'declined', orderRef, messageIds, text }));
  }
  // A bare error to several orders may be of one of them alone.
  if (said.at === 'rejected' && refs.length === 1 && !isTakenReference(said.text))
    return others((orderRef) => ({ at: 'rejected', orderRef, text: said.text }));
  return results;
}

const whyOf = (said: Said): string => {
  switch (said.at) {
    case 'unknown':
      return said.why;
    case 'declined':
      return 'a question was declined, and the broker has not confirmed that nothing was placed';
    case 'rejected':
      return `no list of orders has told whether this was refused: ${said.text}`;
    case 'legs':
      return 'the answer does not say';
  }
};

/** Looks for what the answer does not say, by reference, in whole lists; never by sending anything. */
export async function resolved(
  parts: LookParts,
  refs: readonly string[],
  said: Said,
  known: ReadonlyMap<string, LegResult> = answered(said, refs),
): Promise<readonly LegResult[]> {
  const results = new Map(known);
  const inactive = new Set<string>();
  let isListed = false;
  for (const wait of LOOKS) {
    if (refs.every((ref) => results.has(ref))) break;
    if (wait > 0) await new Promise<void>((resolve) => parts.timer.after(wait, resolve));
    const list = await parts.listed();
    isListed ||= list !== undefined;
    for (const ref of refs) {
      const found = list?.get(ref);
      const result = found === undefined ? undefined : fromList(ref, found);
      if (result !== undefined && !results.has(ref)) results.set(ref, declinedIn(result, said));
      else if (found !== undefined) inactive.add(ref);
    }
    // Orders that are refused are in no list: where all others are, the legs that failed are theirs.
    const open = refs.filter((ref) => !results.has(ref) && !inactive.has(ref));
    const failed = said.legs.filter((leg) => leg.at === 'rejected' && leg.cOID === undefined);
    if (list !== undefined && said.legs.length === refs.length && open.length === failed.length)
      for (const [at, orderRef] of open.entries())
        results.set(orderRef, { at: 'rejected', orderRef, text: failed[at]?.text ?? '' });
  }
  return refs.map((orderRef): LegResult => {
    const result = results.get(orderRef);
    if (result !== undefined) return result;
    if (inactive.has(orderRef)) return { at: 'unknown', orderRef, why: 'Inactive: not sent yet, or refused' };
    if (said.at === 'rejected' && isListed) return { at: 'rejected', orderRef, text: said.text };
    if (said.at === 'declined' && said.isSure === 'ifNotListed' && isListed)
      return { at: 'declined', orderRef, messageIds: said.messageIds, text: said.text };
    return { at: 'unknown', orderRef, why: whyOf(said) };
  });
}

/** An order that was cancelled because its prompt was declined. */
function declinedIn(result: LegResult, said: Said): LegResult {
  if (said.at !== 'declined' || result.at !== 'rejected') return result;
  return { at: 'declined', orderRef: result.orderRef, messageIds: said.messageIds, text: said.text };
}
