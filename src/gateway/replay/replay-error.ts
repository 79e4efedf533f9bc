// What can be wrong with a replay before it is served.
import { IbwireError } from '../../protocol/errors.js';

/**
 * - `REPLAY_EMPTY`: there is nothing to play
 * - `REPLAY_VERSION`: the server version is not known, not spoken, or differs between captures that are joined
 * - `REPLAY_PACE`: not a pace
 */
export type ReplayProblem = 'REPLAY_EMPTY' | 'REPLAY_VERSION' | 'REPLAY_PACE';

/** A replay cannot be started as asked. */
export class ReplayError extends IbwireError {
  declare readonly code: ReplayProblem;

  constructor(code: ReplayProblem, text: string) {
    super(code, `replay: ${text}`);
  }
}
