// Amounts by currency, which JSON would lose as it loses every Map.
import type Big from 'big.js';

/** A Map of amounts by currency; in JSON an object of exact texts, for example `{"USD":"1.5"}`. */
export class ByCurrency extends Map<string, Big> {
  toJSON(): Record<string, Big> {
    return Object.fromEntries(this);
  }
}
