// Notes of what happened to drafts and fills: each once, by its own name, whichever of list and event comes first.

import Big from 'big.js';
import type { Draft, Fill } from './desk.js';
import { messages } from './messages.js';

/** `BUY 100`: how a draft begins. */
const sideOf = ({ order }: Draft): string => `${String(order['action'])} ${String(order['totalQuantity'])}`;

export function createNotes() {
  const noted = new Set<string>();
  const waiting = new Set<string>();
  /** Fills that a list has had. Undefined: none has come; what stands in the first is history. */
  let listed: Set<string> | undefined;
  const once = (key: string, text: string, isBad: boolean): void => {
    if (noted.has(key)) return;
    noted.add(key);
    messages.note(text, isBad);
  };
  /** Of one order, while its note was not seen: what has filled of it. */
  const parts = new Map<string, { readonly note: number; readonly shares: Big; readonly count: number }>();
  /** A fill is told again with its commission. The parts of one order share a note. */
  const fill = ({ execId, permId, draftId, side, shares, symbol, price }: Fill): void => {
    if (noted.has(execId)) return;
    noted.add(execId);
    const order = `${permId ?? draftId ?? execId} ${side}`;
    const before = parts.get(order);
    const [sum, count] = [new Big(shares).plus(before?.shares ?? 0), (before?.count ?? 0) + 1];
    const words = `Filled: ${side} ${sum.toFixed()} ${symbol ?? ''}${count === 1 ? '' : ` in ${count} parts, the last`} @ ${price}`;
    if (before !== undefined && messages.renote(before.note, words))
      return void parts.set(order, { note: before.note, shares: sum, count });
    const note = messages.note(`Filled: ${side} ${shares} ${symbol ?? ''} @ ${price}`, false);
    parts.set(order, { note, shares: new Big(shares), count: 1 });
  };
  return {
    fill,
    draft(draft: Draft): void {
      const { id, state, contract, why, outcome, approvedBy, askedBy } = draft;
      const what = `${sideOf(draft)} ${contract.localSymbol ?? contract.symbol}`;
      if (state === 'refused') once(`${id} refused`, `${what}: rejected. ${why ?? ''}`, true);
      if (state === 'done' && outcome?.status === 'rejected')
        once(`${id} rejected`, `${what}: rejected. ${outcome.reason?.text.untrusted ?? ''}`, true);
      for (const { role, status, reason } of outcome?.exits ?? [])
        if (status === 'rejected')
          once(`${id} ${role}`, `${what}: the ${role} of its bracket was rejected. ${reason?.text.untrusted ?? ''}`, true);
      if (state === 'waiting') {
        waiting.add(id);
        once(`${id} waiting`, `${what} waits for approval, asked by ${askedBy}`, false);
      } else if (waiting.delete(id) && state !== 'refused') messages.tell(`${what}: approved by ${approvedBy ?? 'somebody'}`);
    },
    /** Lists as they were asked for: a fill that no event told, as after a gap, is told by the next of them. */
    lists(fills: readonly Fill[], drafts: readonly Draft[]): void {
      for (const { id, state } of drafts) if (state === 'waiting') waiting.add(id);
      const before = listed;
      if (before !== undefined) for (const one of [...fills].reverse()) if (!before.has(one.execId)) fill(one);
      listed = new Set([...(before ?? []), ...fills.map(({ execId }) => execId)]);
    },
  };
}
