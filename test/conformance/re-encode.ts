// A decoded text message written back: its fields say what they said.

import { Encoder } from '../../src/protocol/encode.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { messageVersionAt, pathsOf, planText } from '../../src/protocol/schema/plan.js';
import { differenceOf, fieldsOf } from './frame-fields.js';

type Encode = (message: object) => readonly string[];

/** First difference between the fields of a frame and those of its message encoded again; undefined when there is none. */
export function reEncodeDifference(
  table: MessageTable,
  message: object,
  fields: readonly string[],
  serverVersion: number,
): string | undefined {
  const hasVersion = Number.isFinite(messageVersionAt(table, serverVersion));
  const says = hasVersion && /^\d+$/.test(fields[1] ?? '') ? { messageVersion: Number(fields[1]) } : {};
  const encode: Encode = (what) =>
    fieldsOf(new Encoder(table.direction, serverVersion).encode(table.kind, what, { wire: 'text', ...says }), serverVersion);
  const ours = encode(message);
  const theirs = [...fields];
  if (hasVersion && theirs[1] === '') theirs[1] = ours[1] ?? ''; // a version field that says nothing
  passOverEarlier(theirs, ours, table, message, serverVersion, encode);
  return differenceOf(ours, theirs, unsetFor(table));
}

/** A row that stands in the layout twice: the later value wins, so that the earlier one is not asked for. */
function passOverEarlier(
  theirs: string[],
  ours: readonly string[],
  table: MessageTable,
  message: object,
  serverVersion: number,
  encode: Encode,
): void {
  // What a record chooses stands there once, whichever case it is.
  const paths = pathsOf(planText(table, serverVersion).ops.filter((op) => op.op !== 'choose'));
  for (const path of paths.filter((one, i) => paths.indexOf(one) !== i)) {
    const copy = structuredClone(message);
    const steps = path.split('.');
    const record = steps.slice(0, -1).reduce((at, step) => (at as { [name: string]: object })[step] ?? {}, copy);
    Object.assign(record, { [steps.at(-1) ?? '']: 987654321 });
    const earlier = encode(copy).findIndex((field, i) => field !== ours[i]);
    if (earlier >= 0) theirs[earlier] = ours[earlier] ?? '';
  }
}

/** Forms of "not set" beside the usual ones: -1 and -2 in the figures of the option model. */
function unsetFor(table: MessageTable): readonly string[] {
  const codecs = Object.values(table.rows).map((row) => (row.row === 'field' ? row.codec.read : ''));
  return codecs.includes('computed') ? ['-1', '-2', '-1.0', '-2.0'] : [];
}
