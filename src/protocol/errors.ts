// The errors that bytes and messages can cause; the base class of every error of ibwire.

import { writtenError } from '../input/written-error.js';
import { cut, visibleText } from './visible-text.js';

/**
 * Base of all ibwire errors. `code` is a literal that programs may compare; `cause` is what lies behind, if anything. `message` is
 * for people: words of the gateway in it are as {@link visibleText} shows them.
 */
export class IbwireError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(visibleText(message), options);
    this.name = new.target.name;
    this.code = code;
  }

  /** Its name, text and cause beside its own fields, which is all that JSON would keep. */
  toJSON(): Readonly<Record<string, unknown>> {
    return writtenError(this);
  }
}

/** The byte stream is out of step (an impossible length): nothing after it can be trusted, so the link must be closed. */
export class FrameError extends IbwireError {
  declare readonly code: 'FRAME_LENGTH' | 'FRAME_ID' | 'HANDSHAKE';
  /** Offset in the byte stream (from its first byte) at which the bad frame begins. */
  readonly offset: number;
  /** The length that the frame announced. */
  readonly length: number;
  constructor(code: 'FRAME_LENGTH' | 'FRAME_ID' | 'HANDSHAKE', message: string, offset: number, length: number) {
    super(code, message);
    this.offset = offset;
    this.length = length;
  }
}

/** Where in a message a decode failed. */
export interface DecodePlace {
  readonly kind: string;
  readonly serverVersion: number;
  /** Path of the row, such as `order.lmtPrice`; empty when the body as a whole is at fault. */
  readonly row: string;
  /** Offset inside the frame's payload (message id included); undefined for a value that was read and cannot be meant. */
  readonly offset: number | undefined;
  /** The request or order that the message names, where that much of it could be read. */
  readonly id?: number | undefined;
  /** The code of an error of the gateway, where that much of it could be read. */
  readonly errorCode?: number | undefined;
}

/** Longest reason, in which what cannot be read stands. */
const MOST_REASON = 300;

/** One message could not be read. Framing holds: count it, show it, go on with the next. */
export class DecodeError extends IbwireError {
  declare readonly code: 'DECODE';
  readonly reason: string;
  readonly kind: string;
  readonly serverVersion: number;
  readonly row: string;
  readonly offset: number | undefined;
  /** The request or order that the message names, where that much of it could be read. */
  readonly id: number | undefined;
  /** The code of an error of the gateway, where that much of it could be read. */
  readonly errorCode: number | undefined;
  /** Rows of the same answer that were read before; undefined where the message was no part of one. */
  readonly seen: number | undefined;
  constructor(reason: string, place: DecodePlace, seen?: number) {
    const where = place.row === '' ? place.kind : `${place.kind}.${place.row}`;
    const at = place.offset === undefined ? '' : `, offset ${place.offset}`;
    const after = seen === undefined ? '' : `; read before it: ${seen}`;
    const short = cut(reason, MOST_REASON);
    super('DECODE', `${where}: ${short} (server version ${place.serverVersion}${at}${after})`);
    this.reason = short;
    this.kind = place.kind;
    this.serverVersion = place.serverVersion;
    this.row = place.row;
    this.offset = place.offset;
    this.id = place.id;
    this.errorCode = place.errorCode;
    this.seen = seen;
  }
}

/** A value that cannot be put on the wire (not a number, a NUL inside a text, letters the wire forbids). Nothing was sent. */
export class EncodeError extends IbwireError {
  declare readonly code: 'ENCODE';
  readonly kind: string;
  readonly field: string;
  readonly reason: string;
  constructor(kind: string, field: string, reason: string) {
    super('ENCODE', `${kind}.${field}: ${reason}`);
    this.kind = kind;
    this.field = field;
    this.reason = reason;
  }
}

/**
 * The negotiated server cannot carry a field or a request that was set (official clients' error 503, or silence).
 * Nothing was sent.
 */
export class TooOldError extends IbwireError {
  declare readonly code: 'TOO_OLD';
  readonly kind: string;
  /** The field that cannot be carried; empty when it is the request itself. */
  readonly field: string;
  /** First server version that carries it; undefined when this wire form never does. */
  readonly needs: number | undefined;
  /** The negotiated server version. */
  readonly has: number;
  constructor(kind: string, field: string, needs: number | undefined, has: number, why?: string) {
    const what = field === '' ? kind : `${kind}.${field}`;
    const need = why ?? (needs === undefined ? 'has no place in this form of the message' : `needs server version ${needs}`);
    super('TOO_OLD', `${what} ${need}; the server has ${has}`);
    this.kind = kind;
    this.field = field;
    this.needs = needs;
    this.has = has;
  }
}

/** Thrown by the cursors: what is wrong and where; the caller knows the message and turns it into a {@link DecodeError}. */
export class CursorError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
