// Costs of positions and working orders that cannot be told, and what is missing to tell them.
import { type Book, push, type Slot } from '../facts/book.js';

/** Something whose cost is not known. */
export interface Unknown {
  readonly what: 'price' | 'details';
  readonly id: string;
  readonly missing: string;
}

/** Costs that cannot be told: unbounded purchases, short options and futures without terms or margin. */
export function findUnknown(book: Book, base: string): Map<string, Unknown[]> {
  const unknown = new Map<string, Unknown[]>();
  const note = (currency: string, what: Unknown): void => push(unknown, currency, what);
  for (const slot of book.slots) {
    if (!slot.effect.isBounded) {
      const paid = new Set([slot.effect.currency, ...slot.effect.changes.map(({ contract }) => contract.currency)]);
      for (const currency of paid) note(currency, { what: 'price', id: slot.id, missing: 'price' });
    }
    slot.effect.changes.forEach((change) => {
      const contract = book.complete(change.contract);
      if (contract.secType === 'FUT' && contract.margin === undefined) {
        note(contract.currency, { what: 'details', id: slot.id, missing: 'initMargin' });
      }
      if (contract.secType === 'FOP' && change.quantity < 0n && contract.margin === undefined && !isClosed(book, slot)) {
        note(base, { what: 'details', id: slot.id, missing: 'initMargin' });
      }
    });
  }
  for (const { key, contract, quantity } of book.holdings.values()) {
    const known = book.slotsByKey
      .get(key)
      ?.some((slot) => slot.effect.changes.some((change) => change.contract.margin !== undefined));
    const margined = contract.secType === 'FUT' ? quantity !== 0n : contract.secType === 'FOP' && quantity < 0n;
    if (margined && contract.margin === undefined && known !== true) {
      note(contract.currency, { what: 'details', id: contract.symbol, missing: 'initMargin' });
    }
    if (contract.secType !== 'OPT' || quantity >= 0n) continue;
    const missing =
      contract.multiplier === undefined
        ? 'multiplier'
        : contract.strike === undefined
          ? 'strike'
          : contract.right === undefined
            ? 'right'
            : 'expiry';
    if (
      contract.multiplier === undefined ||
      contract.strike === undefined ||
      contract.right === undefined ||
      contract.expiry === undefined
    ) {
      note(contract.currency, { what: 'details', id: contract.symbol, missing });
    }
  }
  return unknown;
}

function isClosed(book: Book, slot: Slot): boolean {
  return slot.effect.changes.every((change, at) => {
    const held = book.holdings.get(slot.keys[at] ?? '')?.quantity ?? 0n;
    return held >= -change.quantity;
  });
}
