// A list of leg prices in which none is set says what no list says.

import { BINARY_ID } from '../../src/protocol/envelope.js';
import { interpretText } from '../../src/protocol/schema/interpret-text.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Op, planText } from '../../src/protocol/schema/plan.js';
import { TextReader } from '../../src/protocol/text/reader.js';
import { isUnset, payloadOf } from './frame-fields.js';

/** The fields with every list beside another that holds nothing but unset values written as an empty one. */
export function withoutEmptyPrices(
  table: MessageTable,
  fields: readonly string[],
  serverVersion: number,
  messageVersion?: number,
): readonly string[] {
  const plan = planText(table, serverVersion, messageVersion);
  const lists = new Set(besides(plan.ops));
  if (lists.size === 0) return fields;
  const counts: { readonly place: number; readonly count: number }[] = [];
  const met = new Set<string>();
  const payload = payloadOf(fields, serverVersion);
  const reader = new TextReader();
  reader.reset(payload, 0, serverVersion >= BINARY_ID ? 4 : payload.indexOf(0) + 1, payload.length);
  let place = 0;
  interpretText(table, plan, reader, { path: '' }, ({ path, value }) => {
    place++;
    if (!lists.has(path)) return;
    if (met.has(path)) counts.push({ place, count: Number(value) });
    met.add(path);
  });
  const out = [...fields];
  for (const { place: at, count } of counts) {
    if (count > 0 && out.slice(at + 1, at + 1 + count).every(isUnset)) out.splice(at, 1 + count, '0');
  }
  return out;
}

function besides(ops: readonly Op[]): readonly string[] {
  return ops.flatMap((op) => {
    if (op.op === 'alongside') return [`${op.path}.count`];
    return op.op === 'when' || op.op === 'present' ? besides(op.ops) : [];
  });
}
