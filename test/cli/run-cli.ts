// Runs a command line inside the test, with everything it prints kept.

import { setMaxListeners } from 'node:events';
import type { ExitCode } from '../../src/cli/exit-codes.js';
import type { Io } from '../../src/cli/io.js';
import { runCli } from '../../src/cli/program.js';

export interface Ran {
  readonly code: ExitCode;
  /** Lines of the result, colours taken off, blanks at line ends too. */
  readonly lines: readonly string[];
  readonly beside: readonly string[];
  /** The result as one text. */
  readonly text: string;
  readonly json: unknown;
}

export interface RunOptions {
  /** Answers to what the command asks; given, there is a person at a terminal. */
  readonly answers?: readonly (string | (() => Promise<string>))[];
  readonly terminal?: boolean;
  readonly env?: Record<string, string>;
  readonly stop?: AbortSignal;
  readonly columns?: number;
  readonly rows?: number;
}

/** A command that is running: what it has printed so far, and its end. */
export interface Running {
  readonly done: Promise<Ran>;
  readonly out: string[];
  readonly err: string[];
  readonly asked: string[];
  /** Ctrl-C. */
  stop(): void;
  /** Resolves when a line of the result matches. */
  until(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
}

export const plain = (text: string): string => text.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, '');

/** Starts `ibwire …` inside this process. */
export function start(argv: readonly string[], options: RunOptions = {}): Running {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const answers = [...(options.answers ?? [])];
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  let partial = '';
  const io: Io = {
    out: (line) => void out.push(...line.split('\n')),
    err: (line) => void err.push(...line.split('\n')),
    draw: (text) => {
      partial += text;
      const whole = partial.split('\n');
      partial = whole.pop() ?? '';
      out.push(...whole);
    },
    drawBeside: (text) => void err.push(...text.split('\n').filter((line) => line !== '')),
    isTerminal: options.terminal ?? false,
    isTerminalBeside: options.terminal ?? false,
    canAsk: options.answers !== undefined,
    ask: (question) => {
      asked.push(question);
      const answer = answers.shift() ?? '';
      return typeof answer === 'string' ? Promise.resolve(answer) : answer();
    },
    columns: options.columns ?? 120,
    rows: options.rows ?? 40,
    env: options.env ?? {},
    stop: stopping.signal,
    now: Date.now,
    exitCode: 0,
  };
  const done = runCli(argv, io).then((code): Ran => {
    const lines = out.map((line) => plain(line).trimEnd());
    return {
      code,
      lines,
      beside: err.map((line) => plain(line).trimEnd()),
      text: lines.join('\n'),
      get json() {
        return JSON.parse(out.join('\n')) as unknown;
      },
    };
  });
  return {
    done,
    out,
    err,
    asked,
    stop: () => stopping.abort(),
    async until(pattern, withinMs = 5_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        for (const line of out) {
          const found = pattern.exec(plain(line));
          if (found !== null) return found;
        }
        if (Date.now() > deadline) throw new Error(`no line matches ${pattern}: ${out.join(' | ')} / ${err.join(' | ')}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

export function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return start(argv, options).done;
}

/** For programs that are looked at, not run. */
export const silentIo: Io = {
  out() {},
  err() {},
  draw() {},
  drawBeside() {},
  isTerminal: false,
  isTerminalBeside: false,
  canAsk: false,
  ask: () => Promise.resolve(''),
  columns: 100,
  rows: 40,
  env: {},
  stop: new AbortController().signal,
  now: Date.now,
  exitCode: 0,
};
