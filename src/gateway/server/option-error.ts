// An option of `simulate` that cannot be meant.

/** An option that does not exist or has no such value: `field` is its path, such as `accounts[0].kind`. */
export class OptionError extends RangeError {
  readonly code = 'INVALID_INPUT';
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.name = 'OptionError';
    this.field = field;
  }
}
