import { describe, expect, it } from 'vitest';
import { attachedOrders } from '../../src/protocol/records/attached-orders.js';
import { comboLeg } from '../../src/protocol/records/combo-leg.js';
import { contract } from '../../src/protocol/records/contract.js';
import { order } from '../../src/protocol/records/order.js';
import { check } from '../../src/rules/check.js';
import { contradictionsOf } from '../../src/rules/facts/contradiction.js';
import { attachedFields, contractFields, type FieldClass, legFields, orderFields, unjudgedOf } from '../../src/rules/fields.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';

const situation: Situation = {
  account: { account: 'DU1', accountType: 'IRA-ROTH NEW', configuredKind: 'ira-margin', baseCurrency: 'USD' },
  cash: { USD: '10000' },
  settledCash: { USD: '10000' },
  positions: [],
  workingOrders: [],
};
const buy: OrderFacts = {
  orderId: '1',
  contract: { secType: 'STK', symbol: 'AAPL', currency: 'USD', stockType: 'COMMON' },
  action: 'BUY',
  totalQuantity: '1',
  orderType: 'LMT',
  lmtPrice: '100',
};
const judged = (more: Partial<OrderFacts>) => check({ ...buy, ...more }, situation);
const codes = (more: Partial<OrderFacts>) => judged(more).map(({ code }) => code);

const tables: readonly [string, object, Readonly<Record<string, FieldClass>>][] = [
  ['order', order.rows, orderFields],
  ['attached orders', attachedOrders.rows, attachedFields],
  ['contract', contract.rows, contractFields],
  ['leg', comboLeg.rows, legFields],
];

describe('fields of an order of an account under rules', () => {
  it.each(tables)('every field of the %s table is classified, and nothing else is', (_, rows, classes) => {
    expect(Object.keys(classes).sort()).toEqual(Object.keys(rows).sort());
  });

  it.each(tables)(
    'every field of the %s table that no rule understands is refused by name when it is set',
    (what, _, classes) => {
      for (const [name, is] of Object.entries(classes)) {
        const set = { [name]: 7 };
        const isOfContract = what === 'contract' || what === 'leg';
        const given = what === 'leg' ? { comboLegs: [set] } : set;
        const unjudged = isOfContract ? unjudgedOf({}, given) : unjudgedOf(set);
        const shown = what === 'leg' ? `comboLegs.${name}` : name;
        if (name === 'comboLegs') continue; // a list of its own, asked above
        // Of these some values are understood, and 7 is not.
        const wanted = is === 'refused' || name === 'algoStrategy' || name === 'smartComboRoutingParams' ? [shown] : [];
        expect([name, unjudged]).toEqual([name, wanted]);
        const found = judged({ unjudged });
        expect([name, found.map(({ code, facts }) => [code, facts['fields']])]).toEqual([
          name,
          wanted.length === 0 ? [] : [['FIELD-UNJUDGED', shown]],
        ]);
      }
    },
  );

  it('a property that no table knows is refused by name: the field that the broker invents next', () => {
    expect(unjudgedOf({ totalQuantity: '1', quantumLeap: true }, { conId: 1, leverage: 3 })).toEqual(['quantumLeap', 'leverage']);
  });

  it('fields left at the value that says nothing are not set', () => {
    const idle = {
      exemptCode: -1,
      clearingIntent: 'IB',
      adjustedOrderType: 'None',
      hedgeType: '',
      scaleAutoReset: false,
      modelCode: '',
    };
    expect(unjudgedOf({ ...idle, discretionaryAmt: 0, softDollarTier: { name: '', value: '' } }, { secId: '' })).toEqual([]);
  });

  it('routing of a combination passes where it keeps the price, and is refused where it loosens it or is unknown', () => {
    const routed = (...tags: string[]) => unjudgedOf({ smartComboRoutingParams: tags.map((tag) => ({ tag, value: '1' })) });
    expect(routed('NonGuaranteed', 'LeginPrio', 'CondPriceMax')).toEqual([]);
    for (const tag of ['DiscretionaryPct', 'ChangeToMktTime1', 'ChangeToMktTime2', 'Yolo', ''])
      expect([tag, routed('NonGuaranteed', tag)]).toEqual([tag, ['smartComboRoutingParams']]);
    expect(unjudgedOf({ smartComboRoutingParams: [null] })).toEqual(['smartComboRoutingParams']);
  });

  it.each(['0', '', undefined])('a sale by amount without a price is refused, its size said as %j', (totalQuantity) => {
    const sale = { action: 'SELL', orderType: 'MKT', lmtPrice: undefined, cashQty: '1000', totalQuantity };
    expect(codes(sale)).toContain('PRICE-UNKNOWN');
    expect(codes({ ...sale, reference: '100' })).not.toContain('PRICE-UNKNOWN');
    expect(codes({ ...sale, reference: '100' })).toContain('IRA-SHORT-STOCK');
  });

  it('a strategy of the broker passes, one that nobody knows is refused', () => {
    expect(unjudgedOf({ algoStrategy: 'Adaptive', algoParams: [{ tag: 'adaptivePriority', value: 'Normal' }] })).toEqual([]);
    expect(unjudgedOf({ algoStrategy: 'Yolo' })).toEqual(['algoStrategy']);
  });
});

describe('contracts that are not what they say', () => {
  const known = {
    conId: 5,
    symbol: 'AAPL',
    secType: 'OPT',
    currency: 'USD',
    lastTradeDateOrContractMonth: '20270115 16:00:00 US/Eastern',
    strike: 300,
    right: 'P',
    multiplier: '100',
    tradingClass: 'AAPL',
  };
  it.each([
    ['a known put of strike 300 called 5', { strike: 5 }, ['strike is 300, not 5']],
    ['a known put called a call', { right: 'C' }, ['right is P, not C']],
    ['a multiplier of 1', { multiplier: '1' }, ['multiplier is 100, not 1']],
    ['another symbol', { symbol: 'MSFT' }, ['symbol is AAPL, not MSFT']],
    ['another kind', { secType: 'STK' }, ['secType is OPT, not STK']],
    ['another currency', { currency: 'EUR' }, ['currency is USD, not EUR']],
    ['another class', { tradingClass: 'AAPL1' }, ['tradingClass is AAPL, not AAPL1']],
    [
      'another expiry',
      { lastTradeDateOrContractMonth: '20270219' },
      ['lastTradeDateOrContractMonth is 20270115 16:00:00 US/Eastern, not 20270219'],
    ],
    ['the same in other words', { right: 'PUT', multiplier: '100.0', lastTradeDateOrContractMonth: '202701' }, []],
    ['nothing but the conId', {}, []],
  ])('%s', (_, stated, wanted) => {
    expect(contradictionsOf({ conId: 5, ...stated }, known)).toEqual(wanted);
  });

  it('a contradiction is refused and told', () => {
    const [found] = judged({ contradicts: ['strike is 300, not 5'] });
    expect([found?.code, found?.severity, found?.facts]).toEqual([
      'CONTRACT-CONTRADICTED',
      'reject',
      { contradiction: 'strike is 300, not 5' },
    ]);
  });
});

describe('sizes and accounts said twice', () => {
  it('a size of 1 with a cash amount of a million is refused', () => {
    expect(codes({ cashQty: '1000000' })).toEqual(['QTY-AND-CASH']);
  });
  it('a cash amount of 1,000 beside the size 0 of the builder passes', () => {
    expect(codes({ totalQuantity: '0', cashQty: '1000' })).toEqual([]);
  });
  it('crypto is not sold by a cash amount', () => {
    const contract = { secType: 'CRYPTO', symbol: 'BTC', currency: 'USD' };
    expect(codes({ contract, action: 'SELL', totalQuantity: '0', cashQty: '100', reference: '50000' })).toEqual([
      'COIN-SALE-BY-CASH',
    ]);
  });
  it('an account and a group of an advisor at once are refused', () => {
    expect(codes({ account: 'DU1', faGroup: 'All' })).toEqual(['ACCOUNT-AND-GROUP']);
  });
  it('a short mark is refused although a sale would do', () => {
    expect(codes({ action: 'SSHORT' })).toEqual(['ORDER-INVALID']);
  });
});
