// The typed errors of the client: one class per thing a caller would do differently.

import { IbwireError } from '../../protocol/errors.js';
import { explain } from '../notices/explain.js';
import type { Refusal } from '../notices/row.js';
import { withoutAccounts } from '../notices/without-accounts.js';

/** What every error of the client has: a literal `code`, a text without account numbers, and the `cause` where there is one. */
export abstract class ClientError extends IbwireError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, withoutAccounts(message), options);
  }
}

/** The step of connecting that did not succeed, in the order in which they happen. */
export type ConnectPhase = 'socket' | 'handshake' | 'version' | 'start' | 'managedAccounts' | 'nextValidId';

/** No session came about, or the connection to the gateway could not be kept. `phase` names the missing step; retry by policy. */
export class ConnectError extends ClientError {
  declare readonly code: 'CONNECT';
  readonly phase: ConnectPhase;
  /** What happened, without the hint. */
  readonly reason: string;
  /** What most probably has to be done about it, for people; undefined when nothing is known. */
  readonly hint: string | undefined;

  constructor(phase: ConnectPhase, message: string, options?: ErrorOptions & { readonly hint?: string | undefined }) {
    super('CONNECT', options?.hint === undefined ? message : `${message} ${options.hint}`, options);
    this.phase = phase;
    this.reason = withoutAccounts(message);
    this.hint = options?.hint;
  }
}

/** What is known of the message that refused something. */
export interface GatewayErrorFacts {
  /** The gateway's number, see `explain`. */
  readonly errorCode: number;
  /** The gateway's words, in the language of the TWS. */
  readonly text: string;
  /** The request or order id of the frame; undefined when it was nobody's (-1). */
  readonly id: number | undefined;
  /** The official name of the request that was refused, for example `reqHistoricalData`; undefined when unknown. */
  readonly asked: string | undefined;
  /** What it was taken for when it came. */
  readonly refusal?: Refusal | undefined;
  /** The JSON that goes with a refused order (server 166 and up), as text. */
  readonly advancedOrderRejectJson?: string;
  /** When the gateway says it happened, epoch milliseconds (server 194 and up). */
  readonly errorTime?: number;
}

/** The gateway refused or ended one request; nothing else is affected. */
export class GatewayError extends ClientError {
  declare readonly code: 'GATEWAY';
  readonly errorCode: number;
  /** The gateway's words, account numbers hidden. */
  readonly text: string;
  readonly id: number | undefined;
  readonly asked: string | undefined;
  /** Why it was refused, as far as code and text tell: what to do next hangs on this. Undefined when it refused nothing by itself. */
  readonly refusal: Refusal | undefined;
  /** Account numbers hidden; undefined when the gateway sent none. */
  readonly advancedOrderRejectJson: string | undefined;
  readonly errorTime: number | undefined;
  /** What the code means, with what its text adds; see `explain`. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where the code stands in the page of codes that comes with the package, for example `docs/codes.md#162`. */
  readonly help: string;

  constructor(facts: GatewayErrorFacts, options?: ErrorOptions) {
    super('GATEWAY', `${facts.asked ?? 'The gateway'}: ${facts.text} (code ${facts.errorCode})`, options);
    this.errorCode = facts.errorCode;
    this.text = withoutAccounts(facts.text);
    this.id = facts.id;
    this.asked = facts.asked;
    this.refusal = facts.refusal;
    this.advancedOrderRejectJson =
      facts.advancedOrderRejectJson === undefined ? undefined : withoutAccounts(facts.advancedOrderRejectJson);
    this.errorTime = facts.errorTime;
    const isOrder = facts.asked?.startsWith('placeOrder') === true;
    const asked = facts.asked === undefined ? {} : { asked: facts.asked };
    ({
      meaning: this.meaning,
      remedy: this.remedy,
      help: this.help,
    } = explain(facts.errorCode, { text: facts.text, isOrder, ...asked }));
  }
}

/** No answer in time. An order may live all the same: reconcile. `seen` counts what did arrive for it. */
export class TimeoutError extends ClientError {
  /** `NOT_CHANGED`: a change of an order of which open orders show that it was not made. */
  declare readonly code: 'TIMEOUT' | 'NOT_CHANGED';
  readonly asked: string;
  readonly afterMs: number;
  readonly seen: number;

  constructor(
    asked: string,
    afterMs: number,
    options?: ErrorOptions & { readonly code?: TimeoutError['code']; readonly seen?: number; readonly hint?: string },
  ) {
    const seen = options?.seen ?? 0;
    const arrived = seen === 0 ? 'nothing arrived' : `${seen} messages arrived, but not the end`;
    super(
      options?.code ?? 'TIMEOUT',
      `${asked}: no answer within ${afterMs} ms (${arrived}).${options?.hint === undefined ? '' : ` ${options.hint}`}`,
      options,
    );
    this.asked = asked;
    this.afterMs = afterMs;
    this.seen = seen;
  }
}

/** The session ended, or its connection did, before the answer. An order may live all the same: reconcile. */
export class ClosedError extends ClientError {
  declare readonly code: 'CLOSED';
  /** What was asked; undefined when nothing was. */
  readonly asked: string | undefined;

  constructor(why: string, options?: ErrorOptions & { readonly asked?: string }) {
    super('CLOSED', options?.asked === undefined ? why : `${options.asked}: ${why}`, options);
    this.asked = options?.asked;
  }
}

/** Nothing was sent: a known budget of the gateway is spent, for longer than the caller would wait. */
export class AdmissionError extends ClientError {
  declare readonly code: 'ADMISSION';
  readonly asked: string;
  /** The budget that is spent, for example `lines` or `smallBars`. */
  readonly budget: string;
  /** How long it would have taken at least, in milliseconds; undefined when only a release by somebody can make room. */
  readonly waitMs: number | undefined;
  /** How long the caller would have waited, in milliseconds; undefined for ever. */
  readonly patienceMs: number | undefined;

  constructor(
    asked: string,
    facts: { readonly budget: string; readonly because: string; readonly waitMs?: number; readonly patienceMs?: number },
  ) {
    super('ADMISSION', `${asked}: not sent, ${facts.because}`);
    this.asked = asked;
    this.budget = facts.budget;
    this.waitMs = facts.waitMs;
    this.patienceMs = facts.patienceMs;
  }
}

/** Nothing was sent: this session, or the gateway's own setting, allows reading only. */
export class ReadOnlyError extends ClientError {
  declare readonly code: 'READ_ONLY';
  readonly asked: string;
  /** `client`: the session was opened read-only; `gateway`: its "Read-Only API" setting is on. */
  readonly by: 'client' | 'gateway';

  constructor(asked: string, by: 'client' | 'gateway') {
    const remedy =
      by === 'client'
        ? 'Open the session without the read-only option.'
        : 'Switch off "Read-Only API" in the API settings of TWS or IB Gateway and connect again.';
    super('READ_ONLY', `${asked}: not sent, orders are not allowed here. ${remedy}`);
    this.asked = asked;
    this.by = by;
  }
}

/** A message was read, and its values make no sense where they are needed: an id out of its range, a number that is none. */
export class UnusableError extends ClientError {
  declare readonly code: 'UNUSABLE';
  /** The kind of message, for example `nextValidId`. */
  readonly kind: string;

  constructor(kind: string, cause: unknown) {
    super('UNUSABLE', `${kind}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.kind = kind;
  }
}

/** More rows came than the call takes: the list is incomplete, and what came of it is dropped. */
export class TooManyRowsError extends ClientError {
  declare readonly code: 'TOO_MANY_ROWS';
  readonly asked: string;
  /** How many rows came, and how many bytes they had on the wire. */
  readonly seen: number;
  readonly bytes: number;

  constructor(
    asked: string,
    facts: { readonly seen: number; readonly bytes: number; readonly maxRows: number; readonly maxBytes: number },
  ) {
    const { seen, bytes, maxRows, maxBytes } = facts;
    const bound = seen > maxRows ? `at most ${maxRows} rows (maxRows)` : `at most ${maxBytes} bytes (maxBytes)`;
    super('TOO_MANY_ROWS', `${asked}: ${seen} rows with ${bytes} bytes came and no end; the call takes ${bound}.`);
    this.asked = asked;
    this.seen = seen;
    this.bytes = bytes;
  }
}

/** An id is outside the range of its kind, or no id is left: nothing was sent. */
export class IdRangeError extends ClientError {
  declare readonly code: 'ID_RANGE';
  readonly id: number;

  constructor(id: number, message: string) {
    super('ID_RANGE', message);
    this.id = id;
  }
}
