// `ibwire replay --diff A B`: what two captures do not have in common.

import { type CaptureDiff, type Difference, diffCaptures } from '../../capture/diff/diff.js';
import type { DiffMessage } from '../../capture/diff/messages-of.js';
import { idsOf } from '../../capture/ids.js';
import { stretchOf, type TimeOptions } from '../capture-time.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { bad, dim, good, warn } from '../print.js';
import { jsonLine } from '../show.js';

/** Longest value on a line; `--json` has them whole. */
const WIDEST = 60;

/** Prints the differences. The exit code is that of `diff`: 0 none, 1 some, 2 when it could not be told. */
export async function printDiff(io: Io, a: string, b: string, times: TimeOptions, json: boolean | undefined): Promise<void> {
  const diff = await compared(a, b, times);
  for (const difference of diff.differences) io.out(json === true ? jsonLine(dataOf(difference)) : textOf(difference));
  const { equal, differences } = diff;
  if (json === true) io.out(jsonLine({ what: 'summary', equal, differences: differences.length }));
  else
    io.out(
      dim(
        differences.length === 0
          ? `equal: ${equal} messages`
          : `${differences.length} difference${differences.length === 1 ? '' : 's'}, ${equal} messages equal`,
      ),
    );
  if (differences.length > 0) io.exitCode = EXIT.failure;
}

async function compared(a: string, b: string, times: TimeOptions): Promise<CaptureDiff> {
  try {
    const [ofA, ofB] = [await stretchOf(a, times), await stretchOf(b, times)];
    return await diffCaptures(a, b, { a: ofA, b: ofB });
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error)) throw error;
    throw new CliError(EXIT.usage, error.message);
  }
}

function dataOf(difference: Difference): object {
  const { what, connection } = difference;
  if (what !== 'changed') return { what, connection, ...messageData(difference.message) };
  const { a, b, fields } = difference;
  const told = fields.map((field) => ({ path: field.path, a: field.a ?? null, b: field.b ?? null }));
  return { what, connection, direction: a.direction, kind: a.kind, a: placeOf(a), b: placeOf(b), fields: told };
}

function messageData(message: DiffMessage): object {
  return { direction: message.direction, kind: message.kind, ...placeOf(message), message: message.message };
}

function placeOf({ micros, message }: DiffMessage): object {
  const { reqId, orderId } = idsOf(message);
  return { micros, reqId, orderId };
}

function textOf(difference: Difference): string {
  if (difference.what !== 'changed') {
    const line = lineOf(difference.message);
    return difference.what === 'onlyA' ? bad(`- ${line}`) : good(`+ ${line}`);
  }
  const { a, b, fields } = difference;
  const lines = fields.map(({ path, a: was, b: is }) => `    ${path}  ${valueText(was)} → ${valueText(is)}`);
  return [warn(`~ ${a.direction.padEnd(3)}  ${seconds(a)} → ${seconds(b)}  ${a.kind}${subject(a)}`), ...lines].join('\n');
}

function lineOf(message: DiffMessage): string {
  const { direction, kind, leaves } = message;
  const told = [...leaves].filter(([path, leaf]) => path !== 'kind' && leaf.as === 'value' && says(leaf.value)).slice(0, 6);
  const values = told.map(([path, leaf]) => `${path} ${valueText(leaf.value)}`).join(', ');
  return `${direction.padEnd(3)}  ${seconds(message)}  ${kind}${subject(message)}  ${values}`.trimEnd();
}

function says(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== 0 && value !== false;
}

function seconds({ micros }: DiffMessage): string {
  return `${(micros / 1e6).toFixed(6)} s`;
}

function subject({ message }: DiffMessage): string {
  const { reqId, orderId } = idsOf(message);
  if (orderId !== undefined) return ` of order ${orderId}`;
  return reqId === undefined || reqId < 0 ? '' : ` of request ${reqId}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}
