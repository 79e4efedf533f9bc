// What conversations need of a session: ids, sending, admission, the router, and when connections come and go.

import type { DecodeError } from '../protocol/errors.js';
import type { OutgoingKind, RequestInput } from '../protocol/registry.js';
import type { Keeps } from './admission/budgets.js';
import type { Owed } from './conversation/owed.js';
import type { ErrorMessage } from './conversation/party.js';
import type { Router } from './conversation/router.js';
import type { ToldContracts } from './conversation/told.js';
import type { FollowedQuotes } from './market/followed-quotes.js';
import type { Verdict } from './notices/verdict.js';
import type { OrderIds, ReqIds } from './wire/ids.js';
import type { Timer } from './wire/timer.js';

/** What every call takes. */
export interface Call {
  /** Gives up: the call rejects with the signal's reason, and its cancel message is sent. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call gives up by itself. */
  readonly timeout?: number | undefined;
  /**
   * Most rows of a list, or of the first picture of a stream, and most bytes that they may have on the wire: beyond it the call
   * fails and says how many came. Default 100,000 rows and 64 MiB.
   */
  readonly maxRows?: number | undefined;
  readonly maxBytes?: number | undefined;
}

/** A call that wants to be let in. `messages`: how many leave at once for it, all or none; 1 unless given. */
export interface AdmissionCall extends Call {
  readonly timeout: number;
  readonly messages?: number;
  /** `untilClosed` unless given. */
  readonly keeps?: Keeps;
}

/** Gives back what admission lent. */
export type Release = () => void;

/** Why the upstream of a stream stopped for a while. */
export type GapCause =
  /** The connection to the gateway was gone. */
  | 'disconnected'
  /** The gateway had lost the broker, and came back with the data kept. */
  | 'broker'
  /** The gateway had lost the broker, and the data with it. */
  | 'dataLost'
  /** Nothing came although it should have. */
  | 'silent'
  /** Another login has taken the live data. */
  | 'competing'
  /** The gateway said that the stream has to be asked for again. */
  | 'asked'
  /** A message of the stream could not be read: what it said is missing. */
  | 'unreadable';

/** A loss of the whole stream, not of one of its messages. */
export type LossCause = Exclude<GapCause, 'unreadable'>;

/** A hole in a stream: nothing between the two instants is certain. Epoch milliseconds. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly cause: GapCause;
}

/** In which order streams come back: what others rest on first. */
export const recoveryRanks = ['marketDataType', 'account', 'orders', 'executions', 'positions', 'data'] as const;
export type RecoveryRank = (typeof recoveryRanks)[number];

/** A stream as recovery sees it. */
export interface Recoverable {
  readonly rank: RecoveryRank;
  /** A stream that somebody opened, not something the session itself keeps. */
  readonly isStream?: true;
  /** The link is gone, or its data: what comes now is a gap. */
  lost(cause: LossCause, at: number): void;
  /** Ask again, with a fresh id. */
  reopen(): Promise<void>;
  /** The link came back with its data: the stream has to show that it moves. */
  verify(): void;
  /** The session is over. */
  closed(cause: Error): void;
}

export interface Core {
  readonly timer: Timer;
  readonly router: Router;
  readonly reqIds: ReqIds;
  readonly orderIds: OrderIds;
  /** Contracts as the gateway has told them. */
  readonly told: ToldContracts;
  /** Answers without an id that are on their way. */
  readonly owed: Owed;
  /** Quotes of market streams. */
  readonly followed: FollowedQuotes;
  /** Account numbers of the login, as the gateway lists them. */
  readonly accounts: readonly string[];
  /** The gateway's clock as its greeting shows it. */
  readonly connectionTime: string;
  /** That clock against UTC, in minutes; undefined when the greeting shows no readable time. */
  readonly hostOffset: number | undefined;
  /** Counts connections from 1; 0 before the first. */
  readonly epoch: number;
  readonly serverVersion: number;
  readonly isReady: boolean;
  /** When the chunk that is being read came, epoch milliseconds. */
  readonly lastHeard: number;
  /** Bytes of the frame that is being delivered. */
  readonly frameBytes: number;
  readonly isReadOnly: boolean;
  /** Connected to a gateway that has lost the broker. */
  readonly isDegraded: boolean;
  /** Streams that come back by themselves. */
  readonly live: Set<Recoverable>;
  /** Calls that end when the connection does. */
  readonly calls: Set<(cause: Error) => void>;
  /**
   * Resolves at once when it is ready, else when it has come back.
   * @throws the signal's reason; {ClosedError} when the session ends instead.
   */
  untilReady(asked: string, signal?: AbortSignal): Promise<void>;
  /** The error to reject with when there is no connection. */
  notConnected(asked: string): Error;
  /** `isAdmitted`: it has been counted already. @throws {TooOldError} {EncodeError} {ClosedError}; nothing is sent then. */
  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>, isAdmitted?: boolean): void;
  /** Waits for the budgets of a request; rejects when that would take longer than the call may. */
  admit(kind: OutgoingKind, message: object, call: AdmissionCall): Promise<Release> | Release;
  /** Takes a refusal in: a budget was smaller than thought. */
  learn(verdict: Verdict): void;
  /** Tells of a notice that a party keeps for itself but people want to see. */
  note(error: ErrorMessage, verdict: Verdict): void;
  /** A stream stays silent although it was asked again. `since`: epoch milliseconds. */
  stale(asked: OutgoingKind, since: number): void;
  /** A message was read, and what it says cannot be meant. Told as messages are that cannot be read at all. */
  unreadable(error: DecodeError): void;
  /** A listener of the user threw. */
  thrown(error: unknown): void;
}
