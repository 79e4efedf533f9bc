// Finds in advisor data what elements and attributes say is a name or an account, in one walk without looking back.
import type { Redaction } from '../format.js';

/** By the name of an element or attribute, in small letters, without a prefix. */
const SECRET: ReadonlyMap<string, Redaction> = new Map([
  ['name', 'name'],
  ['alias', 'name'],
  ['accountalias', 'name'],
  ['acct', 'account'],
  ['account', 'account'],
  ['accountid', 'account'],
  ['acctid', 'account'],
  ['string', 'account'],
]);

/** `bytes[start, end)` is a secret of that kind, without blanks around it. */
export interface MarkupSecret {
  readonly redaction: Redaction;
  readonly start: number;
  readonly end: number;
}

const OPEN = 60;
const CLOSE = 62;
const SLASH = 47;
const EQUALS = 61;
const QUOTES: ReadonlySet<number> = new Set([34, 39]);
const CDATA = '<![CDATA[';
const COMMENT = '<!--';

/** The secrets of `bytes[from, to)`, in their order; markup that breaks off counts up to its end. */
export function markupSecrets(bytes: Uint8Array, from: number, to: number): readonly MarkupSecret[] {
  const walk = new MarkupWalk(bytes, to);
  walk.run(from);
  return walk.found;
}

class MarkupWalk {
  readonly found: MarkupSecret[] = [];
  private readonly bytes: Uint8Array;
  private readonly to: number;
  /** The element whose text is a secret, while it is open. */
  private inside: { readonly element: string; readonly redaction: Redaction } | undefined = undefined;

  constructor(bytes: Uint8Array, to: number) {
    this.bytes = bytes;
    this.to = to;
  }

  run(from: number): void {
    let at = from;
    while (at < this.to) {
      if (this.bytes[at] !== OPEN) at = this.text(at, this.next(OPEN, at));
      else if (this.stands(CDATA, at)) at = this.cdata(at + CDATA.length);
      else if (this.stands(COMMENT, at)) at = this.after('-->', at + COMMENT.length);
      else at = this.tag(at + 1);
    }
  }

  private text(start: number, end: number): number {
    if (this.inside !== undefined) this.take(this.inside.redaction, start, end);
    return end;
  }

  private cdata(start: number): number {
    const after = this.after(']]>', start);
    const isClosed = after - 3 >= start && this.stands(']]>', after - 3);
    this.text(start, isClosed ? after - 3 : after);
    return after;
  }

  private tag(from: number): number {
    const isEnd = this.bytes[from] === SLASH;
    const start = isEnd ? from + 1 : from;
    let at = this.nameEnd(start);
    const element = this.name(start, at);
    if (isEnd) {
      if (this.inside?.element === element) this.inside = undefined;
      return Math.min(this.next(CLOSE, at) + 1, this.to);
    }
    let isEmpty = false;
    while (at < this.to && this.bytes[at] !== CLOSE && this.bytes[at] !== OPEN) {
      isEmpty = this.bytes[at] === SLASH;
      const end = this.nameEnd(at);
      at = end === at ? at + 1 : this.attribute(this.name(at, end), end);
    }
    const redaction = SECRET.get(element);
    if (redaction !== undefined && !isEmpty) this.inside ??= { element, redaction };
    return this.bytes[at] === CLOSE ? at + 1 : at;
  }

  /** What follows the name of an attribute: `=` and a value in quotes, or bare. */
  private attribute(name: string, from: number): number {
    const equals = this.blanksEnd(from);
    if (this.bytes[equals] !== EQUALS) return from;
    const start = this.blanksEnd(equals + 1);
    const quote = this.bytes[start] ?? 0;
    const isQuoted = start < this.to && QUOTES.has(quote);
    const end = isQuoted ? this.next(quote, start + 1) : this.nameEnd(start);
    const redaction = SECRET.get(name);
    if (redaction !== undefined) this.take(redaction, isQuoted ? start + 1 : start, end);
    return Math.min(isQuoted ? end + 1 : Math.max(end, start), this.to);
  }

  private take(redaction: Redaction, from: number, to: number): void {
    let [start, end] = [from, to];
    while (start < end && isBlank(this.bytes[start]!)) start++;
    while (end > start && isBlank(this.bytes[end - 1]!)) end--;
    if (start < end) this.found.push({ redaction, start, end });
  }

  private next(byte: number, from: number): number {
    let at = from;
    while (at < this.to && this.bytes[at] !== byte) at++;
    return Math.min(at, this.to);
  }

  private after(text: string, from: number): number {
    for (let at = from; at + text.length <= this.to; at++) if (this.stands(text, at)) return at + text.length;
    return this.to;
  }

  private stands(text: string, at: number): boolean {
    if (at + text.length > this.to) return false;
    for (let n = 0; n < text.length; n++) if (this.bytes[at + n] !== text.charCodeAt(n)) return false;
    return true;
  }

  private blanksEnd(from: number): number {
    let at = from;
    while (at < this.to && isBlank(this.bytes[at]!)) at++;
    return at;
  }

  /** Names end at a blank and at the signs of markup. */
  private nameEnd(from: number): number {
    let at = from;
    while (at < this.to && !isBlank(this.bytes[at]!) && !'<>/="\''.includes(String.fromCharCode(this.bytes[at]!))) at++;
    return at;
  }

  /** In small letters, without the prefix of a namespace; longer ones are no name of ours. */
  private name(start: number, end: number): string {
    let text = '';
    for (let at = start; at < Math.min(end, start + 64); at++) text += String.fromCharCode(this.bytes[at]!);
    text = text.toLowerCase();
    return text.slice(text.lastIndexOf(':') + 1);
  }
}

function isBlank(byte: number): boolean {
  return byte < 33;
}
