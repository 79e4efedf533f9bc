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

/** A row that says these fields. */
export type Told<T, F extends keyof T> = T & { readonly [K in F]-?: NonNullable<T[K]> };

/**
 * The rows of a list, each of which says these fields. `at` names list and message.
 * @throws {DecodeError} naming the first that is missing: a row without it is none, and without the row the list is not whole.
 */
export function insistOn<T extends object, F extends keyof T & string>(
  core: Pick<Core, 'serverVersion'>,
  at: { readonly kind: string; readonly list: string },
  rows: readonly T[] | undefined,
  ...fields: readonly F[]
): readonly Told<T, F>[] {
  const missing = missingIn(rows ?? [], at.list, fields);
  if (missing !== undefined) throw damageOf(core, { kind: at.kind, row: missing }, 'is missing');
  return (rows ?? []) as readonly Told<T, F>[];
}

/** The first field that a row does not say, by its place in the message. */
export function missingIn<T extends object>(
  rows: readonly T[],
  list: string,
  fields: readonly (keyof T & string)[],
): string | undefined {
  for (const [at, row] of rows.entries()) {
    const field = fields.find((name) => row[name] === undefined || row[name] === '');
    if (field !== undefined) return `${list}[${at}].${field}`;
  }
  return undefined;
}
