// What every call takes, and the tables that say what the calls of a family may be given.

import {
  type Check,
  type Checks,
  deadline,
  named,
  number,
  optional,
  type Problem,
  record,
  signal,
  such,
} from '../../input/checks.js';
import { contract as contractTable } from '../../protocol/records/contract.js';
import type { RecordTable, Rows } from '../../protocol/schema/rows.js';
import { unknownIn } from '../../protocol/schema/unknown.js';
import type { Call } from '../core.js';
import { InputError } from './input-error.js';
import { meantProperty } from './known-properties.js';
import { legible } from './legible.js';

const call = { signal, timeout: deadline, maxRows: number(1), maxBytes: number(1) } satisfies Checks<Call>;

/** What is asked, without how patiently. */
export function withoutCall<T extends Call>(request: T): Omit<T, keyof Call> {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !(name in call))) as Omit<T, keyof Call>;
}

/** @throws {InputError} where the value may not be that. */
export function mustBe(check: Check, path: string, value: unknown): void {
  refuse(check(path, value));
}

function refuse(problem: Problem | undefined): void {
  if (problem !== undefined) throw new InputError(problem.path, problem.why);
}

/** The options of a call: how patiently, and what it takes besides. What is `needed` cannot be left out. */
export function question<T extends Call>(own: Checks<Omit<T, keyof Call>>, needed: readonly (keyof T & string)[] = []): Check {
  const checks = record<T>({ ...call, ...own } as Checks<T>, needed);
  return needed.length === 0 ? optional(checks) : checks;
}

/** Options of a call that takes nothing else. */
export const onlyCall = question<Call>({});

/** An argument that is a message or a record of the wire: its table knows the names. */
export function fields(name: string, table: RecordTable<Rows>, wanted: string): Check {
  const isObject = such((value) => typeof value === 'object' && value !== null && !Array.isArray(value), wanted);
  return named(name, (path, value) => {
    const problem = isObject(path, value);
    if (problem !== undefined) return problem;
    const unknown = unknownIn(table, value as object);
    return unknown && { path: `${path}.${unknown.path}`, why: meantProperty(unknown.meant) };
  });
}

export const contract = fields('contract', contractTable, "a contract, such as stock('AAPL')");

type Parameter<F> = F extends (...args: infer A) => unknown ? { readonly [K in keyof A]-?: Check } : never;
type Answer<F> = F extends (...args: infer _) => infer R ? (R extends Promise<unknown> ? 'later' : 'now') : never;

/** The checks of every call that takes something, one for each argument: complete by type. */
export type Calls<T> = {
  readonly [K in keyof T as T[K] extends (...args: never) => unknown ? (Parameters<T[K]> extends [] ? never : K) : never]: {
    readonly answers: Answer<T[K]>;
    readonly checks: Parameter<T[K]>;
  };
};

interface Row {
  readonly answers: 'later' | 'now';
  readonly checks: readonly Check[];
}

/** A call that answers with a promise: what it cannot be given rejects. */
export function asks<const C extends readonly Check[]>(...checks: C): { readonly answers: 'later'; readonly checks: C } {
  return { answers: 'later', checks };
}

/** A call that gives a handle at once: what it cannot be given is thrown. */
export function gives<const C extends readonly Check[]>(...checks: C): { readonly answers: 'now'; readonly checks: C } {
  return { answers: 'now', checks };
}

/** The facade whose calls look at their arguments before anything is asked. */
export function checked<T extends object>(facade: T, calls: { readonly [K in keyof T]?: Row }): T {
  const guarded: PropertyDescriptorMap = {};
  for (const [name, { answers, checks }] of Object.entries<Row>(calls as Readonly<Record<string, Row>>)) {
    const act = facade[name as keyof T] as (...given: readonly unknown[]) => unknown;
    const value = (...given: readonly unknown[]): unknown => {
      try {
        for (const [i, check] of checks.entries()) mustBe(check, '', given[i]);
      } catch (error) {
        if (answers === 'later') return Promise.reject(error);
        throw error;
      }
      return act(...given);
    };
    guarded[name] = { value, enumerable: true };
  }
  return legible(Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(facade), ...guarded }) as T);
}
