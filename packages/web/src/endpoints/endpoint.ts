// One row of the table of endpoints.

import type { Shape } from './shape.js';

/** What must be there before it may be asked. `hmds`: a brokerage session and the bridge to the history service. */
export type Needs = 'nothing' | 'token' | 'outer' | 'brokerage' | 'hmds';

/** `1/5s`: so many in so many seconds. `5 at once`: so many without an answer. Over this the global budget holds. */
export type Pace = `${number}/${number}s` | `${number} at once`;

export interface Endpoint {
  readonly needs: Needs;
  readonly pace?: Pace | readonly Pace[];
  /** Names in the query, as in a shape. */
  readonly query?: string;
  readonly body?: Shape;
  /** How the body is written; unset: JSON. */
  readonly sends?: 'form' | 'text';
  readonly answer: Shape;
  readonly notes?: readonly string[];
  /** D: the broker's pages. D-old: gone since. R: recorded. */
  readonly grade: 'D' | 'D-old' | 'D+R';
}

/** Keeps the literal types of a row. */
export function endpoint<const E extends Endpoint>(row: E): E {
  return row;
}
