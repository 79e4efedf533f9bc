// What has been met in fields of its own, to be found again wherever it stands.
import { IbwireError } from '../../protocol/errors.js';
import type { Redaction } from '../format.js';
import { isDigit, isWord, Signs } from './signs.js';

/** Shorter names could be anything elsewhere; longer ones are found in their own fields only. */
const SHORTEST_NAME = 3;
const SHORTEST_ACCOUNT = 5;
export const LONGEST = 256;

interface Node {
  readonly next: Map<number, Node>;
  /** What the text that ends here is. */
  redaction: Redaction | undefined;
}

export interface Learned {
  readonly redaction: Redaction;
  readonly end: number;
  /** The signs broke off inside of it. */
  readonly isHalf?: true;
}

/** Finds in signs the texts it was given; the time goes with the length of the signs, however many texts there are. */
export class Trie {
  private readonly root: Node = { next: new Map(), redaction: undefined };

  get isEmpty(): boolean {
    return this.root.next.size === 0;
  }

  /** The text of a window of signs; what was put there first stays. */
  put({ codes, count }: Signs, redaction: Redaction): void {
    let node = this.root;
    for (let i = 0; i < count; i++) {
      const code = codes[i]!;
      const next = node.next.get(code) ?? { next: new Map(), redaction: undefined };
      node.next.set(code, next);
      node = next;
    }
    node.redaction ??= redaction;
  }

  /**
   * The longest text that begins at sign `at` and may end where it does. `isCut`: nothing follows the last sign because the bytes
   * broke off there, so that what a text begins with counts for it, from as many signs on as a name has.
   */
  find({ codes, count }: Signs, at: number, mayEnd: (end: number) => boolean, isCut = false): Learned | undefined {
    let node: Node | undefined = this.root;
    let found: Learned | undefined;
    for (let i = at; i < count; i++) {
      node = node.next.get(codes[i]!);
      if (node === undefined) return found;
      const { redaction } = node;
      if (redaction !== undefined && mayEnd(i + 1)) found = { redaction, end: i + 1 };
    }
    const isHalf = isCut && found?.end !== count && count - at >= SHORTEST_NAME;
    return isHalf ? { redaction: redactionBelow(node), end: count, isHalf } : found;
  }
}

/** What a text that goes on from here is: every way ends in one. */
function redactionBelow(node: Node): Redaction {
  for (let at = node; ; at = at.next.values().next().value as Node) if (at.redaction !== undefined) return at.redaction;
}

/** What has been learnt to be secret while a capture was read. */
export class Learnt {
  /** Found also beside letters. */
  readonly accounts = new Trie();
  /** Found as whole words. */
  readonly words = new Trie();
  private readonly signs = new Signs();
  private readonly known: Readonly<Record<Redaction, Set<string>>> = { account: new Set(), name: new Set(), orderRef: new Set() };
  private readonly forms = new Map<string, string>();

  /** `hide`: names that are known beforehand. @throws {IbwireError} `INVALID_INPUT` for one that could not be found. */
  constructor(hide: readonly string[] = []) {
    this.hide(hide);
  }

  /** Further names that are known beforehand. @throws {IbwireError} `INVALID_INPUT` for one that could not be found. */
  hide(names: readonly string[]): void {
    for (const name of names) {
      if (!this.learn('name', Buffer.from(name.trim()).toString('latin1')))
        throw new IbwireError('INVALID_INPUT', `a name to hide has ${SHORTEST_NAME} to ${LONGEST} signs and a letter`);
    }
  }

  /** Nothing was learnt that could be found elsewhere. */
  get isEmpty(): boolean {
    return this.accounts.isEmpty && this.words.isEmpty;
  }

  /** Different texts that were learnt. */
  count(redaction: Redaction): number {
    return this.known[redaction].size;
  }

  /** The form in which a text was met first, of all that differ in small and capital letters alone. */
  firstForm(text: string): string {
    if (text.length > 8 * LONGEST) return text;
    this.read(text);
    const key = `${text.length} ${this.signs.text(0, this.signs.count)}`;
    const first = this.forms.get(key) ?? text;
    this.forms.set(key, first);
    return first;
  }

  /** Remembers a text, one letter per byte; elsewhere it is found unless it is too short, too long, or without a letter: then false. */
  learn(redaction: Redaction, text: string): boolean {
    if (this.known[redaction].has(text)) return true;
    this.known[redaction].add(text);
    if (text.length > 8 * LONGEST) return false;
    this.read(text);
    const { codes, count } = this.signs;
    if (count < SHORTEST_NAME || count > LONGEST) return false;
    const seen = codes.subarray(0, count);
    if (!seen.some((code) => code > 127 || (isWord(code) && !isDigit(code)))) return false;
    const isNumbered = redaction === 'account' && count >= SHORTEST_ACCOUNT && seen.some(isDigit);
    (isNumbered ? this.accounts : this.words).put(this.signs, redaction);
    return true;
  }

  private read(text: string): void {
    this.signs.read(Buffer.from(text, 'latin1'), 0, text.length);
  }
}
