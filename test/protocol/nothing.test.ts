// Values that say nothing are no fields that a server cannot carry: whatever is taken back from an answer may be sent.

import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { outgoingKinds } from '../../src/protocol/registry.js';
import type { Codec } from '../../src/protocol/schema/codecs.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import type { Row, Rows } from '../../src/protocol/schema/rows.js';
import { telltaleVersions } from '../arbitraries/carried.js';
import { wiresOf } from '../helpers/wire.js';

const tables: readonly MessageTable[] = outgoingKinds;

/** What programs put where they have nothing to say, by the type of the field alone: said here, not read from the tables. */
function emptyOf(codec: Codec<unknown>): unknown {
  switch (codec.read) {
    case 'text':
    case 'escaped':
      return '';
    case 'bool':
      return false;
    case 'long':
      return '0';
    case 'int':
    case 'swappedBits':
      return 0;
    case 'double':
      return codec.name === 'double' ? 0 : undefined;
    default:
      return undefined;
  }
}

function emptyRow(row: Row): unknown {
  if (row.row === 'field') return emptyOf(row.codec);
  return row.row === 'record' ? emptyRecord(row.record.rows) : [];
}

function emptyRecord(rows: Rows): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, emptyRow(row)]));
}

const versionsOf = (table: MessageTable): readonly number[] => [...new Set([...telltaleVersions(table), 176, 209, 210])];

function encodes(table: MessageTable, message: object): string[] {
  const refused: string[] = [];
  for (const version of versionsOf(table)) {
    if (table.since !== undefined && version < table.since) continue;
    for (const wire of wiresOf(table, version)) {
      if (wire === 'protobuf' && version < (table.protobuf?.since ?? 0)) continue;
      try {
        new Encoder('outgoing', version).encode(table.kind, message, { wire });
      } catch (error) {
        refused.push(`${wire} at ${version}: ${(error as Error).message}`);
      }
    }
  }
  return refused;
}

/** An id is always said. The first `replaceFA` had none, and nobody takes one back from an answer. */
function withIds(table: MessageTable, message: Record<string, unknown>): Record<string, unknown> {
  const id = table.kind === 'replaceFA' ? undefined : 1;
  const own = ['reqId', 'orderId'].filter((name) => name in table.rows);
  return { ...message, ...Object.fromEntries(own.map((name) => [name, id])) };
}

/** A row of a stock as gateways of several ages tell it. */
const stockRows: readonly (readonly [string, Record<string, unknown>])[] = [
  ['of protobuf', { strike: 0, right: '?', multiplier: '0', lastTradeDateOrContractMonth: '' }],
  ['of text', { strike: 0, right: '0', multiplier: '', lastTradeDateOrContractMonth: '' }],
  ['of a portfolio', { conId: 265598, strike: 0, right: '', multiplier: '', includeExpired: false, comboLegs: [] }],
  ['without an identity', { conId: 0, secIdType: '', secId: '', issuerId: '', comboLegsDescrip: '', description: '' }],
  ['with an empty hedge', { deltaNeutralContract: { conId: 0, delta: 0, price: 0 }, comboLegs: [], tradingClass: '' }],
];

describe('values that say nothing', () => {
  it.each(tables.map((table) => [table.kind, table] as const))(
    '%s goes out with every field empty, at every version',
    (_, table) => expect(encodes(table, withIds(table, emptyRecord(table.rows)))).toEqual([]),
  );

  describe.each(tables.filter(({ rows }) => rows['contract']?.row === 'record').map((table) => [table.kind, table] as const))(
    '%s takes a stock’s row back',
    (_, table) => {
      it.each(stockRows)('%s', (__, row) => {
        const contract = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD', ...row };
        expect(encodes(table, withIds(table, { contract }))).toEqual([]);
      });
    },
  );

  it('an empty multiplier is left out of protobuf, where it is a number', () => {
    const encoder = new Encoder('outgoing', 225);
    const frame = (contract: object) => encoder.encode('reqMktData', { reqId: 1, contract });
    expect(frame({ symbol: 'AAPL', multiplier: '' })).toEqual(frame({ symbol: 'AAPL' }));
    expect(frame({ symbol: 'AAPL', multiplier: '0' }).length).toBeGreaterThan(frame({ symbol: 'AAPL' }).length);
  });

  it('a fundamental request with a told row writes the same bytes as one without its empty values', () => {
    const bare = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
    const told = { ...bare, strike: 0, right: '?', multiplier: '0', comboLegs: [], includeExpired: false };
    const encoder = new Encoder('outgoing', 176);
    const frame = (contract: object) =>
      encoder.encode('reqFundamentalData', { reqId: 1, contract, reportType: 'ReportSnapshot' });
    expect(frame(told)).toEqual(frame(bare));
    const bytes = frame(told);
    expect(new Decoder('outgoing', 176).decode(bytes, 4, bytes.length)).toMatchObject({ contract: { symbol: 'AAPL' } });
  });

  it.each([
    ['strike', 105],
    ['right', 'C'],
    ['multiplier', '100'],
    ['tradingClass', 'SPXW'],
    ['lastTradeDateOrContractMonth', '20270115'],
    ['comboLegs', [{ conId: 1, ratio: 1, action: 'BUY', exchange: 'SMART' }]],
  ])('what says something is still refused: %s', (field, value) => {
    const contract = { symbol: 'AAPL', [field]: value };
    const ask = () => new Encoder('outgoing', 176).encode('reqFundamentalData', { reqId: 1, contract });
    expect(ask).toThrow(expect.objectContaining({ code: 'TOO_OLD', field: `contract.${field}` }));
  });
});
