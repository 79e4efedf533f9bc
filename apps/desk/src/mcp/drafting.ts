// One draft for one wish: the same call repeated gets the draft that it got before, whether the first answer came or not.

import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { bodyHash } from '../orders/body-hash.js';
import { type DraftOut, shownDraft } from '../orders/record.js';
import type { DraftAsked } from '../orders/terms.js';

/** How long after its last step a draft is the answer to the same call. While it waits, or nobody knows its outcome, it always is. */
export const SAME_MS = 60_000;

export interface Wish {
  readonly asked: Omit<DraftAsked, 'note'>;
  readonly note: string | undefined;
  /** The caller's own name for this order. */
  readonly key: string | undefined;
}

export interface Drafted {
  readonly draft: DraftOut;
  readonly isRepeat: boolean;
}

export interface Drafting {
  /** Names the wish: the same for the same arguments. */
  hashOf(wish: Wish): string;
  draft(wish: Wish, who: Caller): Promise<Drafted>;
}

export function createDrafting(desk: Desk): Drafting {
  const running = new Map<string, Promise<Drafted>>();
  // The words of the reason are no part of the wish: a model tells it differently each time.
  const hashOf = ({ asked, key }: Wish): string => bodyHash({ asked, key });
  const make = async ({ asked, note, key }: Wish, who: Caller): Promise<Drafted> => {
    if (key !== undefined) {
      const told = await desk.orders.draft(asked, who, { key, note });
      return { draft: shownDraft(await desk.drafts.get(told.draft.id)), isRepeat: told.isReplay };
    }
    const since = new Date(desk.timer.now() - SAME_MS).toISOString();
    const known = await desk.drafts.byBody(who.id, bodyHash(asked), since);
    if (known !== undefined) return { draft: shownDraft(known), isRepeat: true };
    return { draft: (await desk.orders.draft(asked, who, { note })).draft, isRepeat: false };
  };
  return {
    hashOf,
    draft(wish, who) {
      const name = `${who.id} ${hashOf(wish)}`;
      const first = running.get(name);
      if (first !== undefined) return first.then(({ draft }) => ({ draft, isRepeat: true }));
      const work = make(wish, who).finally(() => running.delete(name));
      running.set(name, work);
      return work;
    },
  };
}
