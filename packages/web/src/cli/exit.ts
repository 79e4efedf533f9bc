// Exit codes of `ibwire-web`, as those of `ibwire`, and which error leads to which.

import { CommanderError } from 'commander';
import { AdmissionError, ClosedError, GatewayError, RuleError, TimeoutError } from 'ibwire';

/** Scripts may rely on them. */
export const EXIT = {
  ok: 0,
  failure: 1,
  /** The command line itself: unknown option, unreadable symbol, missing file. */
  usage: 2,
  /** No session came about, or it was lost. */
  connect: 3,
  /** A rule or a guard says no. */
  refused: 4,
  /** The broker refused the request. */
  gateway: 5,
  /** No answer in time. */
  timeout: 6,
  /** A budget is spent for longer than the call may wait. */
  pacing: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error of the command line that knows its exit code and says what to do next. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, message: string, hint?: string) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

const BY_CODE: Readonly<Record<string, ExitCode>> = {
  INVALID_INPUT: EXIT.usage,
  AMBIGUOUS_CONTRACT: EXIT.usage,
  WEB_OPTION: EXIT.usage,
  WEB_SECRET: EXIT.usage,
  ENOENT: EXIT.usage,
  EADDRINUSE: EXIT.usage,
  WEB_PIN: EXIT.connect,
  WEB_SIGN: EXIT.connect,
  WEB_TRANSPORT: EXIT.connect,
  WEB_SESSION: EXIT.connect,
  ECONNREFUSED: EXIT.connect,
  UNKNOWN_CONTRACT: EXIT.gateway,
  WEB_REFUSED: EXIT.gateway,
};

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof ClosedError) return EXIT.connect;
  if (error instanceof RuleError) return EXIT.refused;
  if (error instanceof GatewayError) return EXIT.gateway;
  if (error instanceof TimeoutError) return EXIT.timeout;
  if (error instanceof AdmissionError) return EXIT.pacing;
  return BY_CODE[codeOf(error) ?? ''] ?? EXIT.failure;
}
