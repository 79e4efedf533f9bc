// What the exit code of a command says, and which error leads to which.

import { CommanderError } from 'commander';
import { CaptureError } from '../capture/capture-error.js';
import { AdmissionError, ClosedError, ConnectError, GatewayError, ReadOnlyError, TimeoutError } from '../client/wire/errors.js';
import { TooOldError } from '../protocol/errors.js';

/** Exit codes of `ibwire`; scripts may rely on them. */
export const EXIT = {
  ok: 0,
  /** Anything without a code of its own, and a check (`doctor`, `explain`) that did not pass. */
  failure: 1,
  /** The command line itself: unknown option, unreadable symbol, missing file. */
  usage: 2,
  /** No session came about, or it was lost. */
  connect: 3,
  /** Not sent: a rule, a guard, read-only, a live account without `--live`, or nobody said yes. */
  refused: 4,
  /** The gateway refused the request, or the order was rejected. */
  gateway: 5,
  /** No answer in time. */
  timeout: 6,
  /** Not sent: a budget of the gateway is spent for longer than the call may wait. */
  pacing: 7,
  /** The negotiated server is too old for what was asked. */
  tooOld: 8,
  /** Ctrl-C before the command was done. Streams end with 0: Ctrl-C is how they end. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error of the command line that knows its exit code and says what to do next. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** What to do about it; undefined when the message says it. */
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, message: string, hint?: string) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

const USAGE_CODES = new Set([
  'AMBIGUOUS_CONTRACT',
  'INVALID_INPUT',
  'USAGE',
  'NOTHING_TO_EXPLAIN',
  'ENOENT',
  'EISDIR',
  'EADDRINUSE',
  'ENCODE',
  'ID_RANGE',
]);
/** Codes of errors that stand for an order that was not sent because something of ours refused it. */
const REFUSED_CODES = new Set(['RULE', 'ORDER_STATE', 'JOURNAL']);
/** The gateway said no, in its own way. */
const GATEWAY_CODES = new Set(['UNKNOWN_CONTRACT', 'NOT_FILLED']);

/** The exit code an error leads to; {@link EXIT.failure} for what has none. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof ConnectError || error instanceof ClosedError) return EXIT.connect;
  if (error instanceof GatewayError) return EXIT.gateway;
  if (error instanceof TimeoutError) return EXIT.timeout;
  if (error instanceof AdmissionError) return EXIT.pacing;
  if (error instanceof ReadOnlyError) return EXIT.refused;
  if (error instanceof TooOldError) return EXIT.tooOld;
  if (error instanceof CaptureError) return EXIT.failure;
  const code = codeOf(error);
  if (code === undefined) return EXIT.failure;
  if (USAGE_CODES.has(code)) return EXIT.usage;
  if (GATEWAY_CODES.has(code)) return EXIT.gateway;
  return REFUSED_CODES.has(code) ? EXIT.refused : EXIT.failure;
}

/** The literal `code` of an error of ours or of the system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
