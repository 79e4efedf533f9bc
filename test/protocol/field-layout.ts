// The text layouts of the JSON field tables and of our own tables in one notation, so that a test can compare them line by line.

import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Op, planText } from '../../src/protocol/schema/plan.js';
import type { Test } from '../../src/protocol/schema/rows.js';

export interface JsonTest {
  readonly field?: string;
  readonly op?: string;
  readonly value?: string | readonly string[];
  readonly any?: readonly JsonTest[];
  readonly all?: readonly JsonTest[];
}

/** One element of a JSON field table: a field, a repeat, a condition or a switch. */
export interface JsonField {
  readonly name?: string;
  readonly type?: string;
  readonly role?: string;
  readonly constant?: string;
  /** From this server version on letters beyond ASCII come as escapes. */
  readonly escapedSinceServerVersion?: number;
  readonly from?: string;
  readonly sinceServerVersion?: number;
  readonly untilServerVersion?: number;
  readonly sinceMessageVersion?: number;
  readonly repeat?: string;
  readonly count?: string;
  readonly as?: string;
  readonly when?: string;
  readonly test?: JsonTest;
  readonly switch?: string;
  readonly cases?: { readonly [value: string]: readonly JsonField[] };
  readonly bits?: { readonly [bit: string]: string };
  readonly fields?: readonly JsonField[];
}

/** A layout: one line per field, indented inside lists, conditions and switches. */
export type Layout = readonly string[];

export interface Version {
  readonly server: number;
  /** Version in the message's own version field; infinite where there is none. */
  readonly message: number;
}

/** How a name of the JSON tables is spelt in ours. */
export type Rename = (name: string) => string;

function isOn(field: JsonField, version: Version): boolean {
  return (
    version.server >= (field.sinceServerVersion ?? 0) &&
    version.server <= (field.untilServerVersion ?? Infinity) &&
    version.message >= (field.sinceMessageVersion ?? 0)
  );
}

const indent = (lines: Layout): Layout => lines.map((line) => `  ${line}`);
const LIST_TYPES = new Set(['tagValueString']);

/** Layout that the JSON field table states. */
export function layoutOfJson(fields: readonly JsonField[], version: Version, rename: Rename, list = ''): Layout {
  const lines: string[] = [];
  const here: Rename = (name) => (list === '' ? rename(name) : rename(`${list}.${name}`));
  for (const field of fields) {
    if (!isOn(field, version)) continue;
    const inside = (within: string) => layoutOfJson(field.fields ?? [], version, rename, within);
    if (field.repeat !== undefined) {
      const count = field.count ?? field.repeat;
      const before = lines.pop();
      if (before !== `${here(count)}: int`)
        throw new Error(`the count '${count}' does not stand before its list but '${before}'`);
      const name = here(field.as ?? field.repeat);
      lines.push(`${name}: list`, ...indent(inside(name)));
    } else if (field.when !== undefined) {
      const test = field.test === undefined ? incomingTest(field.when, version, here) : outgoingTest(field.test, here);
      if (test === 'never' || test === 'always') lines.push(...(test === 'always' ? inside(list) : []));
      else lines.push(`when ${test}`, ...indent(inside(list)));
    } else if (field.switch !== undefined) {
      for (const [value, branch] of Object.entries(field.cases ?? {})) {
        lines.push(`when ${here(field.switch)} = ${value}`, ...indent(layoutOfJson(branch, version, rename, list)));
      }
    } else if (field.role === 'messageVersion' || (field.name === 'version' && field.constant !== undefined)) {
      lines.push(field.constant === undefined ? 'version' : `version ${field.constant}`);
    } else if (field.constant !== undefined) {
      lines.push(`${field.name} = '${field.constant}'`);
    } else {
      const isEscaped = version.server >= (field.escapedSinceServerVersion ?? Infinity);
      const name = list === '' && field.from !== undefined && /^[\w.]+$/.test(field.from) ? field.from : (field.name ?? '');
      lines.push(`${here(name)}: ${LIST_TYPES.has(field.type ?? '') ? 'tags' : field.type}${isEscaped ? ', escaped' : ''}`);
    }
  }
  return lines;
}

/** `a == 'x' or b > 0`: the grammar of the incoming table, in our words. */
function incomingTest(when: string, version: Version, rename: Rename): string {
  const terms = when.split(' or ').map((part) => part.replace(/^(\w+) != UNSET and \1 > 0$/, '$1 > 0'));
  const open = terms.filter((term) => !term.startsWith('messageVersion >= '));
  const isMet = terms.some((term) => term.startsWith('messageVersion >= ') && version.message >= Number(term.slice(18)));
  if (isMet) return 'always';
  if (open.length === 0) return 'never';
  return open
    .map((term) => {
      const [, name = '', op, value] = /^([\w.]+) (==|!=|>) (.*)$/.exec(term) ?? [];
      if (op === '!=' && value === "''") return `${rename(name)} is set`;
      if (op === '>' && value === '0') return name.endsWith('Count') ? `${rename(name)} is set` : `${rename(name)} > 0`;
      return op === '==' && /Present$/.test(name) ? `${rename(name)} is set` : `${rename(name)} = ${value?.replaceAll("'", '')}`;
    })
    .join(' or ');
}

function outgoingTest(test: JsonTest, rename: Rename): string {
  if (test.any !== undefined) return test.any.map((part) => outgoingTest(part, rename)).join(' or ');
  if (test.all !== undefined) return test.all.map((part) => `(${outgoingTest(part, rename)})`).join(' and ');
  const name = rename(test.field ?? '');
  if (test.op === 'greaterThanZero') return test.field?.endsWith('Count') === true ? `${name} is set` : `${name} > 0`;
  if (test.op === 'notEmpty' || test.op === 'isTrue') return `${name} is set`;
  if (test.op === 'isInfinity') return `${name} = Infinity`;
  const values = typeof test.value === 'string' ? [test.value] : (test.value ?? []);
  return values.map((value) => `${name} = ${value}`).join(' or ');
}

/** Layout that our table has at the same versions. */
export function layoutOfTable(table: MessageTable, version: Version, rename: Rename): Layout {
  return linesOf(planText(table, version.server, version.message).ops, { version, rename, list: '' });
}

interface Scope {
  readonly version: Version;
  readonly rename: Rename;
  readonly list: string;
}

function linesOf(ops: readonly Op[], scope: Scope): Layout {
  const nameOf = (path: string): string => scope.rename(scope.list === '' ? path : `${scope.list}.${path}`);
  return ops.flatMap((op): Layout => {
    switch (op.op) {
      case 'version':
        return [`version ${op.version}`];
      case 'constant':
        return [`${op.name} = '${op.text}'`];
      case 'field':
        return [`${nameOf(op.path)}: ${op.codec.name}${op.codec.read === 'escaped' ? ', escaped' : ''}`];
      case 'tagString':
        return [`${nameOf(op.path)}: tags`];
      case 'pairs':
        return [`${nameOf(op.path)}: list`, `  ${nameOf(op.path)}.tag: string`, `  ${nameOf(op.path)}.value: string`];
      case 'scalars':
        return [`${nameOf(op.path)}: list`, `  ${nameOf(op.path)}: ${op.codec.name}`];
      case 'list':
        return [`${nameOf(op.path)}: list`, ...indent(linesOf(op.ops, { ...scope, list: nameOf(op.path) }))];
      case 'alongside':
        return [`${nameOf(op.path)}.${op.name}: list`, `  ${nameOf(op.path)}.${op.name}: ${op.codec.name}`];
      case 'when': {
        const test = say(op.test, nameOf, scope.version);
        if (test === 'never' || test === 'always') return test === 'always' ? linesOf(op.ops, scope) : [];
        return [`when ${test}`, ...indent(linesOf(op.ops, scope))];
      }
      case 'present':
        return [`${nameOf(op.path)}: bool`, `when ${nameOf(op.path)} is set`, ...indent(linesOf(op.ops, scope))];
      default:
        return [...op.cases].flatMap(([value, inner]) => [
          `when ${nameOf(op.path)} = ${value}`,
          ...indent(linesOf(inner, scope)),
        ]);
    }
  });
}

function say(test: Test, nameOf: Rename, version: Version): string {
  switch (test.op) {
    case 'in':
      return test.values.map((value) => `${nameOf(test.path)} = ${value}`).join(' or ');
    case 'any': {
      const parts = test.tests.map((part) => say(part, nameOf, version)).filter((part) => part !== 'never');
      return parts.includes('always') ? 'always' : parts.join(' or ');
    }
    case 'all':
      return test.tests.map((part) => `(${say(part, nameOf, version)})`).join(' and ');
    case 'positive':
      return `${nameOf(test.path)} > 0`;
    case 'infinite':
      return `${nameOf(test.path)} = Infinity`;
    case 'messageSince':
      return version.message >= test.version ? 'always' : 'never';
    default:
      return `${nameOf(test.path)} is set`;
  }
}
