// The attempts at a first connection: which of their failures may pass, and all that was seen, told with the last one.

import { ConnectError } from '../wire/errors.js';

/** Whether the same attempt may succeed later: a gateway that starts, logs in or restarts; not one that speaks another version. */
export function mayPass(error: unknown): error is ConnectError {
  return error instanceof ConnectError && error.phase !== 'version';
}

export class Attempts {
  private readonly began: number;
  private readonly failures: ConnectError[] = [];

  constructor(now: number) {
    this.began = now;
  }

  note(failure: ConnectError): void {
    this.failures.push(failure);
  }

  /** The last failure; where others came before it, with how often and how long it was tried and their reasons, each once. */
  told(now: number): ConnectError | undefined {
    const last = this.failures.at(-1);
    if (last === undefined || this.failures.length === 1) return last;
    const before = new Set(this.failures.map(({ reason }) => reason));
    before.delete(last.reason);
    const seconds = Math.round((now - this.began) / 1000);
    const others = before.size === 0 ? '' : ` Seen before: ${[...before].join(' ')}`;
    return new ConnectError(last.phase, `${last.reason} Tried ${this.failures.length} times in ${seconds} s.${others}`, {
      cause: last.cause,
      hint: last.hint,
    });
  }
}
