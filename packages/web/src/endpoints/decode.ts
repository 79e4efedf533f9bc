// Bodies by their shape: numbers as text or number, unknown names kept, and what is missing stays missing.

import { type EitherShape, fieldsOf, type ListShape, type MapShape, type ObjectShape, type Shape } from './shape.js';

/** A value that its shape cannot read. It is left out of the answer; it stands in `raw`. */
export interface Trouble {
  readonly path: string;
  readonly wanted: string;
  readonly saw: unknown;
}

export interface Decoded {
  readonly value: unknown;
  readonly troubles: readonly Trouble[];
  /** Names that the table does not know, by path; they are kept in the value. */
  readonly unknown: readonly string[];
}

interface Notes {
  readonly troubles: Trouble[];
  readonly unknown: Set<string>;
}

/** Decimal text without an exponent; undefined for what is no number. Commas part thousands. */
export function decimalText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? plain(String(value)) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!/^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/.test(text) || !/\d/.test(text)) return undefined;
  return plain(text.replaceAll(',', '').replace(/^\+/, ''));
}

function plain(text: string): string {
  const parts = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  const result = right === '' ? left : `${left}.${right}`;
  return result === '0' ? '0' : sign + result;
}

/** A leaf as its codec reads it. `undefined`: not said (null, or an empty text where a number belongs). */
function leaf(codec: string, value: unknown): { readonly value: unknown } | 'unreadable' {
  if (value === null || value === undefined) return { value: undefined };
  switch (codec) {
    case 'any':
      return { value };
    case 'num': {
      if (value === '') return { value: undefined };
      const read = decimalText(value);
      return read === undefined ? 'unreadable' : { value: read };
    }
    case 'int': {
      if (value === '') return { value: undefined };
      const read = decimalText(value);
      const number = read === undefined ? Number.NaN : Number(read);
      return Number.isSafeInteger(number) ? { value: number } : 'unreadable';
    }
    case 'flag':
      if (value === '') return { value: undefined };
      if (value === true || value === 1 || value === '1' || value === 'true') return { value: true };
      return value === false || value === 0 || value === '0' || value === 'false' ? { value: false } : 'unreadable';
    default: // text, id and known words: words that are not known pass
      if (typeof value === 'string') return { value };
      if (typeof value === 'number') return { value: plain(String(value)) };
      return typeof value === 'boolean' ? { value: String(value) } : 'unreadable';
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function walk(shape: Shape, value: unknown, path: string, notes: Notes): unknown {
  if (typeof shape === 'string') {
    const read = leaf(shape, value);
    if (read !== 'unreadable') return read.value;
    notes.troubles.push({ path, wanted: shape, saw: value });
    return undefined;
  }
  if (value === null || value === undefined) return undefined;
  switch (shape.is) {
    case 'either':
      return walk(chosen(shape, value), value, path, notes);
    case 'list':
      if (Array.isArray(value)) return value.map((one, index) => walk(shape.of as Shape, one, `${path}[${index}]`, notes));
      break;
    case 'map':
      if (isObject(value))
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [
            key,
            walk(shape.of as Shape, one, path === '' ? key : `${path}.${key}`, notes),
          ]),
        );
      break;
    case 'object':
      if (isObject(value)) return walkObject(shape, value, path, notes);
  }
  notes.troubles.push({ path, wanted: shape.is, saw: value });
  return undefined;
}

function walkObject(shape: ObjectShape, value: Readonly<Record<string, unknown>>, path: string, notes: Notes): unknown {
  const shapes = namesOf(shape);
  const others = shapes.get('others');
  const result: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    // What is under a name that is not in the table is no trouble, whatever it is.
    const isOther = shapes.get(name) === undefined && typeof others === 'string' && leaf(others, one) === 'unreadable';
    const known = isOther ? undefined : (shapes.get(name) ?? others);
    if (known === undefined) notes.unknown.add(path === '' ? name : `${path.replace(/\[\d+\]/g, '[]')}.${name}`);
    const read = known === undefined ? one : walk(known, one, path === '' ? name : `${path}.${name}`, notes);
    if (read !== undefined) result[name] = read;
  }
  return result;
}

const nameCache = new WeakMap<ObjectShape, ReadonlyMap<string, Shape>>();

/** Every name of a record with its shape. */
export function namesOf(shape: ObjectShape): ReadonlyMap<string, Shape> {
  const seen = nameCache.get(shape);
  if (seen !== undefined) return seen;
  const made = new Map<string, Shape>();
  for (const { name, codec } of fieldsOf(shape.fields)) made.set(name, codec);
  for (const [name, one] of Object.entries(shape.nested)) made.set(name.replace(/!$/, ''), one);
  nameCache.set(shape, made);
  return made;
}

/** How well a shape fits: names it knows of those that came. */
function fit(shape: Shape, value: unknown): number {
  if (typeof shape === 'string') return typeof value === 'object' ? (shape === 'any' ? 0 : -1) : 0;
  switch (shape.is) {
    case 'list':
      if (!Array.isArray(value)) return -1;
      return value.length === 0 ? 0 : Math.max(...value.map((one) => fit((shape as ListShape).of as Shape, one)));
    case 'map':
      return isObject(value) ? Math.max(0, ...Object.values(value).map((one) => fit((shape as MapShape).of as Shape, one))) : -1;
    case 'either':
      return Math.max(...(shape.of as readonly Shape[]).map((one) => fit(one, value)));
    case 'object': {
      if (!isObject(value)) return -1;
      const names = namesOf(shape);
      return Object.keys(value).filter((name) => names.has(name)).length;
    }
  }
}

/** The first of those that fit best. */
function chosen(shape: EitherShape, value: unknown): Shape {
  const options = shape.of as readonly Shape[];
  let best = options[0] ?? 'any';
  let most = -2;
  for (const option of options) {
    const now = fit(option, value);
    if (now > most) [best, most] = [option, now];
  }
  return best;
}

/** Reads a body by its shape. */
export function decode(shape: Shape, value: unknown): Decoded {
  const notes: Notes = { troubles: [], unknown: new Set() };
  const read = walk(shape, value, '', notes);
  return { value: read, troubles: notes.troubles, unknown: [...notes.unknown] };
}
