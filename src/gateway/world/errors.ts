// The one error of the simulated world: what was asked cannot be answered, and why.

import { writtenError } from '../../input/written-error.js';

/** Why the simulated world cannot answer. */
export type WorldErrorCode =
  | 'unknownContract'
  | 'badDuration'
  | 'badBarSize'
  | 'durationTooLong'
  | 'badWhatToShow'
  | 'noSuchData'
  | 'badPeriod'
  | 'badTickRequest'
  | 'badPrice'
  | 'limit';

/** Thrown to the message layer, which turns `code` into the gateway's own error number. */
export class WorldError extends Error {
  readonly code: WorldErrorCode;
  constructor(code: WorldErrorCode, text: string) {
    super(text);
    this.name = 'WorldError';
    this.code = code;
  }

  /** Its name and text beside its own fields, which is all that JSON would keep. */
  toJSON(): Readonly<Record<string, unknown>> {
    return writtenError(this);
  }
}
