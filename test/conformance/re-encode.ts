// A decoded text message written back: its fields say what they said.

import { Encoder } from '../../src/protocol/encode.js';
import { BINARY_ID } from '../../src/protocol/envelope.js';
import { interpretText } from '../../src/protocol/schema/interpret-text.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { messageVersionAt, planText } from '../../src/protocol/schema/plan.js';
import { TextReader } from '../../src/protocol/text/reader.js';
import { differenceOf, fieldsOf, fieldsOfPayload } from './frame-fields.js';
import { withoutEmptyPrices } from './leg-prices.js';

const CLIENT_DEFAULTS: ReadonlySet<string> = new Set(['0', '-1', 'a']);

/** First difference between the fields of a payload and those of its message encoded again; undefined when there is none. */
export function reEncodeDifference(
  table: MessageTable,
  message: object,
  payload: Uint8Array,
  serverVersion: number,
): string | undefined {
  const theirs = [...fieldsOfPayload(payload, serverVersion)];
  const usual = messageVersionAt(table, serverVersion);
  const hasVersion = Number.isFinite(usual);
  const version = hasVersion && /^\d+$/.test(theirs[1] ?? '') ? Number(theirs[1]) : usual;
  const says = hasVersion ? { messageVersion: version } : {};
  const encoder = new Encoder(table.direction, serverVersion);
  const ours = fieldsOf(encoder.encode(table.kind, message, { wire: 'text', ...says }), serverVersion);
  for (const place of silentPlaces(table, payload, serverVersion, version)) theirs[place] = ours[place] ?? '';
  if (table.direction === 'outgoing') {
    // Some clients leave empty what official ones fill with its default.
    for (const [i, field] of theirs.entries()) if (field === '' && CLIENT_DEFAULTS.has(ours[i] ?? '')) theirs[i] = ours[i] ?? '';
  }
  return differenceOf(ours, withoutEmptyPrices(table, theirs, serverVersion, version), unsetFor(table));
}

/** Indices of the fields that a message does not hold: versions that are empty, constants, and of a row that stands there twice the earlier. */
function silentPlaces(table: MessageTable, payload: Uint8Array, serverVersion: number, version: number): readonly number[] {
  const places: number[] = [];
  const seen = new Map<string, number>();
  const constants = new Set(constantsOf(table, serverVersion));
  const start = serverVersion >= BINARY_ID ? 4 : payload.indexOf(0) + 1;
  let place = 0;
  const reader = new TextReader();
  reader.reset(payload, 0, start, payload.length);
  interpretText(table, planText(table, serverVersion, version), reader, { path: '' }, ({ path, start: from, end }) => {
    place++;
    const earlier = seen.get(path);
    if (earlier !== undefined) places.push(earlier);
    seen.set(path, place);
    const isEmptyVersion = path === 'version' && place === 1 && end - from === 1;
    if (isEmptyVersion || constants.has(path)) places.push(place);
  });
  return places;
}

function constantsOf(table: MessageTable, serverVersion: number): readonly string[] {
  return planText(table, serverVersion).ops.flatMap((op) => (op.op === 'constant' ? [op.name] : []));
}

/** Forms of "not set" beside the usual ones: -1 and -2 in the figures of the option model. */
function unsetFor(table: MessageTable): readonly string[] {
  const codecs = Object.values(table.rows).map((row) => (row.row === 'field' ? row.codec.read : ''));
  return codecs.includes('computed') ? ['-1', '-2', '-1.0', '-2.0'] : [];
}
