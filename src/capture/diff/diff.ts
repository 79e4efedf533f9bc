// Two captures message by message: ids stand for each other, instants may differ, everything else is a difference.
import { record } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import type { Stretch } from '../frames.js';
import { stretchChecks } from '../frames.js';
import { idsOf } from '../ids.js';
import type { CaptureInput } from '../reader.js';
import { aligned, type Step } from './align.js';
import { Bound } from './bound.js';
import { type DiffMessage, messagesOf } from './messages-of.js';

/** One field that says something else; undefined where it is not set. */
export interface FieldDifference {
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** A message that only one capture has, or that both have with other fields. */
export type Difference =
  /** Said in the first capture alone, or in the second. */
  | { readonly what: 'onlyA' | 'onlyB'; readonly connection: number; readonly message: DiffMessage }
  | {
      readonly what: 'changed';
      readonly connection: number;
      readonly a: DiffMessage;
      readonly b: DiffMessage;
      readonly fields: readonly FieldDifference[];
    };

/** What differs between two captures, message by message, and how many messages are equal. */
export interface CaptureDiff {
  /** In the order of their connections, and within one of their times. */
  readonly differences: readonly Difference[];
  /** Messages that are the same in both, up to ids and instants. */
  readonly equal: number;
}

/**
 * Compares two captures, connection by connection: the requests in their order, the answers of each request and order in
 * theirs; which answers came between those of another is not compared, nor are times. reqIds, orderIds, permIds, execIds and
 * client ids stand for each other from the first message on in which they meet. Holds the messages of both in memory.
 * @throws {CaptureError} and file errors as reading does.
 */
export async function diffCaptures(
  a: CaptureInput,
  b: CaptureInput,
  stretches: { readonly a?: Stretch; readonly b?: Stretch } = {},
): Promise<CaptureDiff> {
  insist(record<typeof stretches>({ a: stretchChecks, b: stretchChecks }), '', stretches);
  const [inA, inB] = await Promise.all([messagesOf(a, stretches.a ?? {}), messagesOf(b, stretches.b ?? {})]);
  const differences: Difference[] = [];
  let equal = 0;
  for (const connection of [...new Set([...inA.keys(), ...inB.keys()])].sort((x, y) => x - y)) {
    const nothing = { in: [], out: [] };
    const bound = new Bound();
    const [saidA, saidB] = [inA.get(connection) ?? nothing, inB.get(connection) ?? nothing];
    const steps = [...paired(saidA.out, saidB.out, bound), ...answers(saidA.in, saidB.in, bound)];
    const found = steps.flatMap((step) => differenceIn(connection, step, bound));
    equal += steps.length - found.length;
    differences.push(...found.sort((x, y) => microsOf(x) - microsOf(y)));
  }
  return { differences, equal };
}

type Steps = readonly Step<DiffMessage>[];

function paired(as: readonly DiffMessage[], bs: readonly DiffMessage[], bound: Bound): Steps {
  const steps = aligned(
    as,
    bs,
    (a, b) => a.content === b.content,
    (a, b) => a.kind === b.kind,
  );
  for (const step of steps) if (step.what === 'both') bindIds(step.a, step.b, bound);
  return steps;
}

function answers(as: readonly DiffMessage[], bs: readonly DiffMessage[], bound: Bound): Steps {
  const groupsA = grouped(as, (id) => id);
  bindStrangers(
    groupsA,
    grouped(bs, (id) => id),
    bound,
  );
  const groupsB = grouped(bs, (id) => bound.ofB('id', id) ?? `b ${id}`);
  const keys = new Set([...groupsA.keys(), ...groupsB.keys()]);
  return [...keys].flatMap((key) => paired(groupsA.get(key) ?? [], groupsB.get(key) ?? [], bound));
}

/** By what they answer: the request or order with that id; what carries none, by its kind. */
function grouped(messages: readonly DiffMessage[], nameOf: (id: number) => unknown): Map<string, DiffMessage[]> {
  const groups = new Map<string, DiffMessage[]>();
  const ofExecution = new Map<string, string>();
  for (const one of messages) {
    const { reqId, orderId, execId } = idsOf(one.message);
    const id = reqId !== undefined && reqId >= 0 ? reqId : orderId;
    const own = id !== undefined && id > 0 ? `id ${String(nameOf(id))}` : `kind ${one.kind}`;
    const key = reqId === undefined && orderId === undefined && execId !== undefined ? (ofExecution.get(execId) ?? own) : own;
    if (execId !== undefined) ofExecution.set(execId, key);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return groups;
}

/** Ids that no recorded request has stand for each other in the order in which they are first heard of, kind by kind. */
function bindStrangers(as: ReadonlyMap<string, DiffMessage[]>, bs: ReadonlyMap<string, DiffMessage[]>, bound: Bound): void {
  const strangers = (groups: ReadonlyMap<string, DiffMessage[]>, isBound: (id: string) => boolean) =>
    [...groups].flatMap(([key, [first]]) => {
      const id = key.startsWith('id ') ? key.slice(3) : undefined;
      return id === undefined || first === undefined || isBound(id) ? [] : [{ id, kind: first.kind }];
    });
  const steps = aligned(
    strangers(as, (id) => bound.ofA('id', id) !== undefined),
    strangers(bs, (id) => bound.ofB('id', id) !== undefined),
    (a, b) => a.kind === b.kind,
    () => false,
  );
  for (const step of steps) if (step.what === 'both') bound.bind('id', Number(step.a.id), Number(step.b.id));
}

function bindIds(a: DiffMessage, b: DiffMessage, bound: Bound): void {
  for (const [path, leaf] of a.leaves) {
    const other = b.leaves.get(path);
    if (leaf.as === 'id' && other?.as === 'id') bound.bind(leaf.space, leaf.value, other.value);
  }
}

function differenceIn(connection: number, step: Step<DiffMessage>, bound: Bound): readonly Difference[] {
  if (step.what === 'onlyA') return [{ what: 'onlyA', connection, message: step.a }];
  if (step.what === 'onlyB') return [{ what: 'onlyB', connection, message: step.b }];
  const { a, b } = step;
  const fields: FieldDifference[] = [];
  for (const path of new Set([...a.leaves.keys(), ...b.leaves.keys()])) {
    const [ofA, ofB] = [a.leaves.get(path), b.leaves.get(path)];
    if (ofA?.as === 'instant' && ofB?.as === 'instant') continue;
    if (ofA?.as === 'id' && ofB?.as === 'id' && bound.bind(ofA.space, ofA.value, ofB.value)) continue;
    if (ofA?.as !== 'id' && Object.is(ofA?.value, ofB?.value)) continue;
    fields.push({ path, a: ofA?.value, b: ofB?.value });
  }
  return fields.length === 0 ? [] : [{ what: 'changed', connection, a, b, fields }];
}

function microsOf(difference: Difference): number {
  return difference.what === 'changed' ? difference.a.micros : difference.message.micros;
}
