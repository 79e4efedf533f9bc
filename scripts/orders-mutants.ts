// Where the order room is broken, one place at a time, and which tests have to see it: the cheap ones first.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { guardCodes } from '../src/rules/book/guard-codes.js';
import { ruleCodes } from '../src/rules/book/list.js';

export const ROOT = resolve(import.meta.dirname, '..');

export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** Those of a stage run only where those before it have seen nothing. */
  readonly stages: readonly (readonly string[])[];
}

export const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Test files of the order room, without the sequences, and without the journal, which writes to the disk and judges nothing. */
const TESTS: readonly { readonly file: string; readonly text: string }[] = ['test/rules', 'test/client/orders', 'test/witness']
  .flatMap((room) => readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`))
  .filter((name) => name.endsWith('.test.ts') && !/sequences|journal/.test(name))
  .map((file) => ({ file, text: source(file) }));
/** Of a room the files that name a code. */
const naming = (room: string, code: string): readonly string[] =>
  TESTS.filter(({ file, text }) => file.startsWith(room) && text.includes(code)).map(({ file }) => file);
const EVERY_RULE = TESTS.map(({ file }) => file).filter((file) => file.startsWith('test/rules/'));

/** Every field that is refused, called harmless; every understood one, no longer on the list. */
function fields(): Mutant[] {
  const file = 'src/rules/fields.ts';
  let table = '';
  return [...source(file).matchAll(/^export const (\w+): Table|^ {2}(\w+): '(refused|understood)',$/gm)].flatMap(
    (found): Mutant[] => {
      const [line, opened, field, was] = found;
      if (opened !== undefined) table = opened;
      if (field === undefined) return [];
      // A name may stand in several tables: only the line of this one is broken.
      const from = new RegExp(`(export const ${table}: Table[^}]*?\\n)${line}`);
      const to = `$1  ${field}: ${was === 'refused' ? "'harmless: mutant'" : "'refused'"},`;
      return [{ name: `${was} ${field} of ${table}`, file, from, to, stages: [['test/rules/field-list.test.ts']] }];
    },
  );
}

/** Every row of the rule book, dropped. */
function rules(): Mutant[] {
  const first = ['test/rules/cases.test.ts', 'test/rules/fields.test.ts', 'test/rules/field-list.test.ts'];
  return Object.keys(ruleCodes).map(
    (code): Mutant => ({
      name: `drop ${code}`,
      file: 'src/rules/check.ts',
      from: 'Object.entries(ruleCodes)',
      to: `Object.entries(ruleCodes).filter(([code]) => code !== '${code}')`,
      stages: [first, naming('test', code), EVERY_RULE],
    }),
  );
}

/** Every finding that is made outside of the book, by a guard, a switch or a confirmation: said, and refusing nothing. */
function guards(): Mutant[] {
  const words = 'const words = code in sharedCodes';
  const folders = ['src/rules/guards', 'src/client/orders'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const said = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...source(name).matchAll(/say\('([A-Z-]+)'/g)].map(({ 1: code = '' }) => code));
  return [...new Set([...Object.keys(guardCodes), ...said])].map(
    (code): Mutant => ({
      name: `guard ${code}`,
      file: 'src/rules/guards/guard.ts',
      from: words,
      to: `if (code === '${code}') severity = 'info';\n  ${words}`,
      stages: [naming('test/client', code), naming('test/rules', code)],
    }),
  );
}

/** Every kind of request that may trade, off the list of what a read-only session refuses. */
function readOnly(): Mutant[] {
  const file = 'src/client/conversation/order-gate.ts';
  return ['placeOrder', 'cancelOrder', 'reqGlobalCancel', 'exerciseOptions'].map((kind): Mutant => {
    const from = new RegExp(`(new Set<OrderKind>\\(\\[[^\\]]*?)'${kind}',?`);
    return { name: `read-only lets ${kind} pass`, file, from, to: '$1', stages: [['test/client/orders/send/raw.test.ts']] };
  });
}

/** A child whose parent was not known yet: never sent again, sent at once, sent though it was cancelled, sent unjudged. */
function childRetry(): Mutant[] {
  const file = 'src/client/orders/send/retry.ts';
  const stages = [['test/client/orders/send/retry.test.ts']];
  return [
    { name: 'child retry dropped', file, from: /core\.timer\.after\(CHILD_RETRY_MS, /, to: 'void (', stages },
    { name: 'child retry ignores a cancel', file, from: ' || trade.record.isCancelAsked', to: '', stages },
    { name: 'child retry ignores an end', file, from: 'isEnd(trade.state) || trade.record', to: 'trade.record', stages },
    { name: 'child retry is not judged', file, from: /return pass\(desk.*\);/, to: 'return [];', stages },
    {
      name: 'child retry passes no guards',
      file: 'src/client/orders/judge/judge.ts',
      from: 'again: guardedBy(...own)',
      to: 'again: guardedBy(...always)',
      stages,
    },
    {
      name: 'child retry is held against itself',
      file: 'src/client/orders/judge/judge.ts',
      from: "times === 'again' ?",
      to: 'false ?',
      stages,
    },
  ];
}

const REDUCER = [['test/client/orders/record/next.test.ts', 'test/client/orders/record/endings.test.ts']];

/** Every transition of the reducer, dropped: what happened leaves the record as it was. */
function transitions(): Mutant[] {
  const file = 'src/client/orders/record/next.ts';
  return [...source(file).matchAll(/^ {4}case '(\w+)':[\s\S]*?(?=^ {4}(?:case|default))/gm)].flatMap(({ 0: body, 1: what }) => {
    const to = `    case '${what}':\n      return { record };\n`;
    return body === to ? [] : [{ name: `transition ${what}`, file, from: body, to, stages: REDUCER }];
  });
}

/** What the transitions are made of: in the reducer, in what a status does, and in what follows of both. */
function reducer(): Mutant[] {
  const broken = (name: string, file: string, from: string, to: string): Mutant => ({
    name: `reducer: ${name}`,
    file: `src/client/orders/record/${file}.ts`,
    from,
    to,
    stages: REDUCER,
  });
  return [
    broken('a second permId is no alarm', 'next', 'permIds.length > 1', 'permIds.length > 99'),
    broken('permIds without end', 'next', ' || record.permIds.length >= MOST_PERM_IDS', ''),
    broken(
      'a report names no account',
      'next',
      'accountOf({ ...before, reported: told.order }, told.order?.account)',
      'before.account',
    ),
    broken('a report counts legs as before', 'next', 'before.fills.for(contract?.secType)', 'before.fills'),
    broken('a report is never news', 'next', "emit({ is: 'report', isChanged })", "emit({ is: 'report', isChanged: false })"),
    broken('the first report of an own order is news', 'next', '? !before.isPlaced :', '? true :'),
    broken(
      'a denied end is not asked about',
      'next',
      "if (record.doubt !== 'contradiction') return { record, said };",
      'return { record, said };',
    ),
    broken('a known execution counts again', 'next', "if (change.is === 'known') return { record: known };", ''),
    broken('an execution tells no account', 'next', 'accountOf(before, fill.account)', 'before.account'),
    broken('an execution is not heard', 'next', 'heardAt: before.heardAt ?? at }', 'heardAt: before.heardAt }'),
    broken(
      'a correction keeps what was counted',
      'next',
      "change.is === 'corrected' ? undefined : known.claimed",
      'known.claimed',
    ),
    broken('more than ordered is no alarm', 'next', 'total?.lt(fills.filled) === true', 'total === undefined'),
    broken('a completed order is never refused', 'next', '/^Rejected/i', '/^Never/'),
    broken('a completed order is never by its user', 'next', '/by Trader/i', '/by Never/'),
    broken('a completed order is never by the system', 'next', '/by System/i', '/by Never/'),
    broken('a completed order without words is over', 'next', "if (!isOver && text === '') return { record, said };", ''),
    broken(
      'a completed order that works is over',
      'next',
      "if (!isOver && line.status !== 'Inactive') return { record, said };",
      '',
    ),
    broken('a list brings everything back', 'next', 'if (isEnd(before.state)) return { record: before };', ''),
    broken('a list brings nothing back', 'next', "if (before.doubt !== 'contradiction') {", 'if (true) {'),
    broken('a list leaves the doubt', 'next', 'record: { ...record, doubt: undefined },', 'record,'),
    broken('notices without end', 'next', 'notices.size < MOST_NOTICES', 'true'),
    broken('a child is sent again without end', 'next', ' && !isRetried', ''),
    broken('what has no parent is sent again', 'next', ' && parentOf(before) !== undefined', ''),
    broken('a child of others is sent again', 'next', 'if (isTooSoon && isPlaced && contract', 'if (isTooSoon && contract'),
    broken('a doubtful refusal is not asked about', 'next', 'verdict.reconcile ? alleged(record, reason) :', ''),
    broken('what is alleged counts at once', 'next', "death: { is: 'alleged', reason }", "death: { is: 'refused', reason }"),
    broken('every doubtful error is a refusal', 'next', "if (record.state.at === 'cancelled' && record.end", 'if (record.end'),
    broken('a list does not acquit', 'next', "before.death?.is === 'alleged' ? undefined : before.death", 'before.death'),
    broken('what is alleged is never borne out', 'order-record', "return record.death?.is === 'alleged' ?", 'return false ?'),
    broken('inactive bears nothing out', 'took-status', "meaning === 'idle' || meaning === 'over' ?", "meaning === 'over' ?"),
    broken(
      'a doubtful refusal of a change is not asked about',
      'next',
      "return verdict.reconcile ? asking(lives, 'notice') : { record: lives };",
      'return { record: lives };',
    ),
    broken(
      '161 behind the end is asked about',
      'next',
      "if (record.state.at === 'cancelled' && verdict.state === undefined) return { record };",
      '',
    ),
    broken('a question does not hold the end', 'next', '{ ...record, isQuestioned: true }', '{ ...record }'),
    broken('a change that ends takes the cancel with it', 'next', 'record.asked === what ?', 'true ?'),
    broken('a cancel counts more than a refusal', 'next', "return death?.is === 'refused' || death", 'return death'),
    broken('what has left is taken back', 'next', 'if (record.sentAt !== undefined || !record.isPlaced) return { record };', ''),
    broken(
      'an end leaves its denial',
      'took-status',
      "record.doubt === 'contradiction' ? { ...record, doubt: undefined } : record",
      'record',
    ),
    broken('a late word brings back', 'took-status', 'if (isCertain || mayPass)', 'if (true)'),
    broken('nothing that has ended is known as such', 'took-status', 'if (!wasOver) return', 'if (true) return'),
    broken('a late word is not doubted', 'took-status', "{ ...record, doubt: 'contradiction' }", 'record'),
    broken('a late Inactive is doubted', 'took-status', "meaning === 'idle' ? record :", ''),
    broken('a child that was refused passes', 'took-status', ' && death?.reason === undefined', ''),
    broken('a child that was filled passes', 'took-status', "status !== 'filled' && ", ''),
    broken('a child whose cancel was asked for passes', 'took-status', ' && !isCancelAsked', ''),
    broken('what vanished stays so', 'took-status', "before.doubt === 'vanished' ? undefined :", ''),
    broken('a smaller count is taken', 'took-status', 'claimed.gt(before.claimed)', 'true'),
    broken('the same again is said', 'took-status', 'last.status !== line.status ||', 'true ||'),
    broken('an order is not heard by its status', 'took-status', 'heardAt: before.heardAt ?? line.at', 'heardAt: before.heardAt'),
    broken(
      'executions that lack are not asked for',
      'conclude',
      "cause: isBehind(record) ? 'fillsMissing' : 'notice'",
      "cause: 'notice'",
    ),
    broken('what comes back is not announced', 'conclude', "emit({ is: 'reopened', was, end: record.end });", ';'),
    broken('children are not asked about', 'conclude', "wish({ wish: 'askChildren' });", ';'),
    broken('no end is told', 'conclude', "emit({ is: 'end', end: record.end });", ''),
    broken('a question does not hold an end', 'conclude', 'record.isQuestioned || at < until', 'at < until'),
    broken('no reason is waited for', 'conclude', '? patience.reason : 0', '? 0 : 0'),
    broken('no charge is waited for', 'conclude', 'isReported(record) ? 0 : patience.commissions', '0'),
    broken('questions never grow rarer', 'conclude', '* 3 ** tries', ''),
  ];
}

/** Where the market stands when conditions let an order begin. */
function awaitedPrices(): Mutant[] {
  const conditions = 'test/client/orders/judge/conditions.test.ts';
  const broken = (name: string, from: string, to: string): Mutant => ({
    name: `awaited: ${name}`,
    file: 'src/rules/facts/awaited.ts',
    from,
    to,
    stages: [['test/rules/awaited.test.ts'], [conditions]],
  });
  return [
    broken('conditions that cancel are waited for', 'conditionsCancelOrder === true ? []', 'false ? []'),
    broken('a price is not read', 'readDecimal(price) ??', ''),
    broken('a percentage is not read', 'readDecimal(changePercent)]', '0n]'),
    broken('an option without a price of its underlying is bounded', 'return undefined;', 'return now;'),
    broken('an option follows another move', 'isCall !== isMore', 'false'),
    broken('a put gains by a rise', 'isMore ? at - under : under - at', 'at - under'),
    broken('a put is worth more than its strike', 'smaller(now + gain, strike)', 'now + gain'),
    broken('the price of the contract itself is not waited for', 'condition.conId === conId', 'false'),
    broken('the price of the underlying is not waited for', 'condition.conId === underConId', 'false'),
    broken('a sale waits for its underlying', " && way === 'up' ? optionAt", ' ? optionAt'),
    broken('the nearest of several counts', "way === 'up' ? larger(farthest, at)", "way === 'up' ? at"),
    broken('the nearest below counts', ': smaller(farthest, at)', ': at'),
    broken('what is not bounded is', 'if (at === undefined) return undefined;', 'if (at === undefined) continue;'),
    broken('a combination waits for none of its legs', 'about.has(condition.conId)', 'false'),
    broken('a combination waits for no underlying', ', contract.underConId])', '])'),
  ];
}

/** What counts of orders as they are told, of groups, and of what is stopped while it leaves. */
function told(): Mutant[] {
  const orders = 'test/client/orders';
  const one = (name: string, file: string, from: string, to: string, ...tests: readonly string[]): Mutant => ({
    name: `told: ${name}`,
    file: `src/${file}.ts`,
    from,
    to,
    stages: [tests.map((test) => `${orders}/${test}.test.ts`)],
  });
  const [terms, groups, unshown, stopped] = ['judge/told-terms', 'judge/groups', 'judge/unshown', 'send/stopped'];
  const types = 'rules/facts/order-types';
  return [
    one('a market order has its limit', types, 'if (WITHOUT_LIMIT.has(orderType)) return undefined;', '', terms),
    one('a cap of 0 is one', types, ': readPositive(lmtPrice)', ': readDecimal(lmtPrice)', terms),
    one('what is told again is as before', 'client/orders/record/next', '!isSameOrder(reported, told.order)', 'false', terms),
    one('a group has an account', 'client/orders/record/order-record', 'groupOf(record) === undefined ?', 'true ?', groups),
    one(
      'an empty account is one',
      'client/orders/record/order-record',
      'record.account || told || undefined',
      'record.account ?? told',
      groups,
    ),
    one(
      'a group counts in all accounts',
      'client/orders/judge/groups',
      'members.get(name)?.has(account) !== false',
      'true',
      groups,
    ),
    one(
      'a group is asked for once',
      'client/orders/judge/groups',
      ' && session.timer.now() - answered.at <= FRESH_MS',
      '',
      groups,
    ),
    one('a group that is replaced stays', 'client/orders/judge/groups', "listen('replaceFAEnd'", "listen('receiveFA'", groups),
    one('a row of the same moment shows nothing', 'client/orders/judge/unshown', 'before < rows', 'before + 1 < rows', unshown),
    one(
      'legs are executions of the whole',
      'client/orders/judge/unshown',
      "trade.contract?.secType === 'BAG' ?",
      'false ?',
      unshown,
    ),
    one(
      'the kill switch is asked before the journal alone',
      'client/orders/send/desk',
      '    passKillSwitch(options, action);\n    core',
      '    core',
      stopped,
    ),
    one('what left in the turn of the kill switch works', 'client/orders/send/depart', 'cancelLate(desk, trades);', '', stopped),
    one('a raw one too', 'client/orders/send/raw', 'cancelLate(desk, [trade]);', '', stopped),
    one(
      'a guard cancels in vain',
      'client/orders/send/depart',
      '    refuseCancelled();\n    const waited',
      '    const waited',
      stopped,
    ),
  ];
}

export const mutants = (): readonly Mutant[] => [
  ...[...fields(), ...rules(), ...guards(), ...readOnly(), ...childRetry(), ...awaitedPrices(), ...told()],
  ...[...transitions(), ...reducer()],
];
