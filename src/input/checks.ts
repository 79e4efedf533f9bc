// What a value in options may be: small checks that are put together to tables. Each names the place and what is possible.
import { nearest } from './nearest.js';
import { shown } from './shown.js';

/** What is wrong, and where: `accounts[0].kind`. */
export interface Problem {
  readonly path: string;
  readonly why: string;
}

/** Looks at the value of the option at a path; undefined: it may be that. */
export type Check = (path: string, value: unknown) => Problem | undefined;

/** A check for every property of an options type, complete by type. */
export type Checks<T> = { readonly [K in keyof Required<T>]: Check };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was meant, as the end of a sentence. */
export function hint(word: unknown, words: Iterable<string>): string {
  const meant = typeof word === 'string' ? nearest(word, words) : undefined;
  return meant === undefined ? '' : `, did you mean ${meant}?`;
}

/** Longest list of names that is shown to whoever wrote one that nobody knows. */
const FEW = 12;

/** What was meant; where that is not to be seen, what there is, when it is little. */
export function hintOrNames(word: string, words: Iterable<string>): string {
  const names = [...words];
  return hint(word, names) || (names.length > 0 && names.length <= FEW ? `; there is ${names.join(', ')}` : '');
}

/** A check by one question; `wanted` is what passes it, for people. */
export function such(isSuch: (value: unknown) => boolean, wanted: string): Check {
  return (path, value) => (isSuch(value) ? undefined : mustBe(path, wanted, value));
}

function mustBe(path: string, wanted: string, value: unknown): Problem {
  return { path, why: `must be ${wanted}, got ${shown(value)}` };
}

export const anything: Check = () => undefined;
export const flag = such((value) => typeof value === 'boolean', 'true or false');
export const text = such((value) => typeof value === 'string', 'text');
export const callback = such((value) => typeof value === 'function', 'a function');
export const date = such((value) => value instanceof Date && !Number.isNaN(value.getTime()), 'a valid Date');
export const signal = such((value) => value instanceof AbortSignal, 'an AbortSignal');
/** An object of any properties, such as a handle of ours. */
export const object = such(isRecord, 'an object');
/** An amount as users write it: a number, decimal text or a Big. */
export const amount = such(
  (value) => ['number', 'string', 'object'].includes(typeof value) && value !== null,
  'a number, decimal text or Big',
);

/** A number not below `least` and not above `most`; `Infinity` is one where nothing else bounds it. */
export function number(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, of = ''): Check {
  return such((value) => typeof value === 'number' && value >= least && value <= most, `a number${of}${range(least, most)}`);
}

export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const isSuch = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return such(isSuch, `a whole number${range(least, most)}`);
}

/** A span of time, up to the longest that a timer of the machine can be set for: 24.8 days. */
export function milliseconds(least = 0): Check {
  return number(least, 2_147_483_647, ' of milliseconds');
}

/** A deadline, which may be none at all. */
export const deadline = number(0, Number.POSITIVE_INFINITY, ' of milliseconds');

function range(least: number, most: number): string {
  const isOpen = most === Number.POSITIVE_INFINITY || most === Number.MAX_SAFE_INTEGER;
  if (least === Number.NEGATIVE_INFINITY) return '';
  return isOpen ? ` of at least ${least}` : ` from ${least} to ${most}`;
}

/** One of some words or numbers; they are listed to whoever named another. */
export function oneOf(...words: readonly (string | number | boolean)[]): Check {
  return (path, value) => {
    if (words.some((word) => word === value)) return undefined;
    const { why } = mustBe(path, `one of ${words.join(', ')}`, value);
    return { path, why: `${why}${hint(value, words.map(String))}` };
  };
}

/** An object with these properties and no others; unset ones do not count, but for those that are needed. */
export function record<T>(checks: Checks<T>, needed: readonly (keyof T & string)[] = []): Check {
  const known = new Map<string, Check>(Object.entries(checks));
  return (path, value) => {
    if (!isRecord(value)) return mustBe(path === '' ? 'options' : path, 'an object', value);
    for (const name in value) {
      const held = value[name];
      if (held === undefined) continue;
      const check = known.get(name);
      const at = under(path, name);
      if (check === undefined) return { path: at, why: `no such option${hintOrNames(name, known.keys())}` };
      const problem = check(at, held);
      if (problem !== undefined) return problem;
    }
    const missing = needed.find((name) => value[name] === undefined);
    return missing === undefined ? undefined : checks[missing](under(path, missing), undefined);
  };
}

/** An object whose property names are free. */
export function each(check: Check): Check {
  return (path, value) => {
    if (!isRecord(value)) return mustBe(path, 'an object', value);
    return first(Object.entries(value), ([name, held]) => check(under(path, name), held));
  };
}

export function list(check: Check): Check {
  return (path, value) => {
    if (!Array.isArray(value)) return mustBe(path, 'a list', value);
    return first([...value.entries()], ([i, held]) => check(`${path}[${i}]`, held));
  };
}

/** One check for plain values and functions, another for objects and lists. */
export function plainOr(plain: Check, held: Check): Check {
  return (path, value) => (typeof value === 'object' && value !== null ? held : plain)(path, value);
}

/** One check for lists, another for everything else. */
export function listOr(listed: Check, other: Check): Check {
  return (path, value) => (Array.isArray(value) ? listed : other)(path, value);
}

/** May be left out. */
export function optional(check: Check): Check {
  return (path, value) => (value === undefined ? undefined : check(path, value));
}

/** The value of an argument, which has a name of its own in front of its properties. */
export function named(name: string, check: Check): Check {
  return (_, value) => check(name, value);
}

function first<T>(all: readonly T[], look: (one: T) => Problem | undefined): Problem | undefined {
  for (const one of all) {
    const problem = look(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function under(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
