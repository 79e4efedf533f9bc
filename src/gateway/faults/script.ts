// Fault scripts: `at 2s cut; on reqMktData never; after 100 frames corrupt 1`. One statement says when, then what.
import { writtenError } from '../../input/written-error.js';
import type { IncomingKind, OutgoingKind } from '../../protocol/registry.js';
import { incomingKinds, outgoingKinds } from '../../protocol/registry.js';
import type { Clock } from '../clock.js';
import type { FarmState } from './farms.js';
import type { Faults, Target } from './faults.js';
import type { VenueAct } from './venue.js';

/** A script that cannot be read: says which statement and why. */
export class FaultScriptError extends Error {
  readonly statement: string;
  constructor(statement: string, why: string) {
    super(`cannot read the fault '${statement}': ${why}`);
    this.name = 'FaultScriptError';
    this.statement = statement;
  }

  /** Its name and text beside its own fields, which is all that JSON would keep. */
  toJSON(): Readonly<Record<string, unknown>> {
    return writtenError(this);
  }
}

type When =
  | { readonly at: 'now' }
  | { readonly at: 'time'; readonly ms: number }
  | { readonly at: 'every'; readonly ms: number }
  | { readonly at: 'request'; readonly kind: OutgoingKind }
  | { readonly at: 'frames'; readonly count: number };

/** A line of a fault script, ready to run. */
export interface Statement {
  readonly text: string;
  readonly when: When;
  readonly run: (faults: Faults) => void;
}

/**
 * Reads a script. Statements are separated by `;` or line ends:
 * `[at <time> | every <time> | on <request> | after <n> frames] <what> [for client <id>]` with times such as `2s`, `150ms`, `3m`.
 * @throws {FaultScriptError} before anything is done.
 */
export function parseScript(script: string): Statement[] {
  return script
    .split(/[;\n]/)
    .map((text) => text.trim().replace(/\s+/g, ' '))
    .filter((text) => text !== '')
    .map(parseStatement);
}

/** Reads a script and puts it to work. @throws {FaultScriptError} */
export function runScript(script: string, faults: Faults, clock: Clock): void {
  for (const { when, run } of parseScript(script)) {
    const act = (): void => run(faults);
    switch (when.at) {
      case 'now':
        act();
        break;
      case 'time':
        clock.at(clock.now() + when.ms, act);
        break;
      case 'every':
        clock.every(when.ms, act);
        break;
      case 'request':
        faults.whenAsked(when.kind, act);
        break;
      case 'frames':
        faults.afterFrames(when.count, act);
        break;
    }
  }
}

function parseStatement(text: string): Statement {
  const fail = (why: string): never => {
    throw new FaultScriptError(text, why);
  };
  const [, before, clientId] = /^(.*?)(?: for client (-?\d+))?$/.exec(text) ?? [];
  const target: Target = clientId === undefined ? {} : { clientId: Number(clientId) };
  const words = (before ?? '').split(' ');
  const [first = '', second = '', third = ''] = words;
  if (first === 'at' || first === 'every') {
    const ms = timeOf(second, fail);
    return { text, when: { at: first === 'at' ? 'time' : 'every', ms }, run: actionOf(words.slice(2), target, fail) };
  }
  if (first === 'after') {
    const count = wholeOf(second, fail);
    if (third !== 'frames' && third !== 'frame') fail('after needs a number of frames');
    return { text, when: { at: 'frames', count }, run: actionOf(words.slice(3), target, fail) };
  }
  if (first === 'on') {
    const kind = requestOf(second, fail);
    const what = words.slice(2);
    if (what[0] === 'never') return { text, when: { at: 'now' }, run: (faults) => faults.never(kind, countOf(what[1], fail)) };
    return { text, when: { at: 'request', kind }, run: actionOf(what, target, fail) };
  }
  return { text, when: { at: 'now' }, run: actionOf(words, target, fail) };
}

type Fail = (why: string) => never;

/** What each verb does with its words. */
const VERBS: Readonly<Record<string, (words: readonly string[], target: Target, fail: Fail) => (faults: Faults) => void>> = {
  cut: (_words, target) => (faults) => faults.cut(target),
  stall: (_words, target) => (faults) => faults.stall(target),
  resume: (_words, target) => (faults) => faults.resume(target),
  'half-open': (_words, target) => (faults) => faults.halfOpen(target),
  dribble: ([bytes], target, fail) => {
    const size = wholeOf(bytes ?? '1', fail);
    return (faults) => faults.dribble(size, target);
  },
  corrupt: ([bytes], target, fail) => {
    const count = wholeOf(bytes ?? '1', fail);
    return (faults) => faults.corrupt(count, target);
  },
  'slow-reading': ([rate], target, fail) => {
    const bytes = wholeOf(rate, fail);
    return (faults) => faults.slowReading(bytes, target);
  },
  never: ([kind, count], _target, fail) => {
    const request = requestOf(kind, fail);
    const most = countOf(count, fail);
    return (faults) => faults.never(request, most);
  },
  answer: ([kind], _target, fail) => {
    const request = requestOf(kind, fail);
    return (faults) => faults.answer(request);
  },
  lose: ([kind, count], _target, fail) => {
    const message = messageOf(kind, fail);
    const most = countOf(count, fail);
    return (faults) => faults.lose(message, most);
  },
  duplicate: ([kind, count], _target, fail) => {
    const message = messageOf(kind, fail);
    const most = countOf(count, fail);
    return (faults) => faults.duplicate(message, most);
  },
  delay: ([kind, time, count], _target, fail) => {
    const message = messageOf(kind, fail);
    const ms = timeOf(time, fail);
    const most = countOf(count, fail);
    return (faults) => faults.delay(message, ms, most);
  },
  'late-commission': ([time], _target, fail) => {
    const ms = timeOf(time, fail);
    return (faults) => faults.lateCommission(ms);
  },
  straighten: () => (faults) => faults.straighten(),
  'lose-orders': ([count], _target, fail) => {
    const most = countOf(count, fail);
    return (faults) => faults.loseOrders(most);
  },
  'refuse-cancels': (words, _target, fail) => refusalAtVenue('cancel', words, fail),
  'refuse-changes': (words, _target, fail) => refusalAtVenue('modify', words, fail),
  '1100': () => (faults) => faults.disconnect(),
  '1101': () => (faults) => faults.reconnect('lost'),
  '1102': () => (faults) => faults.reconnect('kept'),
  '1300': ([port], _target, fail) => {
    const to = port === undefined ? 0 : wholeOf(port, fail);
    return (faults) => void faults.movePort(to).catch(() => {});
  },
  '10197':
    ([state]) =>
    (faults) =>
      faults.competing(state !== 'off'),
  farm: ([name = '', state], _target, fail) => {
    if (state !== 'ok' && state !== 'broken' && state !== 'inactive') fail('a farm is ok, broken or inactive');
    return (faults) => faults.farm(name, state as FarmState);
  },
  restart: (words, _target, fail) => {
    const after = (word: string): string | undefined =>
      words.includes(word) ? (words[words.indexOf(word) + 1] ?? '') : undefined;
    const down = after('down');
    const rollback = after('rollback');
    const options = {
      ...(down !== undefined && { downFor: timeOf(down, fail) }),
      ...(rollback !== undefined && { rollback: wholeOf(rollback, fail) }),
    };
    return (faults) => faults.restart(options);
  },
  'fill-away': ([which = '', price], target, fail) => {
    const at = Number(price);
    if (which === '' || !(at > 0)) fail('fill-away needs an instrument and a price');
    return (faults) => faults.fillDuringDisconnect(which, at, target);
  },
  'ledger-prefix':
    ([state]) =>
    (faults) =>
      faults.prefixLedger(state !== 'off'),
  mute:
    ([state]) =>
    (faults) =>
      faults.mute(state !== 'off'),
};

/** `refuse-cancels [silent | said] [count]`. */
function refusalAtVenue(act: VenueAct, [first, second]: readonly string[], fail: Fail): (faults: Faults) => void {
  const isNamed = first === 'silent' || first === 'said';
  const how = isNamed ? first : 'silent';
  const count = countOf(isNamed ? second : first, fail);
  return (faults) => faults.refuseAtVenue(act, how, count);
}

/** The verbs of the grammar, for help texts. */
export const FAULT_VERBS: readonly string[] = Object.keys(VERBS);

function actionOf(words: readonly string[], target: Target, fail: Fail): (faults: Faults) => void {
  const [verb = '', ...rest] = words;
  const make = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  return make === undefined ? fail(`'${verb}' is none of ${FAULT_VERBS.join(', ')}`) : make(rest, target, fail);
}

function timeOf(text: string | undefined, fail: Fail): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text ?? '') ?? [];
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit ?? ''];
  return factor === undefined ? fail(`'${text ?? ''}' is no time such as 2s, 150ms, 3m`) : Number(amount) * factor;
}

function wholeOf(text: string | undefined, fail: Fail): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : fail(`'${text ?? ''}' is no whole number`);
}

function countOf(text: string | undefined, fail: Fail): number {
  return text === undefined ? Number.POSITIVE_INFINITY : wholeOf(text, fail);
}

function requestOf(text: string | undefined, fail: Fail): OutgoingKind {
  return outgoingKinds.find(({ kind }) => kind === text)?.kind ?? fail(`there is no request '${text ?? ''}'`);
}

function messageOf(text: string | undefined, fail: Fail): IncomingKind {
  return incomingKinds.find(({ kind }) => kind === text)?.kind ?? fail(`there is no message '${text ?? ''}'`);
}
