// One way to ask a service over HTTPS: a deadline for each try, few tries, no redirect followed, no secret in an error.

import { PortfolioError, redact } from './problem.js';

export interface HttpTools {
  readonly fetch?: typeof fetch;
  /** Waits; handed in by tests. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Of one try, milliseconds; default 15,000. */
  readonly timeout?: number;
  /** Default 4. */
  readonly tries?: number;
}

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** What is asked for, in words for an error. */
  readonly what: string;
}

export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });

const LONGEST_WAIT = 60_000;

/** What the service asks to wait, or 1, 2, 4 … seconds. */
function waitOf(headers: Headers, attempt: number): number {
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  return Math.min(LONGEST_WAIT, Number.isFinite(after) && after >= 0 ? after * 1000 : 1000 * 2 ** attempt);
}

/** The body of a 200. Tries again on 425, 429, 5xx, a time-out and a broken connection. */
export async function get(question: Question | (() => Question), tools: HttpTools = {}): Promise<string> {
  const { sleep = pause, signal, timeout = 15_000, tries = 4 } = tools;
  const send = tools.fetch ?? fetch;
  for (let attempt = 0; ; attempt += 1) {
    const { url, headers, secrets, what } = typeof question === 'function' ? question() : question;
    const isLast = attempt + 1 >= tries;
    const deadline = AbortSignal.timeout(timeout);
    let wait = 1000 * 2 ** attempt;
    try {
      const merged = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
      const answer = await send(url, {
        headers: { 'User-Agent': 'ibwire-portfolio', ...headers },
        signal: merged,
        redirect: 'manual',
      });
      const body = await answer.text();
      if (answer.status === 200) return body;
      const mayPass =
        answer.status === 425 ||
        answer.status === 429 ||
        answer.status === 503 ||
        (answer.status >= 500 && answer.status !== 501);
      if (!mayPass || isLast) {
        const said = redact(body.slice(0, 200), secrets);
        throw new PortfolioError(answer.status === 429 ? 'rate-limit' : 'http', `${what}: HTTP ${answer.status} ${said}`.trim(), {
          detail: `${answer.status}`,
        });
      }
      wait = waitOf(answer.headers, attempt);
    } catch (error) {
      if (error instanceof PortfolioError) throw error;
      if (signal?.aborted) throw signal.reason;
      if (isLast)
        throw deadline.aborted
          ? new PortfolioError('timeout', `${what}: no answer within ${timeout} ms`)
          : new PortfolioError('http', `${what}: the connection broke`);
    }
    await sleep(wait, signal);
  }
}

/** As `get`, and the body as JSON. */
export async function getJson(question: Question | (() => Question), tools?: HttpTools): Promise<unknown> {
  const body = await get(question, tools);
  try {
    return JSON.parse(body);
  } catch {
    const { what } = typeof question === 'function' ? question() : question;
    throw new PortfolioError('answer-unreadable', `${what}: the answer is no JSON`);
  }
}

/** An object, or a refusal by name. */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PortfolioError('answer-unreadable', `${what}: no object`);
  return value as Record<string, unknown>;
}

export function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new PortfolioError('answer-unreadable', `${what}: no list`);
  return value;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
