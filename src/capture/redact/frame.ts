// One frame without what must not reach the disk; as long as before, so that chunks keep their borders.
import type { Seen } from '../../protocol/schema/interpret-text.js';
import { type FrameFields, fieldsOf, leafOf, tableOfPayload, textSpan } from '../fields.js';
import type { Direction, Redaction } from '../format.js';
import { AccountFinder, type Around } from './accounts.js';
import type { Pseudonyms } from './pseudonyms.js';
import { isMarkup, isOfTheMarket, isPublic, secretOf } from './secrets.js';

const ELEMENT = /(<(name|alias|acct|account|String)\b[^>]*>)([^<]+)(?=<)/g;
const LENGTH_DELIMITED = 2;

export class FrameRedactor {
  private readonly wanted: ReadonlySet<Redaction>;
  private readonly names: Pseudonyms;
  private readonly accounts = new AccountFinder();

  constructor(wanted: readonly Redaction[], names: Pseudonyms) {
    this.wanted = new Set(wanted);
    this.names = names;
  }

  /** Redacts a payload in place. What the tables cannot read, or without a server version, is searched for account numbers. */
  redact(direction: Direction, serverVersion: number | undefined, payload: Uint8Array): void {
    if (this.wanted.size === 0) return;
    if (serverVersion === undefined) {
      this.redactLoose(payload);
      return;
    }
    const { table } = tableOfPayload(direction, serverVersion, payload);
    if (table !== undefined && isOfTheMarket(table.kind)) return;
    const frame = fieldsOf(direction, serverVersion, payload);
    for (const field of frame.fields) this.field(payload, frame, field);
    const read = frame.fields.at(-1)?.end ?? 0;
    if (!frame.isWhole) this.search(payload, read, payload.length, frame.isProtobuf ? 'protobuf' : 'text');
  }

  /** Redacts in place bytes that are no whole frame: only account numbers can be found. */
  redactLoose(bytes: Uint8Array): void {
    this.search(bytes, 0, bytes.length, 'unknown');
  }

  private field(payload: Uint8Array, frame: FrameFields, field: Seen): void {
    if (typeof field.value === 'number' || typeof field.value === 'boolean' || field.value === undefined) return;
    const hasText = !frame.isProtobuf || (payload[field.start]! & 7) === LENGTH_DELIMITED;
    if (!hasText) return; // a number kept as text
    const leaf = leafOf(field.path);
    const secret = secretOf(leaf);
    const { start, end } = textSpan(payload, frame, field);
    if (isMarkup(leaf)) write(payload, start, this.elements(latin1(payload, start, end)));
    else if (secret !== undefined) write(payload, start, this.secret(secret, latin1(payload, start, end)));
    else this.search(payload, start, end, typeof field.value === 'string' || !frame.isProtobuf ? 'text' : 'protobuf');
  }

  private secret(redaction: Redaction, raw: string): string {
    if (!this.wanted.has(redaction)) return raw;
    if (redaction !== 'account') return isPublic(raw) ? raw : this.names.of(redaction, raw);
    const accounts = raw.split(','); // managedAccounts: all in one field
    return accounts.map((account) => (isPublic(account) ? account : this.account(account))).join(',');
  }

  private account(account: string): string {
    this.accounts.learn(account);
    return this.names.of('account', account);
  }

  private elements(xml: string): string {
    return xml.replace(ELEMENT, (_all, open: string, element: string, content: string) => {
      return open + this.secret(element === 'name' || element === 'alias' ? 'name' : 'account', content);
    });
  }

  private search(payload: Uint8Array, start: number, end: number, around: Around): void {
    if (!this.wanted.has('account')) return;
    const text = latin1(payload, start, end);
    const replaced = this.accounts.replace(text, around, (account) => this.account(account));
    if (replaced !== text) write(payload, start, replaced);
  }
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

function write(payload: Uint8Array, start: number, text: string): void {
  for (let n = 0; n < text.length; n++) payload[start + n] = text.charCodeAt(n);
}
