// Questions and answers: an answer that is larger than a message may be comes in parts, and a refusal is told as one.

import { headers, type Msg, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { ClosedError, IbwireError } from 'ibwire';
import { fromText, toText } from './values.js';

/** Below the limit of a server that is not configured (1 MiB). */
const PART_BYTES = 512 * 1024;
const PART = 'ibwire-part';

/** A refusal as it is told over the bus. */
export interface Told {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy?: string | undefined;
  /** Whatever else belongs to it: findings, the draft. */
  readonly more?: unknown;
}

/** What the desk, or the library there, refused; the text is its own. */
export class BusRefusal extends IbwireError {
  readonly detail: string;
  readonly remedy: string | undefined;
  readonly more: unknown;

  constructor({ code, title, detail, remedy, more }: Told) {
    super(code, detail === title || title === '' ? detail : `${title}: ${detail}`);
    this.detail = detail;
    this.remedy = remedy;
    this.more = more;
  }
}

/** Nobody leads the bus at present, or nobody is there who may be asked: nothing was done. */
export class NobodyLeadsError extends ClosedError {}

/** No answer came in time: whether it was done is not known. */
export class NoAnswerError extends IbwireError {
  constructor(asked: string, afterMs: number) {
    super('NO_ANSWER', `${asked}: no answer within ${afterMs} ms; whether the desk has it is not known`);
  }
}

/** The server's permissions do not let this user ask so: nothing was done. */
export class DeniedError extends IbwireError {
  constructor(subject: string) {
    super(
      'DENIED',
      `the server does not let this user publish ${subject}: its permissions decide who may ask what (docs/bus.md)`,
    );
  }
}

/** Tells what becomes of a connection that matters to questions. Ends with the connection. */
async function follow(
  connection: NatsConnection,
  { away, denied }: { away(is: boolean): void; denied(subject: string): void },
): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect') away(true);
    else if (status.type === 'reconnect') away(false);
    else if (status.type === 'error' && status.error instanceof PermissionViolationError && status.error.operation === 'publish')
      denied(status.error.subject);
  }
}

/** Answers a request: bytes as they are, everything else as text. */
export function answer(message: Msg, body: unknown): void {
  send(message, Buffer.isBuffer(body) ? 'bytes' : 'text', Buffer.isBuffer(body) ? body : Buffer.from(toText(body)));
}

export function refuse(message: Msg, told: Told): void {
  send(message, 'refused', Buffer.from(toText(told)));
}

function send(message: Msg, last: 'bytes' | 'text' | 'refused', body: Buffer): void {
  for (let at = 0; ; at += PART_BYTES) {
    const isLast = at + PART_BYTES >= body.length;
    const head = headers();
    head.set(PART, isLast ? last : 'more');
    message.respond(body.subarray(at, at + PART_BYTES), { headers: head });
    if (isLast) return;
  }
}

export interface Questions {
  /**
   * @throws {BusRefusal} what the desk refuses; {NobodyLeadsError}; {NoAnswerError}; the signal's reason.
   */
  ask(subject: string, body: unknown, how: AskHow): Promise<unknown>;
  close(cause: Error): void;
}

export interface AskHow {
  readonly timeout: number;
  readonly key?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly subject: string;
  settle(message: Msg | Error): void;
}

/** Questions over one connection; the answers come to one inbox. */
export function questionsOver(
  connection: NatsConnection,
  inbox: string,
  after: (ms: number, work: () => void) => () => void,
): Questions {
  const waiting = new Map<string, Waiting>();
  let count = 0;
  let isAway = false;
  void follow(connection, {
    away(is) {
      isAway = is;
    },
    denied(subject) {
      for (const one of [...waiting.values()]) if (one.subject === subject) one.settle(new DeniedError(subject));
    },
  });
  const subscription = connection.subscribe(`${inbox}.>`, {
    callback(error, message) {
      if (error !== null) return;
      waiting.get(message.subject.slice(inbox.length + 1))?.settle(message);
    },
  });
  return {
    ask: (subject, body, { timeout, key, signal }) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (isAway) throw new NobodyLeadsError('the server of the bus is away: nothing was asked', { asked: subject });
        const id = String(++count);
        const done = (): void => {
          waiting.delete(id);
          stop();
          signal?.removeEventListener('abort', aborted);
        };
        const fail = (error: unknown): void => {
          done();
          reject(error);
        };
        const aborted = (): void => fail(signal?.reason);
        const stop = after(timeout, () => fail(new NoAnswerError(subject, timeout)));
        signal?.addEventListener('abort', aborted);
        const parts: Uint8Array[] = [];
        waiting.set(id, {
          subject,
          settle(message) {
            if (message instanceof Error) return fail(message);
            if (message.headers?.code === 503) return fail(new NobodyLeadsError('nobody answers on the bus', { asked: subject }));
            parts.push(message.data);
            const part = message.headers?.get(PART);
            if (part === 'more') return;
            try {
              const whole = Buffer.concat(parts);
              const said = part === 'bytes' ? whole : fromText(whole.toString('utf8'));
              if (part === 'refused') fail(new BusRefusal(said as Told));
              else {
                done();
                resolve(said);
              }
            } catch (error) {
              fail(error);
            }
          },
        });
        const head = headers();
        if (key !== undefined) head.set('ibwire-key', key);
        try {
          connection.publish(subject, toText(body), { reply: `${inbox}.${id}`, headers: head });
        } catch (error) {
          fail(error);
        }
      }),
    close(cause) {
      subscription.unsubscribe();
      for (const one of [...waiting.values()]) one.settle(cause);
    },
  };
}

/** The key that came with a request. */
export const keyOf = (message: Msg): string | undefined => message.headers?.get('ibwire-key') || undefined;
