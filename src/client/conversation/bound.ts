// How much one call takes in before it says that the list does not end.
import type { Call } from '../core.js';
import { TooManyRowsError } from '../wire/errors.js';

/** The longest lists that were seen have 30,000 rows (options of a whole class) and 30 MB. */
const MAX_ROWS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Counts one more row, with the bytes of its frame; the error where it is one too many. */
export type Bound = (frameBytes: number) => TooManyRowsError | undefined;

export function boundOf(asked: string, call: Call): Bound {
  const { maxRows = MAX_ROWS, maxBytes = MAX_BYTES } = call;
  let seen = 0;
  let bytes = 0;
  return (frameBytes) => {
    seen++;
    bytes += frameBytes;
    return seen > maxRows || bytes > maxBytes ? new TooManyRowsError(asked, { seen, bytes, maxRows, maxBytes }) : undefined;
  };
}
