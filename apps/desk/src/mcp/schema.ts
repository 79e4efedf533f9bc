// Schemas as a model gets to see them: types and names, short. What is really taken is held against the full schema behind.

import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** Values of a closed list are shown up to this many characters. */
const MOST_VALUES = 130;

interface How {
  /** How many levels of members are named; below them only the type is. */
  readonly depth: number;
  /** Members of which the type says enough: what they mean is said once, in the instructions of the server. */
  readonly bare: ReadonlySet<string>;
  readonly describes: boolean;
}

type Defs = Readonly<Record<string, Json>>;

function short(json: Json, how: How, defs: Defs, isTop = true): Json {
  const { $ref, type, properties, required, items, description } = json;
  if (typeof $ref === 'string') return short(defs[$ref.slice('#/$defs/'.length)] ?? {}, how, defs, isTop);
  const deeper = { ...how, depth: how.depth - 1 };
  const values = json['enum'];
  const told = how.describes && typeof description === 'string' ? { description } : {};
  if (Array.isArray(values) && JSON.stringify(values).length <= MOST_VALUES) return { enum: values };
  if (type === 'array')
    return { type, ...(how.depth > 0 && items !== undefined ? { items: short(items as Json, how, defs, false) } : {}) };
  if (type !== 'object') return type === undefined ? {} : { type, ...told };
  if (how.depth <= 0 || properties === undefined) return { type };
  const members = Object.entries(properties as Defs).map(([name, of]) => [
    name,
    how.bare.has(name) ? { type: of['type'] } : short(of, deeper, defs, false),
  ]);
  const needs = isTop && Array.isArray(required) && required.length > 0 ? { required } : {};
  return { type, properties: Object.fromEntries(members), ...needs };
}

function shown(schema: z.ZodType, how: How): Json {
  const json = z.toJSONSchema(schema, { io: 'input' }) as Json & { readonly $defs?: Defs };
  return short(json, how, json.$defs ?? {});
}

/** Members that mean the same in every tool. */
const BARE: ReadonlySet<string> = new Set([
  'symbol',
  'conId',
  'secType',
  'currency',
  'exchange',
  'account',
  'totalQuantity',
  'quantity',
  'lmtPrice',
  'trailingPercent',
  'takeProfit',
  'stopLoss',
]);

/** What a tool takes. */
export function shownInput(schema: z.ZodObject): Json {
  return { properties: {}, ...shown(schema, { depth: 2, bare: BARE, describes: true }) };
}

/** What a tool answers: without descriptions, since the answer itself is there to be read. */
export function shownOutput(schema: z.ZodType, depth: number): Json {
  return shown(schema, { depth, bare: new Set(), describes: false });
}

/** Shows one schema and checks by another. */
export function standard<T>(
  json: Json,
  check: (value: unknown) => { readonly value: T } | { readonly issues: readonly string[] },
): StandardSchemaWithJSON<unknown, T> {
  const told = (): Record<string, unknown> => ({ ...json });
  return {
    '~standard': {
      version: 1,
      vendor: 'ibwire',
      validate(value) {
        const checked = check(value);
        return 'value' in checked ? checked : { issues: checked.issues.map((message) => ({ message })) };
      },
      jsonSchema: { input: told, output: told },
    },
  };
}
