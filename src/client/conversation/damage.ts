// What was read and says what cannot be meant, as the error that says so.

import { DecodeError } from '../../protocol/errors.js';
import type { Core } from '../core.js';
import type { UnusableError } from '../wire/errors.js';

/** Where it stands: kind of the message, row, and the request that it answers. */
export interface DamagedRow {
  readonly kind: string;
  readonly row: string;
  readonly id?: number | undefined;
}

export function damageOf(core: Pick<Core, 'serverVersion'>, place: DamagedRow, reason: string): DecodeError {
  return new DecodeError(reason, { offset: undefined, ...place, serverVersion: core.serverVersion });
}

/** A message that its stream could not use. */
export function unusableOf(
  core: Pick<Core, 'serverVersion'>,
  { kind, cause }: UnusableError,
  id: number | undefined,
): DecodeError {
  return damageOf(core, { kind, row: '', id }, cause instanceof Error ? cause.message : String(cause));
}
