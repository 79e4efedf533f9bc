// Words of streams.

import type { GapCause } from 'ibwire';

export type { Row } from './frame.js';
/** A loss of a whole stream, not of one of its messages. */
export type LossCause = Exclude<GapCause, 'unreadable'>;
