// What generated code is made of besides reading and writing: names that are safe, and the tests of conditional rows.

import type { MessageTable } from './message.js';
import type { Plan } from './plan.js';
import type { RecordTable, Rows, Test } from './rows.js';

/** Only our own names get into generated code. */
export function safeName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw new Error(`'${name}' cannot be a name in generated code`);
  return name;
}

/** Expression that is true for a value that says more than "not set". */
export function saysSomething(value: string, nothing: readonly unknown[]): string {
  return [`${value} !== undefined`, ...nothing.map((one) => `${value} !== ${JSON.stringify(one)}`)].join(' && ');
}

/** Expression of a test; `value` gives the expression for what stands at a path. */
export function testText(test: Test, value: (path: string) => string, plan: Plan): string {
  switch (test.op) {
    case 'isSet':
      return `${value(test.path)} !== undefined`;
    case 'notEmpty':
      return `(${value(test.path)} !== undefined && ${value(test.path)} !== '' && ${value(test.path)}.length !== 0)`;
    case 'positive':
      return `${value(test.path)} > 0`;
    case 'infinite':
      return `${value(test.path)} === Infinity`;
    case 'in':
      return `(${test.values.map((option) => `${value(test.path)} === ${JSON.stringify(option)}`).join(' || ')})`;
    case 'messageSince':
      return String(plan.messageVersion >= test.version);
    default:
      return `(${test.tests.map((part) => testText(part, value, plan)).join(test.op === 'any' ? ' || ' : ' && ')})`;
  }
}

/**
 * Statement that makes one object of each shape with every field undefined. Fields that have held undefined are kept as they are, so
 * that V8 makes one box for a double and not two, and no shape changes after the first messages.
 */
export function shapesText(table: MessageTable): string {
  const records = new Set<RecordTable<Rows>>();
  const shape = (rows: Rows, first: string): string =>
    `{ ${[first, ...Object.keys(rows).map((name) => `${safeName(name)}: undefined`)].filter((part) => part !== '').join(', ')} }`;
  const collect = (rows: Rows): void => {
    for (const row of Object.values(rows)) {
      if ((row.row !== 'record' && row.row !== 'list') || records.has(row.record)) continue;
      records.add(row.record);
      collect(row.record.rows);
    }
  };
  collect(table.rows);
  const shapes = [shape(table.rows, `kind: '${safeName(table.kind)}'`), ...[...records].map(({ rows }) => shape(rows, ''))];
  return `[${shapes.join(',\n')}];\n`;
}
