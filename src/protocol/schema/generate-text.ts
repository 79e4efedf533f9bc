// Writes the text of the straight functions that decode and encode one kind on the text wire at one server version.

import type { Codec } from './codecs.js';
import type { MessageTable } from './message.js';
import type { Missing, Op, Plan } from './plan.js';
import type { RecordTable, Rows, Test } from './rows.js';

/** Only our own names get into generated code. */
export function safeName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw new Error(`'${name}' cannot be a name in generated code`);
  return name;
}

function localOf(scope: string, path: string): string {
  return `${scope}f_${safeName(path.replaceAll('.', '_'))}`;
}

/** Body of `(r) => message`. */
export function textDecoder(table: MessageTable, plan: Plan): string {
  const code: string[] = [];
  const known = new Map<string, string>();
  const hoisted: string[] = [];
  readOps(plan.ops, { scope: '', code, known, hoisted, depth: 0, inBlock: false, plan });
  const head = hoisted.length > 0 ? `let ${hoisted.join(', ')};\n` : '';
  return `${head}${code.join('\n')}\nreturn ${objectText(table.rows, '', '', known, `kind: '${safeName(table.kind)}'`)};`;
}

interface Reading {
  readonly scope: string;
  readonly code: string[];
  /** Path → local that holds it. */
  readonly known: Map<string, string>;
  readonly hoisted: string[];
  readonly depth: number;
  readonly inBlock: boolean;
  readonly plan: Plan;
}

function readOps(ops: readonly Op[], to: Reading): void {
  for (const op of ops) readOp(op, to);
}

/** Keeps a value under its path; `none` is what it is when its block is passed over. */
function assign(path: string, value: string, to: Reading, none = ''): void {
  const local = localOf(to.scope, path);
  if (to.known.has(path)) {
    if (!to.hoisted.some((name) => name.split(' ')[0] === local)) {
      const first = to.code.findIndex((line) => line.startsWith(`const ${local} = `));
      if (first >= 0) to.code[first] = to.code[first]!.replace('const ', 'let ');
    }
    to.code.push(`${local} = ${value};`);
    return;
  }
  to.known.set(path, local);
  if (to.inBlock) {
    to.hoisted.push(none === '' ? local : `${local} = ${none}`);
    to.code.push(`${local} = ${value};`);
  } else {
    to.code.push(`const ${local} = ${value};`);
  }
}

function readOp(op: Op, to: Reading): void {
  const { code } = to;
  switch (op.op) {
    case 'version':
    case 'constant':
      code.push('r.skip();');
      return;
    case 'field':
      assign(op.path, `r.${op.codec.read}()`, to);
      return;
    case 'tagString':
      assign(op.path, 'r.tagString()', to, 'NONE');
      return;
    case 'pairs':
      readLoop(op.path, `{ tag: r.text() ?? '', value: r.text() ?? '' }`, to);
      return;
    case 'scalars':
      readLoop(op.path, `r.${op.codec.read}()`, to);
      return;
    case 'list':
      readList(op.path, op.record, op.ops, to);
      return;
    case 'alongside':
      readAlongside(op.path, op.name, op.codec, to);
      return;
    case 'when':
      readBlock(`if (${testText(op.test, (path) => to.known.get(path) ?? 'undefined', to.plan)})`, op.ops, to);
      return;
    case 'present':
      code.push(`if (r.bool() === true) {`);
      readOps(op.ops, { ...to, inBlock: true });
      assign(op.path, objectText(op.record.rows, to.scope, `${op.path}.`, to.known), { ...to, inBlock: true });
      code.push('}');
      return;
    case 'choose': {
      const value = to.known.get(op.path) ?? 'undefined';
      code.push(`switch (${value}) {`);
      for (const [key, ops] of op.cases) {
        code.push(`case ${key}:`);
        readOps(ops, { ...to, inBlock: true });
        code.push('break;');
      }
      code.push(`default: r.fail('${safeName(op.path)} ' + ${value} + ' is not known', r.at);\n}`);
    }
  }
}

function readBlock(head: string, ops: readonly Op[], to: Reading): void {
  to.code.push(`${head} {`);
  readOps(ops, { ...to, inBlock: true });
  to.code.push('}');
}

function readLoop(path: string, element: string, to: Reading): void {
  const n = `n${to.depth}_${to.code.length}`;
  const list = `l${to.depth}_${to.code.length}`;
  to.code.push(`const ${n} = r.count(); const ${list} = [];`, `for (let i = 0; i < ${n}; i++) ${list}.push(${element});`);
  assign(path, list, to, 'NONE');
}

function readList(path: string, record: RecordTable<Rows>, ops: readonly Op[], to: Reading): void {
  const id = `${to.depth}_${to.code.length}`;
  const inner: Reading = {
    scope: `e${id}_`,
    code: [],
    known: new Map(),
    hoisted: [],
    depth: to.depth + 1,
    inBlock: false,
    plan: to.plan,
  };
  readOps(ops, inner);
  const head = inner.hoisted.length > 0 ? `let ${inner.hoisted.join(', ')};\n` : '';
  to.code.push(
    `const n${id} = r.count(); const l${id} = [];`,
    `for (let i${to.depth} = 0; i${to.depth} < n${id}; i${to.depth}++) {`,
    `${head}${inner.code.join('\n')}`,
    `l${id}.push(${objectText(record.rows, inner.scope, '', inner.known)});`,
    '}',
  );
  assign(path, `l${id}`, to, 'NONE');
}

function readAlongside(path: string, name: string, codec: Codec<unknown>, to: Reading): void {
  const list = to.known.get(path) ?? 'undefined';
  const n = `n${to.depth}_${to.code.length}`;
  to.code.push(
    `const ${n} = r.count();`,
    `if (${n} > (${list} === undefined ? 0 : ${list}.length)) r.fail('more prices than legs', r.at);`,
    `for (let i = 0; i < ${n}; i++) ${list}[i].${safeName(name)} = r.${codec.read}();`,
  );
}

/** Object literal with every row, so that all objects of a kind share one shape. */
function objectText(rows: Rows, scope: string, prefix: string, known: ReadonlyMap<string, string>, first?: string): string {
  const parts = first === undefined ? [] : [first];
  for (const [name, row] of Object.entries(rows)) {
    const path = prefix + name;
    const local = known.get(path);
    let value = 'undefined';
    if (local !== undefined) value = local;
    else if (row.row === 'record') {
      const inside = [...known.keys()].some((other) => other.startsWith(`${path}.`));
      if (inside) value = objectText(row.record.rows, scope, `${path}.`, known);
    } else if (row.row !== 'field') value = 'NONE';
    parts.push(`${safeName(name)}: ${value}`);
  }
  return `{ ${parts.join(', ')} }`;
}

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

// --- encode ---

/** Body of `(w, m, refuse) => void`. `refuse(path, needs, why)` throws. */
export function textEncoder(table: MessageTable, plan: Plan): string {
  const code: string[] = ['let v;'];
  const objects = new Set<string>();
  const to: Writing = {
    code,
    depth: 0,
    isClient: table.direction === 'outgoing',
    plan,
    value: (path) => reach('m', path, objects, code),
  };
  for (const missing of plan.missing) refusal(missing, to);
  writeOps(plan.ops, to);
  return code.join('\n');
}

interface Writing {
  readonly code: string[];
  readonly depth: number;
  readonly isClient: boolean;
  readonly plan: Plan;
  /** Expression for the value at a path. */
  readonly value: (path: string) => string;
}

/** Declares locals for the nested objects of a path and gives the expression of its last step. */
function reach(root: string, path: string, objects: Set<string>, code: string[]): string {
  const steps = path.split('.').map(safeName);
  let from = root;
  let name = root;
  for (const step of steps.slice(0, -1)) {
    name = `${name}_${step}`;
    if (!objects.has(name)) {
      objects.add(name);
      code.push(`const ${name} = ${from}.${step} ?? EMPTY;`);
    }
    from = name;
  }
  return `${from}.${steps.at(-1)}`;
}

export function refusal(missing: Missing, to: { readonly code: string[]; readonly value: (path: string) => string }): void {
  const { path, needs, why } = missing;
  const value = to.value(path);
  to.code.push(`v = ${value};`);
  const isSet = missing.isList
    ? 'v !== undefined && v.length !== 0'
    : missing.fallback === undefined
      ? 'v !== undefined'
      : `v !== undefined && v !== ${JSON.stringify(missing.fallback)}`;
  to.code.push(
    `if (${isSet}) refuse(${JSON.stringify(path)}, ${needs ?? 'undefined'}, ${why === undefined ? 'undefined' : JSON.stringify(why)});`,
  );
}

function writeOps(ops: readonly Op[], to: Writing): void {
  for (const op of ops) writeOp(op, to);
}

function writeValue(value: string, codec: Codec<unknown>, to: Writing): void {
  if (to.isClient && codec.unset !== '') {
    to.code.push(`v = ${value}; if (v === undefined) w.raw(${JSON.stringify(codec.unset)}); else w.${codec.write}(v);`);
  } else {
    to.code.push(`w.${codec.write}(${value});`);
  }
}

function writeOp(op: Op, to: Writing): void {
  const { code } = to;
  switch (op.op) {
    case 'version':
      code.push(`w.raw('${to.plan.messageVersion}');`);
      return;
    case 'constant':
      code.push(`w.raw(${JSON.stringify(op.text)});`);
      return;
    case 'field':
      writeValue(to.value(op.path), op.codec, to);
      return;
    case 'tagString':
      code.push(`w.tagString(${to.value(op.path)});`);
      return;
    case 'pairs':
      writeLoop(to.value(op.path), ['w.text(x.tag); w.text(x.value);'], to);
      return;
    case 'scalars':
      writeLoop(to.value(op.path), [`w.${op.codec.write}(x);`], to);
      return;
    case 'alongside':
      writeAlongside(op.path, op.name, op.codec, to);
      return;
    case 'list':
      writeList(op.path, op.ops, to);
      return;
    case 'when':
      // Objects are reached before the block opens, so that their locals are seen after it.
      for (const path of op.missing.map((missing) => missing.path)) to.value(path);
      code.push(`if (${testText(op.test, to.value, to.plan)}) {`);
      writeOps(op.ops, to);
      if (to.isClient && op.missing.length > 0) {
        code.push('} else {');
        for (const missing of op.missing) refusal(missing, to);
      }
      code.push('}');
      return;
    case 'present':
      code.push(`v = ${to.value(op.path)}; w.raw(v === undefined ? '0' : '1');`, `if (${to.value(op.path)} !== undefined) {`);
      writeOps(op.ops, inBlock(to, code));
      code.push('}');
      return;
    case 'choose':
      code.push(`switch (${to.value(op.path)}) {`);
      for (const [key, ops] of op.cases) {
        code.push(`case ${key}:`);
        writeOps(ops, to);
        code.push('break;');
      }
      code.push(`default: refuse(${JSON.stringify(op.path)}, undefined, 'is not a kind that the text wire knows');\n}`);
  }
}

/** Nested objects reached inside a block are local to it. */
function inBlock(to: Writing, code: string[]): Writing {
  const objects = new Set<string>();
  return { ...to, value: (path) => reach('m', path, objects, code) };
}

function writeLoop(list: string, body: readonly string[], to: Writing): void {
  const name = `l${to.code.length}`;
  to.code.push(
    `const ${name} = ${list} ?? NONE; w.raw(String(${name}.length));`,
    `for (const x of ${name}) { ${body.join(' ')} }`,
  );
}

function writeAlongside(path: string, name: string, codec: Codec<unknown>, to: Writing): void {
  const list = `l${to.code.length}`;
  to.code.push(
    `const ${list} = ${to.value(path)} ?? NONE;`,
    `const c${list} = ${list}.some((x) => x.${safeName(name)} !== undefined) ? ${list}.findLastIndex((x) => '${name}' in x) + 1 : 0;`,
    `w.raw(String(c${list}));`,
    `for (let i = 0; i < c${list}; i++) w.${codec.write}(${list}[i].${name});`,
  );
}

function writeList(path: string, ops: readonly Op[], to: Writing): void {
  const id = `${to.depth}_${to.code.length}`;
  const inner: string[] = [];
  const objects = new Set<string>();
  writeOps(ops, { ...to, code: inner, depth: to.depth + 1, value: (field) => reach(`x${id}`, field, objects, inner) });
  to.code.push(
    `const l${id} = ${to.value(path)} ?? NONE; w.raw(String(l${id}.length));`,
    `for (const x${id} of l${id}) {`,
    ...inner,
    '}',
  );
}
