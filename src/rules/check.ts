// The check: what every row of the book has to say about one order, or about orders submitted together.
import { amountRows } from './book/amounts.js';
import { type RuleCode, ruleCodes } from './book/list.js';
import { bitsOf, occasionsOf, plainOccasionsOf } from './book/occasion.js';
import type { Row, Said } from './book/row.js';
import { shapeRows } from './book/shape.js';
import { assessWith, type Context } from './context.js';
import type { Assessment } from './engine/assessment.js';
import { type Ask, readAsk } from './facts/ask.js';
import { type Snapshot, snapshotOf } from './facts/snapshot.js';
import { type Finding, worded } from './finding.js';
import { type Guard, guardedBy } from './guards/guard.js';
import type { Policy } from './policy-types.js';
import type { AccountKind, OrderFacts, Situation } from './types.js';

/** Reads orders so that a parent is known when its child is read, and keeps the order given. */
function readAsks(orders: readonly unknown[], snapshot: Snapshot): Ask[] {
  const first = orders.map((order, place) => readAsk(order, place, snapshot, []));
  if (!first.some((ask) => ask.parentId !== undefined)) return first;
  return orders.map((order, place) => readAsk(order, place, snapshot, first));
}

export function contextOf(orders: readonly unknown[], snapshot: Snapshot): Context {
  const asks = readAsks(orders, snapshot);
  let worst: Assessment | undefined;
  let relaxed: Assessment | undefined;
  return {
    snapshot,
    asks,
    isGroup: asks.length > 1,
    worst: () => {
      worst ??= assessWith(snapshot, asks);
      return worst;
    },
    relaxed: () => {
      relaxed ??= assessWith(snapshot, asks, { relaxed: true });
      return relaxed;
    },
  };
}

/** Whether a code judges an order by itself, whatever its account holds. */
export const isOfOrderAlone = (code: string): boolean => code in ruleCodes && ruleCodes[code as RuleCode].reads === 'order';

/** Whether a code says that an order cannot be meant as it is written. */
export const isOfShape = (code: string): boolean => isOfOrderAlone(code) || (code in shapes && shapes[code]?.stage === 'ends');
const shapes: Readonly<Record<string, Row>> = { ...shapeRows, ...amountRows };

type Stage = Row['stage'];
/** A row of the book with its code, and its occasions as bits. */
interface Asked {
  readonly code: RuleCode;
  readonly row: Row;
  readonly when: number;
}
type Rows = readonly Asked[];
type ByStage = Readonly<Record<'always' | 'ends' | 'others', Rows>>;
const rows = (Object.entries(ruleCodes) as [RuleCode, Row][]).map(
  ([code, row]): Asked => ({ code, row, when: bitsOf(row.when) }),
);

const holdsFor = ({ kinds }: Row, kind: AccountKind | undefined): boolean =>
  kinds === 'all' || (kind !== undefined && kinds.split(', ').includes(kind));

type Whose = AccountKind | 'alone' | undefined;
/** Rows that are asked, by kind of account and by the occasions that there are. */
const asking = new Map<Whose, Map<number, ByStage>>();
const MOST_ASKING = 1_000;

/** Rows by stage that hold for a kind of account, or for an order alone, and have an occasion, in the order of the book. */
function rowsOf({ kind, situation }: Snapshot, now: number): ByStage {
  const whose = situation.scope === 'order' ? 'alone' : kind;
  const byOccasions = asking.get(whose) ?? new Map<number, ByStage>();
  const known = byOccasions.get(now);
  if (known !== undefined) return known;
  const all = rows.filter(
    ({ row, when }) => (when & now) !== 0 && (whose === 'alone' ? row.reads === 'order' : holdsFor(row, whose)),
  );
  const of = (stage: Stage): Rows => all.filter(({ row }) => row.stage === stage);
  const made = { always: of('always'), ends: of('ends'), others: of('then') };
  if (byOccasions.size >= MOST_ASKING) byOccasions.clear();
  asking.set(whose, byOccasions.set(now, made));
  return made;
}

function run(asked: Rows, context: Context, found: Finding<RuleCode>[]): void {
  for (const { code, row } of asked) {
    const said = row.judge(context);
    for (let i = 0; i < said.length; i++) {
      const { facts, ask, severity } = said[i] as Said;
      found.push(worded(code, row, facts, { severity, orderId: context.isGroup ? ask?.id : undefined }));
    }
  }
}

const places = new Map(rows.map(({ code }, place) => [code, place]));

/** In the order of the book; equal codes by order, then by facts, so that the order of the input does not matter. */
function sorted(findings: readonly Finding<RuleCode>[]): readonly Finding<RuleCode>[] {
  if (findings.length < 2) return findings;
  const keyed = findings.map((found) => ({ found, text: `${found.orderId ?? ''}|${JSON.stringify(found.facts)}` }));
  const place = ({ code }: Finding<RuleCode>): number => places.get(code) ?? 0;
  keyed.sort((a, b) => place(a.found) - place(b.found) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return keyed.map(({ found }) => found);
}

/**
 * Judges one order, or orders submitted together (bracket, one-cancels-other, batch) as one, against everything that can happen
 * in the account. Pure: no clock, no input or output, nothing given is changed.
 *
 * Returns every finding, in the order of the code list; an empty list means nothing speaks against the order. A finding of
 * severity `reject` means: do not send. Malformed orders and unknown accounts are findings too.
 *
 * The situation is prepared once per object and policy object and kept while both live, so pass the same objects for many checks
 * and new objects after a change.
 * @throws {OptionError} for a policy with a name that nobody knows: it would be a limit that holds for nothing.
 */
export function check(
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy?: Partial<Policy>,
): readonly Finding<RuleCode>[];
/** The same, with what guards say behind it. */
export function check(
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy: Partial<Policy> | undefined,
  guards: readonly Guard[],
): readonly Finding[];
export function check(
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy?: Partial<Policy>,
  guards: readonly Guard[] = [],
): readonly Finding[] {
  const orders = Array.isArray(order) ? (order as readonly OrderFacts[]) : [order as OrderFacts];
  const snapshot = snapshotOf(situation, policy);
  const context = contextOf(orders, snapshot);
  const plain = plainOccasionsOf(context);
  const first: Finding<RuleCode>[] = [];
  const { always, ends } = rowsOf(snapshot, plain);
  run(always, context, first);
  const before = first.length;
  run(ends, context, first);
  if (first.length === before) run(rowsOf(snapshot, occasionsOf(context, plain)).others, context, first);
  const found = sorted(first);
  return guards.length === 0 ? found : [...found, ...guardedBy(...guards)(orders, situation)];
}

/** Prepares a situation before orders come, so that the first check is as quick as the rest. Calling it is never necessary. */
export function prepare(situation: Situation, policy?: Partial<Policy>): void {
  snapshotOf(situation, policy).reserves();
}
