// Finds secrets in bytes that no table takes apart: account numbers by their looks, and whatever was learnt.
import type { Redaction } from '../format.js';
import { type AccountShape, accountShape, isAccountLong } from './accounts.js';
import { type Learnt, LONGEST } from './learnt.js';
import { isWord, Signs } from './signs.js';

/** `text`: words stand between signs that are no letters. `bytes`: in front may stand a length, behind may stand anything. */
export type Around = 'text' | 'bytes';

/** Signs `[first, end)` of the window. */
export interface Found {
  readonly redaction: Redaction;
  readonly first: number;
  readonly end: number;
  /** The bytes broke off inside of it. */
  readonly isHalf?: true;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Nothing that begins here or later is taken: more bytes may follow. */
  readonly before: number;
  /** Nothing follows because the bytes broke off. */
  readonly isCut?: boolean;
}

export class Search {
  readonly signs = new Signs();
  private readonly learnt: Learnt;
  private readonly wanted: ReadonlySet<Redaction>;
  /** Sign in front of the window; 0 where nothing is. */
  private previous = 0;
  /** The last sign of the window is where the bytes broke off. */
  private isCut = false;

  constructor(learnt: Learnt, wanted: ReadonlySet<Redaction>) {
    this.learnt = learnt;
    this.wanted = wanted;
  }

  /** Tells of everything found; gives the byte up to which it is certain. Each byte is read a bounded number of times. */
  walk(bytes: Uint8Array, { from, to, before, isCut = false }: Range, around: Around, found: (found: Found) => void): number {
    const { signs } = this;
    this.previous = 0;
    let at = from;
    for (;;) {
      const reached = signs.read(bytes, at, to);
      this.isCut = isCut && reached >= to;
      const sure = reached < to ? signs.count - LONGEST - 1 : signs.count;
      let i = 0;
      while (i < sure && signs.starts[i]! < before) {
        const match = this.foundAt(bytes, i, around);
        if (match !== undefined) found(match);
        i = match?.end ?? i + 1;
      }
      const next = i < signs.count ? signs.starts[i]! : reached;
      if (reached >= to || next >= before) return next;
      this.previous = this.before(i);
      at = next;
    }
  }

  private before(i: number): number {
    return i === 0 ? this.previous : this.signs.codes[i - 1]!;
  }

  private foundAt(bytes: Uint8Array, first: number, around: Around): Found | undefined {
    const { signs, learnt } = this;
    const shape = this.wanted.has('account') ? accountShape(signs, first) : undefined;
    const certain = shape === undefined ? 0 : this.certainLength(bytes, first, shape, around);
    if (certain > 0) return { redaction: 'account', first, end: first + certain };
    const account = learnt.accounts.isEmpty ? undefined : learnt.accounts.find(signs, first, () => true, this.isCut);
    if (account !== undefined) return { ...account, first };
    const likely = shape === undefined ? 0 : lengthOf(shape);
    if (likely > 0) return { redaction: 'account', first, end: first + likely };
    return this.word(first, around);
  }

  /** In text all digits belong to the number; in bytes only a length in front says where it ends. */
  private certainLength(bytes: Uint8Array, first: number, shape: AccountShape, around: Around): number {
    if (around === 'text') return lengthOf(shape);
    const start = this.signs.starts[first]!;
    const said = start === 0 ? 0 : bytes[start - 1]!;
    return said <= shape.letters + shape.digits && isAccountLong(said - shape.letters) ? said : 0;
  }

  private word(first: number, around: Around): Found | undefined {
    const { signs, learnt } = this;
    if (learnt.words.isEmpty) return undefined;
    const { codes, count } = signs;
    if (around === 'text' && isWord(codes[first]!) && isWord(this.before(first))) return undefined;
    const mayEnd = (end: number): boolean => {
      return around === 'bytes' || end === count || !isWord(codes[end - 1]!) || !isWord(codes[end]!);
    };
    const found = learnt.words.find(signs, first, mayEnd, this.isCut);
    return found === undefined ? undefined : { ...found, first };
  }
}

function lengthOf({ letters, digits }: AccountShape): number {
  return isAccountLong(digits) ? letters + digits : 0;
}
