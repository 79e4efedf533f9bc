import { describe, expect, it } from 'vitest';
import { outgoingEncoder } from '../../../src/protocol/encode.js';
import { outgoingKinds } from '../../../src/protocol/registry.js';
import type { Row, Rows } from '../../../src/protocol/schema/rows.js';

const refused = (kind: string, message: object, version = 225) => {
  try {
    outgoingEncoder(version).encode(kind as 'placeOrder', message as never);
  } catch (error) {
    return (error as Error).message;
  }
  return 'written';
};

describe('a property that no row is for', () => {
  it.each([
    [{ order: { whatif: true } }, 'placeOrder.order.whatif: is no field; did you mean whatIf?'],
    [{ order: { transmitt: false } }, 'placeOrder.order.transmitt: is no field; did you mean transmit?'],
    [{ order: { tiff: 'GTC' } }, 'placeOrder.order.tiff: is no field; did you mean tif?'],
    [{ oderId: 4 }, 'placeOrder.oderId: is no field; did you mean orderId?'],
    [{ contract: { strikePrice: 5 } }, 'placeOrder.contract.strikePrice: is no field; did you mean strike?'],
    [
      { contract: { comboLegs: [{ conId: 1 }, { conId: 2, acton: 'BUY' }] } },
      'placeOrder.contract.comboLegs[1].acton: is no field; did you mean action?',
    ],
    [
      { order: { algoParams: [{ tag: 'a', vale: 'b' }] } },
      'placeOrder.order.algoParams[0].vale: is no field; did you mean value?',
    ],
    [{ order: { softDollarTier: { nam: 'x' } } }, 'placeOrder.order.softDollarTier.nam: is no field; did you mean name?'],
  ])('is refused by name in an order: %j', (message, says) => {
    expect(refused('placeOrder', message, 225)).toBe(says);
    expect(refused('placeOrder', message, 176)).toBe(says);
  });

  it('is refused in the filters of executions', () => {
    expect(refused('reqExecutions', { reqId: 1, filter: { acct: 'x' } })).toContain('filter.acct: is no field');
  });

  it('passes when it is not set, as does the name of the kind', () => {
    expect(refused('cancelMktData', { kind: 'cancelMktData', reqId: 1, other: undefined })).toBe('written');
  });

  const places = (rows: Rows, put: (value: object) => object): object[] => [
    put({ noSuchField: 1 }),
    ...Object.entries(rows).flatMap(([name, row]: [string, Row]) => {
      if (row.row === 'record') return places(row.record.rows, (value) => put({ [name]: value }));
      if (row.row === 'list') return places(row.record.rows, (value) => put({ [name]: [value] }));
      return row.row === 'tags' ? [put({ [name]: [{ tag: 'a', value: 'b', noSuchField: 1 }] })] : [];
    }),
  ];
  it.each(outgoingKinds.map((table) => [table.kind, table] as const))('is refused at every depth of %s', (kind, table) => {
    const version = Math.max(225, table.since ?? 0);
    for (const message of places(table.rows, (value) => value))
      expect(refused(kind, message, version)).toContain('noSuchField: is no field');
  });
});

describe('a value that says nothing', () => {
  it.each(outgoingKinds.filter(({ rows }) => (rows as Rows)['contract']?.row === 'record').map(({ kind }) => kind))(
    'is no field that an old server cannot carry: %s',
    (kind) => {
      const bare = { contract: { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } };
      const told = {
        contract: { ...bare.contract, strike: 0, right: '', lastTradeDateOrContractMonth: '', comboLegs: [], issuerId: '' },
      };
      for (const version of [100, 120, 150, 176, 190, 205, 210, 225])
        expect(refused(kind, told, version)).toBe(refused(kind, bare, version));
    },
  );
});
