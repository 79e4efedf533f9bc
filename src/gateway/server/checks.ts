// What a value in the options may be: small checks that are put together to tables. Each names the place and what is possible.
import { nearest } from '../../protocol/schema/nearest.js';
import { OptionError } from './option-error.js';

/** Looks at the value of the option at a path. @throws {OptionError} */
export type Check = (path: string, value: unknown) => void;

/** A check for every property of an options type, complete by type. */
export type Checks<T> = { readonly [K in keyof Required<T>]: Check };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function hint(word: unknown, words: Iterable<string>): string {
  const meant = typeof word === 'string' ? nearest(word, words) : undefined;
  return meant === undefined ? '' : `, did you mean ${meant}?`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

export const flag: Check = (path, value) => {
  if (typeof value !== 'boolean') throw new OptionError(path, `${shown(value)} is neither true nor false`);
};

export const text: Check = (path, value) => {
  if (typeof value !== 'string') throw new OptionError(path, `${shown(value)} is no text`);
};

/** A number not below `least` and not above `most`; `Infinity` is one where nothing else bounds it. */
export function number(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Check {
  return (path, value) => {
    if (typeof value === 'number' && value >= least && value <= most) return;
    throw new OptionError(path, `${shown(value)} is no number${range(least, most)}`);
  };
}

export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  return (path, value) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
    throw new OptionError(path, `${shown(value)} is no whole number${range(least, most)}`);
  };
}

function range(least: number, most: number): string {
  const isOpen = most === Number.POSITIVE_INFINITY || most === Number.MAX_SAFE_INTEGER;
  if (least === Number.NEGATIVE_INFINITY) return '';
  return isOpen ? ` from ${least} on` : ` from ${least} to ${most}`;
}

/** One of some words or numbers; they are listed to whoever named another. */
export function oneOf(...words: readonly (string | number)[]): Check {
  return (path, value) => {
    if (words.some((word) => word === value)) return;
    throw new OptionError(path, `${shown(value)} is none of ${words.join(', ')}${hint(value, words.map(String))}`);
  };
}

/** An object with these properties and no others; unset ones do not count. */
export function record<T>(checks: Checks<T>, needed: readonly (keyof T & string)[] = []): Check {
  const known = new Map<string, Check>(Object.entries(checks));
  return (path, value) => {
    if (!isRecord(value)) throw new OptionError(path, `${shown(value)} is no object`);
    for (const [name, held] of Object.entries(value)) {
      if (held === undefined) continue;
      const check = known.get(name);
      if (check === undefined) throw new OptionError(under(path, name), `no such option${hint(name, known.keys())}`);
      check(under(path, name), held);
    }
    for (const name of needed) if (value[name] === undefined) throw new OptionError(under(path, name), 'has to be given');
  };
}

/** An object whose property names are free. */
export function each(check: Check): Check {
  return (path, value) => {
    if (!isRecord(value)) throw new OptionError(path, `${shown(value)} is no object`);
    for (const [name, held] of Object.entries(value)) check(under(path, name), held);
  };
}

export function list(check: Check): Check {
  return (path, value) => {
    if (!Array.isArray(value)) throw new OptionError(path, `${shown(value)} is no list`);
    for (const [i, held] of value.entries()) check(`${path}[${i}]`, held);
  };
}

/** One check for plain values, another for objects and lists. */
export function plainOr(plain: Check, object: Check): Check {
  return (path, value) => (typeof value === 'object' && value !== null ? object : plain)(path, value);
}

function under(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
