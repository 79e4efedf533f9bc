// An option that cannot be meant, in the rooms that know nothing of a client.

import type { Check } from './checks.js';
import { writtenError } from './written-error.js';

/** An option that does not exist or has no such value: `field` is its path, such as `accounts[0].kind`. */
export class OptionError extends RangeError {
  readonly code = 'INVALID_INPUT';
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.name = 'OptionError';
    this.field = field;
  }

  /** Its name and text beside its own fields, which is all that JSON would keep. */
  toJSON(): Readonly<Record<string, unknown>> {
    return writtenError(this);
  }
}

/** @throws {OptionError} where the value may not be that. */
export function insist(check: Check, path: string, value: unknown): void {
  const problem = check(path, value);
  if (problem !== undefined) throw new OptionError(problem.path, problem.why);
}
