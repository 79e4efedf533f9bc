// From the first frame to ready, or to the reason why not: pure. link.ts speaks and keeps the deadlines.

import { DecodeError, FrameError } from '../../protocol/errors.js';
import type { Greeting } from '../../protocol/handshake.js';
import type { Incoming, MessageOf } from '../../protocol/registry.js';
import { cut } from '../../protocol/visible-text.js';
import { ConnectError, type ConnectPhase, GatewayError } from './errors.js';

/** What the client offers, and to whom. */
export interface HandshakeTerms {
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** What has been told since the greeting. */
interface Told {
  readonly greeting: Greeting;
  readonly accounts?: readonly string[];
  readonly nextValidId?: number;
  /** A message that could not be read. It ends nothing unless it was waited for; a failure names it. */
  readonly damage?: DecodeError;
  /** What the gateway said against it; the gateway hangs up next. */
  readonly refusal?: GatewayError;
}

export type Handshake =
  /** The versions have been offered; the greeting is awaited. */
  | { readonly at: 'handshake' }
  /** The one of the two that is awaited; the other may have come before it. */
  | { readonly at: 'managedAccounts' | 'nextValidId'; readonly told: Told }
  | { readonly at: 'ready'; readonly told: Told & Required<Pick<Told, 'accounts' | 'nextValidId'>> }
  /** `reason`: a ConnectError, or whatever it was given up with. */
  | { readonly at: 'failed'; readonly reason: unknown };

/** What happens to a connection that is being opened. */
export type Heard =
  | { readonly is: 'greeting'; readonly greeting: Greeting }
  | { readonly is: 'message'; readonly message: Incoming }
  | { readonly is: 'unreadable'; readonly error: DecodeError }
  /** The bytes are out of step: nothing after them can be trusted. */
  | { readonly is: 'broken'; readonly error: FrameError }
  | { readonly is: 'ended'; readonly cause: Error | undefined }
  /** The step has taken longer than it may. `within`: milliseconds. */
  | { readonly is: 'late'; readonly within: number }
  | { readonly is: 'aborted'; readonly reason: unknown };

const UNREADABLE = 'What the gateway sent could not be read: record the bytes with `ibwire record` and look at the last frame.';

const HINTS: Readonly<Record<ConnectPhase, string>> = {
  socket: '',
  handshake:
    'Something listens there but does not speak as TWS does: check the port, and whether the application is still logging in or wants an answer on its screen.',
  version: '',
  start: 'The gateway hung up at once: the client id may be in use, or this address may not be among its trusted ones.',
  managedAccounts: 'The application may still be logging in, or may be asking on its screen whether to accept the connection.',
  nextValidId: 'The application may still be logging in, or may be asking on its screen whether to accept the connection.',
};

/** The next state. One that is over stays as it is. */
export function handshake(state: Handshake, heard: Heard, terms: HandshakeTerms): Handshake {
  if (state.at === 'ready' || state.at === 'failed') return state;
  const told = state.at === 'handshake' ? undefined : state.told;
  const failed = (phase: ConnectPhase, why: string, cause?: unknown): Handshake => {
    // Bytes that cannot be read after a greeting are no sign of a login that is still under way.
    const isDamaged = told !== undefined && (cause instanceof FrameError || cause instanceof DecodeError);
    const hint = isDamaged ? UNREADABLE : HINTS[phase];
    const message = `${terms.host}:${terms.port}: ${why}`;
    return { at: 'failed', reason: new ConnectError(phase, message, { cause, ...(hint !== '' && { hint }) }) };
  };
  const unread = told?.damage === undefined ? '' : ` One of its messages could not be read: ${told.damage.message}.`;
  switch (heard.is) {
    case 'greeting':
      return greeted(heard.greeting, terms, failed);
    case 'message':
      return told === undefined ? state : started(told, heard.message, terms);
    case 'unreadable': {
      const { error } = heard;
      if (error.kind === 'managedAccounts' || error.kind === 'nextValidId')
        return failed(error.kind, `What it says at the start cannot be read: ${error.message}.`, error);
      return state.at === 'handshake' ? state : { ...state, told: { ...state.told, damage: error } };
    }
    case 'broken':
      return failed(state.at, heard.error.message, heard.error);
    case 'ended': {
      const { cause } = heard;
      if (told?.refusal !== undefined) {
        const said = `${terms.host}:${terms.port}: The start was refused: ${cut(told.refusal.text, 200)}`;
        return { at: 'failed', reason: new ConnectError('start', said, { cause: told.refusal }) };
      }
      const how = cause === undefined ? 'The other side hung up.' : `The connection broke: ${cause.message}.`;
      return failed(told === undefined ? 'handshake' : 'start', `${how}${unread}`, told?.damage ?? cause);
    }
    case 'late': {
      const what = state.at === 'handshake' ? 'server version' : state.at;
      return failed(state.at, `No ${what} came within ${heard.within} ms.${unread}`, told?.damage);
    }
    case 'aborted':
      return { at: 'failed', reason: heard.reason };
    default:
      return unreachable(heard);
  }
}

type Failed = (phase: ConnectPhase, why: string, cause?: unknown) => Handshake;

function greeted(greeting: Greeting, { minVersion, maxVersion }: HandshakeTerms, failed: Failed): Handshake {
  const { serverVersion, redirect } = greeting;
  if (redirect !== undefined) return failed('version', `The server asks to connect to '${cut(redirect, 200)}' instead.`);
  if (serverVersion < minVersion || serverVersion > maxVersion)
    return failed('version', `The server speaks version ${serverVersion}, outside ${minVersion} to ${maxVersion}.`);
  return { at: 'managedAccounts', told: { greeting } };
}

function started(told: Told, message: Incoming, { clientId }: HandshakeTerms): Handshake {
  switch (message.kind) {
    case 'managedAccounts':
      return waiting({ ...told, accounts: (message.accountsList ?? '').split(',').filter((account) => account !== '') });
    case 'nextValidId':
      return waiting(message.orderId === undefined ? told : { ...told, nextValidId: message.orderId });
    case 'error': {
      const refusal = refusalOf(message);
      if (refusal?.errorCode !== 326) return waiting(refusal === undefined ? told : { ...told, refusal });
      const hint =
        'A connection that broke off keeps its id for about a minute: wait, or use another id (orders belong to the id that placed them).';
      return {
        at: 'failed',
        reason: new ConnectError('start', `Client id ${clientId} is in use.`, { cause: refusal, hint }),
      };
    }
    default:
      return waiting(told);
  }
}

/** Said twice it is the same step still, with what is left of its time. */
function waiting(told: Told): Handshake {
  const { accounts, nextValidId } = told;
  if (accounts === undefined) return { at: 'managedAccounts', told };
  return nextValidId === undefined ? { at: 'nextValidId', told } : { at: 'ready', told: { ...told, accounts, nextValidId } };
}

/** Errors that refuse startApi; the gateway hangs up after each. */
const REFUSALS: ReadonlySet<number> = new Set([320, 322, 326, 503]);

function refusalOf({ errorCode = 0, errorString }: MessageOf<'error'>): GatewayError | undefined {
  if (!REFUSALS.has(errorCode)) return undefined;
  return new GatewayError({ errorCode, text: errorString ?? '', id: undefined, asked: 'startApi' });
}

function unreachable(heard: never): never {
  throw new TypeError(`nothing that a handshake hears: ${JSON.stringify(heard)}`);
}
