// What went wrong with a capture file or its writer, and at which byte.
import { IbwireError } from '../protocol/errors.js';

/**
 * - `NOT_A_CAPTURE`: the first value is not an ibcap header
 * - `CAPTURE_VERSION`: a newer ibcap than this reader knows
 * - `CAPTURE_TRUNCATED`: the file ends inside a value
 * - `CAPTURE_DAMAGED`: a value that cannot be read or has no meaning here
 * - `CAPTURE_TOO_LONG`: a value longer than the limit
 * - `CAPTURE_SINK`: the file or stream behind a writer failed; `cause` says how
 */
export type CaptureProblem =
  | 'NOT_A_CAPTURE'
  | 'CAPTURE_VERSION'
  | 'CAPTURE_TRUNCATED'
  | 'CAPTURE_DAMAGED'
  | 'CAPTURE_TOO_LONG'
  | 'CAPTURE_SINK';

/** A capture cannot be read further, or cannot be written. */
export class CaptureError extends IbwireError {
  declare readonly code: CaptureProblem;
  /** Byte of the file where the value that failed begins (reading), or bytes written so far (writing). */
  readonly offset: number;

  constructor(code: CaptureProblem, offset: number, text: string, cause?: unknown) {
    super(code, `capture: ${text}, at byte ${offset}`, cause === undefined ? undefined : { cause });
    this.offset = offset;
  }
}
