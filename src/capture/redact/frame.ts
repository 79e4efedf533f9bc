// One frame without what must not reach the disk; as long as before, so that chunks keep their borders.
import { BINARY_ID, bodyStart } from '../../protocol/envelope.js';
import type { Seen } from '../../protocol/schema/interpret-text.js';
import { type FrameFields, fieldsOf, leafOf, tableOfPayload, textSpan } from '../fields.js';
import type { Direction, Redaction } from '../format.js';
import { accountShape, isAccountLong } from './accounts.js';
import type { Learnt } from './learnt.js';
import { markupSecrets } from './markup.js';
import { mendProtobuf, mendText } from './mend.js';
import type { Pseudonyms } from './pseudonyms.js';
import { type Around, type Found, Search } from './search.js';
import { holdsText, isPublic, roleOf } from './secrets.js';

const LENGTH_DELIMITED = 2;
const COMMA = 44;
const BLANK = 32;

/** A stretch of bytes that is a secret by its place, or in which secrets are searched for. */
type Part =
  | { readonly as: 'secret'; readonly redaction: Redaction; readonly start: number; readonly end: number }
  | { readonly as: 'search'; readonly around: Around; readonly start: number; readonly end: number };

export class FrameRedactor {
  private readonly wanted: ReadonlySet<Redaction>;
  private readonly names: Pseudonyms;
  private readonly learnt: Learnt;
  private readonly search: Search;

  constructor(wanted: readonly Redaction[], names: Pseudonyms, learnt: Learnt) {
    this.wanted = new Set(wanted);
    this.names = names;
    this.learnt = learnt;
    this.search = new Search(learnt, this.wanted);
  }

  /** Redacts a payload in place. What the tables cannot read, or without a server version, is searched. */
  redact(direction: Direction, serverVersion: number | undefined, payload: Uint8Array): void {
    if (this.wanted.size === 0 && this.learnt.isEmpty) return;
    if (serverVersion === undefined) return void this.redactLoose(payload);
    const { table } = tableOfPayload(direction, serverVersion, payload);
    if (table !== undefined && !holdsText(table)) return;
    this.apply(payload, fieldsOf(direction, serverVersion, payload), undefined);
  }

  /** Redacts in place the beginning of a payload whose rest never came. */
  redactCut(direction: Direction, serverVersion: number | undefined, payload: Uint8Array): void {
    if (this.wanted.size === 0 && this.learnt.isEmpty) return;
    if (serverVersion === undefined || payload.length < 4) return void this.redactRest(payload);
    const { table, isProtobuf } = tableOfPayload(direction, serverVersion, payload);
    if (table === undefined) return void this.redactRest(payload);
    const read = (bytes: Uint8Array): FrameFields => fieldsOf(direction, serverVersion, bytes);
    const body = bodyStart(payload, 0, serverVersion >= BINARY_ID);
    const mended = isProtobuf ? mendProtobuf(payload, body, (bytes) => read(bytes).isWhole) : mendText(payload);
    this.apply(mended.payload, read(mended.payload), mended.payload.length);
    for (const { at, bytes } of mended.lengths) mended.payload.set(bytes, at);
    const { length } = mended.payload;
    payload.set(mended.payload.subarray(0, payload.length));
    if (length < payload.length) this.find(payload, length, payload.length, 'bytes', true);
  }

  /**
   * Redacts in place bytes that are no whole frame, as far as nothing begins at `before` or later; gives how far it got.
   * Only what looks like an account number and what was learnt can be found.
   */
  redactLoose(bytes: Uint8Array, before = bytes.length): number {
    return this.search.walk(bytes, { from: 0, to: bytes.length, before }, 'bytes', (found) => this.replace(bytes, found));
  }

  /** Redacts in place bytes that are no whole frame and behind which nothing comes: half of what was learnt counts at their end. */
  redactRest(bytes: Uint8Array): void {
    this.find(bytes, 0, bytes.length, 'bytes', true);
  }

  redactText(text: string): string {
    const bytes = Buffer.from(text);
    this.find(bytes, 0, bytes.length, 'text');
    return bytes.toString();
  }

  /** First everything is learnt, then everything is replaced: a name may stand in front of the field that says it is one. */
  private apply(payload: Uint8Array, frame: FrameFields, cutAt: number | undefined): void {
    const parts: Part[] = [];
    const tags = tagsOf(frame.fields);
    for (const field of frame.fields) this.partsOf(payload, frame, field, tags, parts);
    const read = frame.fields.at(-1)?.end ?? 0;
    const around = frame.isProtobuf ? 'bytes' : 'text';
    if (!frame.isWhole && read < payload.length) parts.push({ as: 'search', around, start: read, end: payload.length });
    const isCut = (part: Part): boolean => cutAt !== undefined && part.end >= cutAt - 1;
    for (const part of parts) {
      // half a name is no name
      if (part.as === 'secret' && !isCut(part)) this.learnt.learn(part.redaction, latin1(payload, part));
    }
    for (const part of parts) {
      if (part.as === 'search') this.find(payload, part.start, part.end, part.around, isCut(part));
      else write(payload, part.start, this.stand(part.redaction, latin1(payload, part)));
    }
  }

  private partsOf(payload: Uint8Array, frame: FrameFields, field: Seen, tags: Tags, into: Part[]): void {
    if (typeof field.value === 'number' || typeof field.value === 'boolean') return;
    const hasText = !frame.isProtobuf || (payload[field.start]! & 7) === LENGTH_DELIMITED;
    if (!hasText) return; // a number kept as text
    const { start, end } = textSpan(payload, frame, field);
    const around = typeof field.value === 'string' || !frame.isProtobuf ? 'text' : 'bytes';
    const role = roleOf(frame.table?.kind ?? '', leafOf(field.path), tags.get(recordOf(field.path)));
    if (role === 'vocabulary') return;
    if (role === 'text') into.push({ as: 'search', around, start, end });
    else if (role === 'markup') this.markup(payload, start, end, into);
    else if (!this.wanted.has(role)) into.push({ as: 'search', around, start, end });
    else if (role === 'account') this.accounts(payload, start, end, into);
    else this.secret(role, payload, start, end, into);
  }

  /** One account, or several with commas between them. */
  private accounts(payload: Uint8Array, start: number, end: number, into: Part[]): void {
    let from = start;
    for (let at = start; at <= end; at++) {
      if (at < end && payload[at] !== COMMA) continue;
      this.secret('account', payload, from, at, into);
      from = at + 1;
    }
  }

  private secret(redaction: Redaction, payload: Uint8Array, from: number, to: number, into: Part[]): void {
    let [start, end] = [from, to];
    while (start < end && payload[start]! <= BLANK) start++;
    while (end > start && payload[end - 1]! <= BLANK) end--;
    if (isPublic(latin1(payload, { start, end }))) return;
    into.push({ as: 'secret', redaction: this.looked(redaction, payload, start, end), start, end });
  }

  private markup(payload: Uint8Array, start: number, end: number, into: Part[]): void {
    let from = start;
    for (const found of markupSecrets(payload, start, end)) {
      if (!this.wanted.has(found.redaction)) continue;
      into.push({ as: 'search', around: 'text', start: from, end: found.start });
      this.secret(found.redaction, payload, found.start, found.end, into);
      from = found.end;
    }
    into.push({ as: 'search', around: 'text', start: from, end });
  }

  /** An account number is one also where a name is expected: aliases begin as the number itself. */
  private looked(redaction: Redaction, payload: Uint8Array, start: number, end: number): Redaction {
    const { signs } = this.search;
    if (!this.wanted.has('account') || signs.read(payload, start, end) < end || signs.count === 0) return redaction;
    const shape = accountShape(signs, 0);
    const isAccount = shape !== undefined && isAccountLong(shape.digits) && shape.letters + shape.digits === signs.count;
    return isAccount ? 'account' : redaction;
  }

  private find(bytes: Uint8Array, from: number, to: number, around: Around, isCut = false): void {
    this.search.walk(bytes, { from, to, before: to, isCut }, around, (found) => this.replace(bytes, found));
  }

  /** The signs that are seen get the stand-in; what takes no room between them stays. */
  private replace(bytes: Uint8Array, { redaction, first, end, isHalf }: Found): void {
    const { starts, ends } = this.search.signs;
    let raw = '';
    for (let i = first; i < end; i++) raw += latin1(bytes, { start: starts[i]!, end: ends[i]! });
    if (isHalf !== true) this.learnt.learn(redaction, raw);
    const stand = this.stand(redaction, raw);
    let from = 0;
    for (let i = first; i < end; i++) {
      const length = ends[i]! - starts[i]!;
      write(bytes, starts[i]!, stand.slice(from, from + length));
      from += length;
    }
  }

  private stand(redaction: Redaction, text: string): string {
    return this.names.of(redaction, this.learnt.firstForm(text));
  }
}

type Tags = ReadonlyMap<string, string>;

/** What `tag` or `key` says in each record that has one. */
function tagsOf(fields: readonly Seen[]): Tags {
  const tags = new Map<string, string>();
  for (const { path, value } of fields) {
    const leaf = leafOf(path);
    if (typeof value === 'string' && (leaf === 'tag' || leaf === 'key')) tags.set(recordOf(path), value);
  }
  return tags;
}

function recordOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}

function latin1(bytes: Uint8Array, { start, end }: { readonly start: number; readonly end: number }): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

function write(payload: Uint8Array, start: number, text: string): void {
  for (let n = 0; n < text.length; n++) payload[start + n] = text.charCodeAt(n);
}
