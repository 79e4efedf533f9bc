// The public case file, read from the fixture as data.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Json, list, record } from './case-input.js';

const file = new URL('../../fixtures/rules/cases-public.json.gz', import.meta.url);
export const publicCases: Json = record(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
export const publicOrderCases: readonly Json[] = list(publicCases['cases']);
