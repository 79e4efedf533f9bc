// What the field tables say a client must refuse: refused below its version, by the name of the field, and sent from it on.

import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/protocol/encode.js';
import { TooOldError } from '../../src/protocol/errors.js';
import { outgoingKinds } from '../../src/protocol/registry.js';
import { leaves } from '../../src/protocol/schema/plan.js';
import type { Row } from '../../src/protocol/schema/rows.js';
import { fieldTable } from './field-table-files.js';

interface Gate {
  readonly feature: string;
  readonly minServerVersion?: number;
}

const messages = (
  fieldTable('outgoing-text') as { messages: readonly { id: number; name: string; featureGates?: readonly Gate[] }[] }
).messages;

// Features that the tables name in words instead of by their fields.
const FIELDS: { readonly [feature: string]: string } = {
  'MiFID II decision maker/algo': 'mifid2DecisionMaker mifid2DecisionAlgo',
  'MiFID II execution trader/algo': 'mifid2ExecutionTrader mifid2ExecutionAlgo',
  'attached stop-loss / profit-taker orders': 'slOrderId slOrderType ptOrderId ptOrderType',
  'PEG BENCH orders, conditions, adjusted stops': 'conditions adjustedOrderType triggerPrice',
  softDollarTier: 'order.softDollarTier.name order.softDollarTier.value',
  'contract.primaryExchange in depth requests': 'contract.primaryExchange',
};
// Values, not fields: the refusal tests have them.
const VALUES = /fractional|SCHEDULE/;
const WHOLE = /^(?:the whole message|cancelContractData|cancelHistoricalTicks|reqConfig|updateConfig)$/;
// Fields that are only sent beside these.
const BESIDE: readonly (readonly [path: RegExp, beside: object])[] = [
  [/minCompeteSize|competeAgainst/, { order: { orderType: 'PEG BEST' } }],
  [/midOffset/, { order: { orderType: 'PEG MID' } }],
  [/minTradeQty/, { contract: { exchange: 'IBKRATS' } }],
];

function sampleOf(row: Row): unknown {
  if (row.row === 'tags') return [{ tag: 'a', value: 'b' }];
  if (row.row === 'scalars') return [20260101];
  if (row.row === 'list') return [{ conditionType: 3, isMore: true, time: '20260101 10:00:00' }];
  if (row.row !== 'field') return {};
  const samples: { readonly [read: string]: unknown } = {
    bool: true,
    boolThreeState: false,
    text: 'x',
    double: 1.5,
    int: 7,
    intMax: 7,
  };
  return samples[row.codec.read];
}

function messageWith(path: string, value: unknown): object {
  const beside = structuredClone(BESIDE.find(([known]) => known.test(path))?.[1] ?? {}) as { [name: string]: unknown };
  const steps = path.split('.');
  let at = beside;
  for (const step of steps.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as { [name: string]: unknown };
  }
  at[steps.at(-1) ?? ''] = value;
  return beside;
}

function refusal(kind: string, serverVersion: number, message: object): { field: string; needs: number | undefined } | undefined {
  try {
    new Encoder<string>('outgoing', serverVersion).encode(kind, message);
    return undefined;
  } catch (error) {
    if (error instanceof TooOldError) return { field: error.field, needs: error.needs };
    throw error;
  }
}

const cases = messages.flatMap(({ id, featureGates = [] }) => {
  const table = outgoingKinds.find((kind) => kind.id === id);
  if (table === undefined) return [];
  return featureGates.flatMap(
    ({ feature, minServerVersion }): { kind: string; field: string; needs: number; message: object }[] => {
      if (minServerVersion === undefined || VALUES.test(feature)) return [];
      if (WHOLE.test(feature)) return [{ kind: table.kind, field: '', needs: minServerVersion, message: {} }];
      const names = (FIELDS[feature] ?? feature).split(/[ ,:()]+/);
      const found = leaves(table.rows).filter(({ path }) => names.includes(path) || names.includes(path.split('.').at(-1) ?? ''));
      if (found.length === 0) throw new Error(`no row for '${feature}' of ${table.kind}`);
      return found.map(({ path, row }) => ({
        kind: table.kind,
        field: path,
        needs: minServerVersion,
        message: messageWith(path, sampleOf(row)),
      }));
    },
  );
});

describe('feature gates', () => {
  it.each(cases)('$kind.$field is refused by name below $needs and sent from there on', ({ kind, field, needs, message }) => {
    expect(refusal(kind, needs - 1, message)).toStrictEqual({ field, needs });
    expect(refusal(kind, needs, message)).toBeUndefined();
  });
});
