// Writes the text of the straight function that encodes one kind on the text wire at one server version.

import type { Codec } from './codecs.js';
import { safeName, saysSomething, testText } from './generate-names.js';
import type { MessageTable } from './message.js';
import type { Missing, Op, Plan } from './plan.js';

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
  const isSet = missing.isList ? 'v !== undefined && v.length !== 0' : saysSomething('v', missing.nothing);
  to.code.push(
    `if (${isSet}) refuse(${JSON.stringify(path)}, ${needs ?? 'undefined'}, ${why === undefined ? 'undefined' : JSON.stringify(why)});`,
  );
}

type FieldOp = Extract<Op, { op: 'field' }>;

/** So many fields in a row are looked at together: most of a long request is unset, and what that looks like is known beforehand. */
const MOST_AT_ONCE = 8;
const FEWEST_AT_ONCE = 3;
/** They write something for what is unset. */
const NEVER_SILENT: ReadonlySet<string> = new Set(['computed', 'sensitivity']);

function writeOps(ops: readonly Op[], to: Writing): void {
  for (let at = 0; at < ops.length; ) {
    const run: FieldOp[] = [];
    for (const op of to.isClient ? ops.slice(at, at + MOST_AT_ONCE) : []) {
      if (op.op !== 'field' || NEVER_SILENT.has(op.codec.write)) break;
      run.push(op);
    }
    if (run.length >= FEWEST_AT_ONCE) writeRun(run, to);
    else writeOp(ops[at] as Op, to);
    at += run.length >= FEWEST_AT_ONCE ? run.length : 1;
  }
}

function writeRun(run: readonly FieldOp[], to: Writing): void {
  const isUnset = run.map(({ path }) => `${to.value(path)} === undefined`).join(' && ');
  const unset = run.map(({ codec }) => `${codec.unset}\0`).join('');
  to.code.push(`if (${isUnset}) w.ascii(${JSON.stringify(unset)}); else {`);
  for (const op of run) writeOp(op, to);
  to.code.push('}');
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
