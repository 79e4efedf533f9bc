// Questions to the desk, and what it refuses, as data.

import type { ShownFinding } from '../../problem.js';

export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly findings?: readonly ShownFinding[];
  readonly [more: string]: unknown;
}

export class Refused extends Error {
  readonly problem: Refusal;
  constructor(problem: Refusal) {
    super(problem.detail);
    this.problem = problem;
  }
}

const LOST: Refusal = {
  status: 0,
  title: 'No answer',
  detail: 'the desk did not answer',
  remedy: 'See whether the desk still runs; this page comes back by itself.',
};

async function ask(path: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => undefined);
  if (answer === undefined) throw new Refused(LOST);
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return body;
  throw new Refused({ ...LOST, ...(body as object), status: answer.status });
}

type Input = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export function get<T>(name: string, input: Input = {}): Promise<T> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input))
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) query.append(key, String(one));
  const text = query.toString();
  return ask(`/v1/${name.replace('.', '/')}${text === '' ? '' : `?${text}`}`, {}) as Promise<T>;
}

export function post<T>(name: string, input: object = {}, key?: string): Promise<T> {
  return ask(`/v1/${name.replace('.', '/')}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-ibwire-desk': 'page',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(input),
  }) as Promise<T>;
}

/** Makes a cookie of a token; @throws {Refused} for one that opens nothing. */
export async function signIn(token: string): Promise<void> {
  await ask('/session', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
}
