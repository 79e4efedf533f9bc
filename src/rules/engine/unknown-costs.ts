// Costs of positions and working orders that cannot be told, and what is missing to tell them.
import type { Book, Holding, Slot } from '../facts/book.js';

/** Something whose cost is not known. */
export interface Unknown {
  readonly what: 'price' | 'details';
  readonly id: string;
  readonly missing: string;
}

/** What is missing of something, and the currency in which it costs. */
export interface Noted {
  readonly currency: string;
  readonly unknown: Unknown;
}

const NOTHING: readonly Noted[] = [];

/** What cannot be told of a working order: an unbounded purchase, futures and written futures options without margin. */
export function unknownOf(book: Book, slot: Slot, base: string): readonly Noted[] {
  const noted: Noted[] = [];
  const { id, effect } = slot;
  if (!effect.isBounded)
    for (const currency of new Set([effect.currency, ...effect.changes.map(({ contract }) => contract.currency)]))
      noted.push({ currency, unknown: { what: 'price', id, missing: 'price' } });
  for (const change of effect.changes) {
    const contract = book.complete(change.contract);
    if (contract.margin !== undefined) continue;
    const unknown = { what: 'details', id, missing: 'initMargin' } as const;
    if (contract.secType === 'FUT') noted.push({ currency: contract.currency, unknown });
    if (contract.secType === 'FOP' && change.quantity < 0n && !isClosed(book, slot)) noted.push({ currency: base, unknown });
  }
  return noted;
}

/** What cannot be told of a holding: a short option without terms, futures and written futures options without margin. */
export function unknownOfHeld(book: Book, { key, contract, quantity }: Holding): readonly Noted[] {
  const { currency, symbol: id, secType } = contract;
  const note = (missing: string): readonly Noted[] => [{ currency, unknown: { what: 'details', id, missing } }];
  const isMargined = secType === 'FUT' ? quantity !== 0n : secType === 'FOP' && quantity < 0n;
  if (isMargined && contract.margin === undefined) {
    const slots = book.slotsByKey.get(key) ?? [];
    const isKnown = slots.some(({ effect }) => effect.changes.some((change) => change.contract.margin !== undefined));
    return isKnown ? NOTHING : note('initMargin');
  }
  if (secType !== 'OPT' || quantity >= 0n) return NOTHING;
  const missing = (['multiplier', 'strike', 'right', 'expiry'] as const).find((name) => contract[name] === undefined);
  return missing === undefined ? NOTHING : note(missing);
}

function isClosed(book: Book, slot: Slot): boolean {
  return slot.effect.changes.every((change, at) => {
    const held = book.holdings.get(slot.keys[at] ?? '')?.quantity ?? 0n;
    return held >= -change.quantity;
  });
}
