// What a command may do to the world outside the gateway: print, ask, be stopped. Tests bring their own.

import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { EXIT, type ExitCode } from './exit-codes.js';

export interface Io {
  /** Lines for whoever reads the result. */
  out(text: string): void;
  /** One line beside the result: progress, notices, errors. */
  err(line: string): void;
  /** Text without a line end, for what is drawn over again. Printed as it is: texts of others go through `terminalText` first. */
  draw(text: string): void;
  /** Text without a line end beside the result; printed as it is. */
  drawBeside(text: string): void;
  /** Whether a person reads the result, or what stands beside it. */
  readonly isTerminal: boolean;
  readonly isTerminalBeside: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Asks and gives the answer, trimmed; empty when there was none. */
  ask(question: string): Promise<string>;
  readonly columns: number;
  readonly rows: number;
  readonly env: { readonly [name: string]: string | undefined };
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
  now(): number;
  /** How the command ends when it does not end by an error. */
  exitCode: ExitCode;
}

export const HIDE_CURSOR = '\x1b[?25l';
export const SHOW_CURSOR = '\x1b[?25h';

/** The process itself. The first Ctrl-C asks the command to end, the second ends the process. */
export function processIo(): Io {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // every call of a command listens
  const onSignal = (): void => {
    if (stopping.signal.aborted) {
      if (process.stdout.isTTY) process.stdout.write(SHOW_CURSOR);
      process.exit(EXIT.interrupted);
    }
    stopping.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // The reader went away (`ibwire bars … | head`): there is nobody left to talk to.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    draw: (text) => void process.stdout.write(text),
    drawBeside: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    isTerminalBeside: process.stderr.isTTY === true,
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async ask(question) {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await prompt.question(question, { signal: stopping.signal })).trim();
      } catch {
        return '';
      } finally {
        prompt.close();
      }
    },
    get columns() {
      return process.stdout.columns ?? 100;
    },
    get rows() {
      return process.stdout.rows ?? 40;
    },
    env: process.env,
    stop: stopping.signal,
    now: Date.now,
    exitCode: EXIT.ok,
  };
}
