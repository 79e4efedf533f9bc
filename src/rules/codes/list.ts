// The whole list of codes, in the order in which findings are reported.
import { cashCodes } from './cash.js';
import type { CodeEntry } from './entry.js';
import { guardCodes } from './guards.js';
import { iraCodes } from './ira.js';
import { marginCodes } from './margin.js';

/** Every code that `check` can report. */
export const ruleCodes = { ...guardCodes, ...cashCodes, ...iraCodes, ...marginCodes } satisfies Record<string, CodeEntry>;
export type RuleCode = keyof typeof ruleCodes;

const places = new Map(Object.keys(ruleCodes).map((code, place) => [code, place]));

/** Place of a code in the report. */
export const placeOf = (code: RuleCode): number => places.get(code) ?? 0;
