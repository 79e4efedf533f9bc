// The error every builder and parser of user input throws: which field, and what is wrong with it.
import { ClientError } from '../wire/errors.js';

/** Thrown before anything is built or sent: `field` names the offending input, the message says what would pass. */
export class InputError extends ClientError {
  declare readonly code: 'INVALID_INPUT';
  readonly field: string;

  constructor(field: string, problem: string) {
    super('INVALID_INPUT', `${field}: ${problem}`);
    this.field = field;
  }
}
