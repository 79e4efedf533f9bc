// What a simulated web gateway can be made to do wrong: switches, to be set while it runs.

import type { EndpointName } from '../endpoints/list.js';

export interface WebFaults {
  /** The first read of orders, trades, positions and quotes of a session is empty or sparse, with 200. The real one does so: default on. */
  emptyFirstRead: boolean;
  /** Message ids asked about before an order is taken, one question after the other. */
  questions: readonly string[];
  /** Message id of the prompt that the next orders get instead of an answer: each waits for `POST /iserver/notification`. */
  prompt: string | undefined;
  /** Asks only every other time. */
  questionsNow: 'always' | 'sometimes';
  /** The next so many replies get 503 and their orders go live all the same. */
  replyBusyThenLive: number;
  /** The next so many places and changes get 503 with an empty body, and their orders go live all the same. */
  placeBusyThenLive: number;
  /** The answer to the next so many places and changes is lost on the way; the orders live. */
  placeAnswerLost: number;
  /** The connection breaks at the next request for each of these, before it has arrived. */
  requestLost: EndpointName[];
  /** The connection breaks at the next request for each of these, after it was done. */
  answerLost: EndpointName[];
  /** The next so many places get 401, and nothing is placed. */
  placeUnauthorised: number;
  /** The next so many places get 429, and nothing is placed. */
  placeTooFast: number;
  /** A child of a bracket that is refused stands before its parent. */
  failedChildFirst: boolean;
  /** Children of brackets are refused. */
  refuseChildren: boolean;
  /** Legs of an answer do not name the reference of their order. */
  legsWithoutReference: boolean;
  /** A refused child of a bracket is told as a bare error, though its parent lives. */
  bareErrorForChild: boolean;
  /** Ledgers and pages of positions are kept for minutes, as the real ones: what has filled is not in them. */
  stalePortfolio: boolean;
  /** The list of positions that is not kept is away. */
  freshPositionsAway: boolean;
  /** Paths that are unknown get 404 as HTML. */
  htmlNotFound: boolean;
  /** A quote stream ends by itself after so many milliseconds, without a word. */
  quoteStreamEndsAfter: number;
  /** The stream of orders says nothing; the others speak. */
  silentOrderStream: boolean;
  /** Frames of the stream are binary. */
  binaryFrames: boolean;
  /** The stream wants the session in a message before it greets. */
  streamAsksForSession: boolean;
  /** Nothing comes over the stream any more, heartbeats neither; its sockets stay open. */
  streamSilent: boolean;
  /** Nobody answers. */
  down: boolean;
  /** Too many requests get 429. */
  enforcePacing: boolean;
  /** After a 429 everything gets one for so many milliseconds, as the real one keeps an address out for ten minutes. Default 0: it does not. */
  penaltyBox: number;
  /** At midnight in New York the brokerage session is reset. */
  resetsAtMidnight: boolean;
}

export const defaultFaults = (): WebFaults => ({
  emptyFirstRead: true,
  questions: [],
  prompt: undefined,
  questionsNow: 'always',
  replyBusyThenLive: 0,
  placeBusyThenLive: 0,
  placeAnswerLost: 0,
  requestLost: [],
  answerLost: [],
  placeUnauthorised: 0,
  placeTooFast: 0,
  failedChildFirst: true,
  refuseChildren: false,
  legsWithoutReference: false,
  bareErrorForChild: false,
  stalePortfolio: false,
  freshPositionsAway: false,
  htmlNotFound: true,
  quoteStreamEndsAfter: 600_000,
  silentOrderStream: false,
  binaryFrames: false,
  streamAsksForSession: false,
  streamSilent: false,
  down: false,
  enforcePacing: true,
  penaltyBox: 0,
  resetsAtMidnight: false,
});
