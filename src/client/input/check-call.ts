// The numbers that every call takes.
import type { Call } from '../core.js';
import { COUNT, checkNumbers, DEADLINE, type Ranges } from './numbers.js';

const ranges = { timeout: DEADLINE, maxRows: COUNT, maxBytes: COUNT } satisfies Ranges<Call>;

/** What is asked, without how patiently. */
export function withoutCall<T extends Call>(request: T): Omit<T, keyof Call> {
  const { signal: _, ...rest } = request;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in ranges))) as Omit<T, keyof Call>;
}

/** @throws {InputError} for a deadline or a bound that is none. */
export function checkCall(call: Call): void {
  checkNumbers(ranges, call);
}
