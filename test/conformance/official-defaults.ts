// What fresh objects of the official client hold, by class: members that a vector leaves out have these values.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isObject, type Json, type JsonObject } from './json.js';

const file = new URL('../../fixtures/vectors/official-defaults.json.gz', import.meta.url);
export const officialDefaults = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { readonly [name: string]: JsonObject };

/** `{"$unset": ...}` and null: no value. */
export function isUnsetJson(value: Json | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && ('$unset' in value || '$undefined' in value));
}

/** Visible defaults of a class: numbers and flags that are on. */
export function visibleDefaults(name: string): JsonObject {
  const members = Object.entries(officialDefaults[name] ?? {});
  return Object.fromEntries(members.filter(([, value]) => typeof value === 'number' || value === true));
}
