// Stand-ins for texts that must not reach the disk: the same for the same text, different for different ones, equally long.
import type { Redaction } from '../format.js';

const PREFIX: Readonly<Record<Redaction, string>> = { account: 'DU9', name: 'name', orderRef: 'ref' };

/** The same name for the same secret throughout, of the same length. */
export class Pseudonyms {
  private readonly given = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /**
   * The stand-in of a text, one letter per byte: `DU9000001`, `name2`, `ref000003`. Texts too short to tell apart with digits
   * get letters too; when even those are used up, the last texts of that length share `x`.
   */
  of(redaction: Redaction, text: string): string {
    const key = `${redaction} ${text}`;
    let stand = this.given.get(key);
    if (stand === undefined) {
      stand = this.make(redaction, text.length);
      this.given.set(key, stand);
    }
    return stand;
  }

  private make(redaction: Redaction, length: number): string {
    const slot = `${redaction} ${length}`;
    const count = (this.counts.get(slot) ?? 0) + 1;
    this.counts.set(slot, count);
    const prefix = PREFIX[redaction];
    const digits = String(count);
    if (digits.length <= length - prefix.length) return prefix + digits.padStart(length - prefix.length, '0');
    const letters = (36 ** Math.max(0, length - 1) + count).toString(36).toUpperCase();
    return letters.length === length ? letters : 'x'.repeat(length);
  }
}
