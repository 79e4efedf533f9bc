// The .ibcap format: what a capture file holds, and one value of it as bytes.
import { decode, encode } from '@msgpack/msgpack';

/**
 * An `.ibcap` file is a stream of MessagePack values, nothing between or after them, so any MessagePack tool can read it.
 *
 * The first value is a map, the header:
 *
 * | key | value |
 * | --- | --- |
 * | `format` | the text `ibcap` |
 * | `version` | 1; a reader refuses a higher one |
 * | `serverVersion` | the agreed server version; absent when not known or when the records hold several |
 * | `serverVersionBounds` | lowest and highest server version whose layouts take up the frames, where only that is known |
 * | `start` | epoch milliseconds of microsecond 0; absent when not known |
 * | `redactions` | what was replaced on the way to disk wherever it was found: `account`, `name`, `orderRef` |
 * | `outOfReach` | what may stand in the file in spite of that (see {@link OutOfReach}); absent where nothing was replaced |
 * | `learnt` | how many different texts of each redaction were replaced, where the whole file was known: a map |
 * | `source` | where the traffic comes from: `kind where client licence provenance notes`, all text, notes a list |
 *
 * Each later value is an array of three: `[micros, what, body]`. `micros` counts microseconds since the start and never goes
 * down. With `what` = `in` (from the server) or `out` (from the client) the body is bin: the bytes of one read or write, length
 * prefixes included, a frame whole, in part, or many. Anything else is a mark (see {@link CaptureMark}) and its body a map.
 * A file that ends between two values is whole: a recording that was broken off keeps what it had.
 */
export const FORMAT = 'ibcap';
export const FORMAT_VERSION = 1;

/** Longest value that is written or read: a frame is below 16 MiB, and one write may hold more than one. */
export const MAX_VALUE_BYTES = 32 * 1024 * 1024;

/** `in`: from the gateway. `out`: to it. */
export type Direction = 'in' | 'out';
/** What is replaced in a capture by a name of the same length. */
export type Redaction = 'account' | 'name' | 'orderRef';
/**
 * What redaction cannot find:
 * - `earlier`: recorded live, what stood in free text before it was learnt from a field of its own
 * - `short`: outside of their own fields, names of less than three signs or without a letter
 * - `partOfWord`: names inside longer words; account numbers are found there
 * - `unread`: names in frames that cannot be read and in broken streams, unless they were learnt elsewhere
 * - `otherForm`: what is written in another way: abbreviations, other alphabets, base64, pictures
 */
export type OutOfReach = (typeof OUT_OF_REACH)[number];
/**
 * What a redaction cannot replace: names said before they were known, short ones, parts of words, bytes that no table reads,
 * other spellings.
 */
export const OUT_OF_REACH = ['earlier', 'short', 'partOfWord', 'unread', 'otherForm'] as const;
/** Why what a capture shows is not certain. */
export type Doubt = 'partial' | 'ambiguous' | 'reconstructed';

/** Where traffic comes from when it was not recorded by ibwire itself. */
export interface CaptureSource {
  readonly kind: string;
  readonly where: string;
  readonly client: string;
  readonly licence: string;
  readonly provenance: string | undefined;
  readonly notes: readonly string[];
}

/** What a capture says of itself. Undefined: not known when it began. */
export interface CaptureHeader {
  readonly serverVersion: number | undefined;
  readonly serverVersionBounds: readonly [lowest: number, highest: number] | undefined;
  /** The instant of microsecond 0. */
  readonly start: Date | undefined;
  readonly redactions: readonly Redaction[];
  /** What may stand in the file in spite of the redactions; absent where nothing was redacted, and in older files. */
  readonly outOfReach?: readonly OutOfReach[];
  /** Different texts that were replaced; absent where the file was redacted while it was written. */
  readonly learnt?: Readonly<Record<Redaction, number>>;
  readonly source: CaptureSource | undefined;
}

/** What happened besides bytes. */
export type CaptureMark =
  /** A new connection begins; `serverVersion` where it is known beforehand. */
  | { readonly what: 'connected'; readonly micros: number; readonly serverVersion: number | undefined }
  /** What follows does not continue the bytes before: single reads or frames without an order. */
  | { readonly what: 'cut'; readonly micros: number }
  /** This side ended its half of the connection (`in`: the server). */
  | { readonly what: 'eof'; readonly micros: number; readonly direction: Direction }
  /** The connection is over; who ended it is not stated. */
  | { readonly what: 'disconnected'; readonly micros: number }
  /** The socket of this side failed. */
  | { readonly what: 'failed'; readonly micros: number; readonly direction: Direction; readonly text: string }
  /** The disk was too slow: this many records were not written. */
  | { readonly what: 'dropped'; readonly micros: number; readonly records: number; readonly bytes: number }
  /**
   * Belongs to the next bytes. Doubts: `partial` (only a part of the message is here), `ambiguous` (field borders are not
   * certain), `reconstructed` (made from a printed line). `serverVersion` where a capture mixes versions frame by frame.
   */
  | {
      readonly what: 'about';
      readonly micros: number;
      readonly doubts: readonly Doubt[];
      readonly serverVersion: number | undefined;
      readonly text: string | undefined;
    }
  | { readonly what: 'note'; readonly micros: number; readonly text: string };

/** Bytes of one read (`in`) or one write (`out`), seen by the client. */
export interface CaptureBytes {
  readonly what: 'bytes';
  readonly micros: number;
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

/** What a capture holds: bytes as they came or went, and marks beside them. Microseconds since the start. */
export type CaptureRecord = CaptureBytes | CaptureMark;

/** The first value of a file. */
export function encodeHeader(header: CaptureHeader): Uint8Array<ArrayBuffer> {
  return encode(
    { format: FORMAT, version: FORMAT_VERSION, ...header, start: header.start?.getTime() },
    { ignoreUndefined: true },
  );
}

/** One later value of a file. */
export function encodeRecord(record: CaptureRecord): Uint8Array<ArrayBuffer> {
  if (record.what === 'bytes') return encode([record.micros, record.direction, record.bytes]);
  const { micros, what, ...body } = record;
  return encode([micros, what, body], { ignoreUndefined: true });
}

/** One whole MessagePack value, as yet without meaning; throws what the decoder throws. */
export function decodeValue(bytes: Uint8Array): unknown {
  return decode(bytes);
}
