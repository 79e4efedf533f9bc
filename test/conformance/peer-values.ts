// When a value that another client decoded and one of ours are the same, absent and unset forms included.

import type { Typed } from './event-objects.js';
import { isNumber, isUnset, plainDecimal } from './frame-fields.js';
import { isList, isObject, type Json, type JsonObject } from './json.js';
import { isUnsetJson, officialDefaults } from './official-defaults.js';

/** A mask of ours whose flags are members there. */
export interface Flags {
  readonly mask: number | undefined;
  readonly flags: readonly string[];
}

function isTyped(value: unknown): value is Typed {
  return typeof value === 'object' && value !== null && 'members' in value && 'type' in value;
}

function isFlags(value: unknown): value is Flags {
  return typeof value === 'object' && value !== null && 'flags' in value && 'mask' in value;
}

export interface Compare {
  /** Members that the peer left out have the official defaults, so that ours must be such. */
  readonly isComplete: boolean;
  /** Lists made from maps come in any order. */
  readonly isAnyOrder: boolean;
}

/** First difference between their value and ours; undefined when they are the same. */
export function valueDifference(theirs: Json | undefined, ours: unknown, path: string, how: Compare): string | undefined {
  const plain = unwrapped(theirs);
  if (isObject(theirs) && '$set' in theirs && isList(ours)) {
    return listDifference(plain, [...new Set(ours)], path, { ...how, isAnyOrder: true });
  }
  if (isFlags(ours)) return flagsDifference(plain, ours, path);
  if (isTyped(ours))
    return isObject(plain) ? membersDifference(plain, ours, path, how) : `${path} is an object, not ${show(plain)}`;
  if (isList(ours)) return listDifference(plain, ours, path, how);
  if (isObject(plain) && isObject(ours)) return membersDifference(plain, { type: '', members: ours }, path, how);
  if (isObject(plain) && ours === undefined) return membersDifference(plain, { type: '', members: {} }, path, how);
  return sameScalar(plain, ours) ? undefined : `${path} is ${show(ours)}, not ${show(theirs)}`;
}

function show(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value)?.slice(0, 80);
}

/** Marks of the vectors taken off: unset is undefined, numbers beyond a double are texts. */
function unwrapped(value: Json | undefined): Json | undefined {
  if (isUnsetJson(value) || value === undefined) return undefined;
  if (!isObject(value)) return value;
  if ('$dec' in value) return value['$dec'];
  if ('$int' in value) return value['$int'];
  if ('$num' in value) return value['$num'];
  if ('$enum' in value) return value['value'];
  if ('$error' in value) return value['$error'];
  if ('$time' in value) return String(Date.parse(String(value['$time'])) / 1000);
  if ('$set' in value) return value['$set'];
  if ('$map' in value) return value['$map'];
  return value;
}

function flagsDifference(theirs: Json | undefined, { mask = 0, flags }: Flags, path: string): string | undefined {
  if (typeof theirs === 'boolean') return theirs === (mask !== 0) ? undefined : `${path} is ${mask}, not ${theirs}`;
  if (!isObject(theirs)) return theirs === undefined && mask === 0 ? undefined : `${path} is ${mask}, not ${show(theirs)}`;
  for (const [bit, flag] of flags.entries()) {
    const isOn = (mask & (1 << bit)) !== 0;
    if ((theirs[flag] === true) !== isOn) return `${path}.${flag} is ${isOn}, not ${show(theirs[flag])}`;
  }
  return undefined;
}

function membersDifference(theirs: JsonObject, { type, members }: Typed, path: string, how: Compare): string | undefined {
  const named = String(theirs['$type'] ?? type);
  if (how.isComplete && type !== '' && named !== type) return `${path} is a ${type}, not a ${named}`;
  for (const [name, value] of Object.entries(theirs)) {
    if (name === '$type') continue;
    if (!(name in members)) {
      if (isDefault(value)) continue;
      return `${path}.${name} is ${show(value)} there, and we have no such member`;
    }
    const found = valueDifference(value, members[name], `${path}.${name}`, how);
    if (found !== undefined) return found;
  }
  const defaults = how.isComplete ? officialDefaults[named] : undefined;
  for (const [name, value] of Object.entries(defaults ?? {})) {
    if (name in theirs || members[name] === undefined) continue; // what the wire does not carry has any default
    const found = valueDifference(value, members[name], `${path}.${name}`, how);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listDifference(theirs: Json | undefined, ours: readonly unknown[], path: string, how: Compare): string | undefined {
  if (theirs === undefined) return ours.length === 0 ? undefined : `${path} has ${ours.length} elements, not none`;
  if (!isList(theirs)) return `${path} is a list, not ${show(theirs)}`;
  if (theirs.length !== ours.length) return `${path} has ${ours.length} elements, not ${theirs.length}`;
  if (!how.isAnyOrder) {
    for (const [i, element] of ours.entries()) {
      const found = valueDifference(theirs[i], element, `${path}[${i}]`, how);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const left = [...theirs];
  for (const [i, element] of ours.entries()) {
    const at = left.findIndex((candidate) => valueDifference(candidate, element, '', how) === undefined);
    if (at < 0) return `${path}[${i}] is not in the list there`;
    left.splice(at, 1);
  }
  return undefined;
}

const DEFAULTS = new Set<unknown>([undefined, null, '', ' ', 0, false, -1, '0', 'None']);

/** No value, or objects in which nothing is set. */
function isNothing(value: Json | undefined): boolean {
  return (
    DEFAULTS.has(value) ||
    (isList(value) && value.every((element) => isObject(element) && Object.keys(element).join() === '$type'))
  );
}

function isDefault(value: Json | undefined): boolean {
  const plain = unwrapped(value);
  return DEFAULTS.has(plain) || (isList(plain) && plain.length === 0);
}

/** What a client makes of a field that is empty or absent. */
export function sameScalar(theirs: Json | undefined, ours: unknown): boolean {
  if (ours === undefined) return isNothing(theirs) || isUnset(textOf(theirs));
  const [a, b] = [textOf(theirs), textOf(ours)];
  if (a === b) return true;
  if (theirs === undefined) return isUnset(b);
  if (isNumber(a) && isNumber(b))
    return plainDecimal(a) === plainDecimal(b) || (typeof theirs === 'number' && theirs === Number(b));
  return false;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value === true || value === 'true') return '1';
  if (value === false || value === 'false') return '0';
  const text = String(value);
  return text === 'inf' ? 'Infinity' : text === '-inf' ? '-Infinity' : text === 'nan' ? 'NaN' : text;
}
