// The numbers that every call takes.
import type { Call } from '../core.js';
import { COUNT, checkNumbers, DEADLINE, type Ranges } from './numbers.js';

const ranges = { timeout: DEADLINE, maxRows: COUNT, maxBytes: COUNT } satisfies Ranges<Call>;

/** @throws {InputError} for a deadline or a bound that is none. */
export function checkCall(call: Call): void {
  checkNumbers(ranges, call);
}
