// What a notice of the gateway means for an open stream. Pure: upstream.ts acts on it.

import type { Verdict } from '../notices/verdict.js';

export interface Reaction {
  /** Whoever listens to notices is told. */
  readonly isTold: boolean;
  readonly act: 'goOn' | 'move' | 'fail' | 'endPicture' | 'waitForBroker' | 'askAgain' | 'cancelThenAskAgain';
}

/** `isSnapshot`: it ends with its first picture; `isDegraded`: the gateway has lost the broker. */
export function reactionTo(verdict: Verdict, isSnapshot: boolean, isDegraded: boolean): Reaction {
  switch (verdict.means) {
    case 'requestFailed':
      // Nothing that is refused while the broker is away is refused for good.
      return { isTold: false, act: isDegraded && !isSnapshot ? 'waitForBroker' : 'fail' };
    case 'requestEmpty':
      return { isTold: false, act: 'endPicture' };
    case 'requestEcho':
      return { isTold: false, act: 'goOn' };
    case 'competingSession':
      // A stream waits for its data like all others; a snapshot will get none.
      return { isTold: false, act: isSnapshot ? 'fail' : 'goOn' };
    case 'stream':
      return { isTold: true, act: afterEffect(verdict.effect) };
    default:
      return { isTold: true, act: 'goOn' };
  }
}

function afterEffect(effect: Extract<Verdict, { means: 'stream' }>['effect']): Reaction['act'] {
  switch (effect) {
    case 'emptyBatch':
      return 'move'; // an empty scan is an answer too
    case 'ended':
      return 'fail';
    case 'askAgain':
    case 'cancelThenAskAgain':
      return effect;
    default:
      return 'goOn';
  }
}
