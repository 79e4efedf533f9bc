// Lists, caps and kinds beside what they name: legs, spellings, exercises, owners that nobody has described.
import { describe, expect, it } from 'vitest';
import { allowOnly, deny, limit, maxNotional, type OrderDraft } from '../../../../src/index.js';
import { AAPL, CALL, P, PUT, type SceneOptions, scene } from '../../../witness/scene.js';
import { situations } from '../../../witness/situation.js';

const guarded = (...guards: unknown[]): SceneOptions => ({
  kind: 'reg-t',
  holds: { 201: 5, 202: 5 },
  orders: { guards } as never,
});
const combination = (symbol: string, ...legs: readonly number[]) => ({
  symbol,
  secType: 'BAG',
  currency: 'USD',
  exchange: 'SMART',
  comboLegs: legs.map((conId, at) => ({ conId, ratio: 1, action: at === 0 ? 'BUY' : 'SELL', exchange: 'SMART' })),
});

describe('lists', () => {
  const named = [
    { symbol: 'AAPL', secType: 'STK' },
    { symbol: 'AAPL', secType: 'BAG' },
  ];
  const net = limit('BUY', '1', 4);
  situations<[string, SceneOptions, object, OrderDraft, readonly string[]]>(
    [
      ['a combination of what is named', guarded(allowOnly(named)), combination('AAPL', 204, 201), net, []],
      ['of something else under that name', guarded(allowOnly(named)), combination('AAPL', 204, 102), net, ['NOT-ALLOWED']],
      ['of a leg that nobody has told of', guarded(allowOnly(named)), combination('AAPL', 204, 777), net, ['NOT-ALLOWED']],
      [
        'what is denied in small letters',
        guarded(deny([{ symbol: 'AAPL' }])),
        { ...AAPL, conId: 0, symbol: 'aapl' },
        net,
        ['RESTRICTED'],
      ],
      [
        'and with a space behind it',
        guarded(deny([{ symbol: 'AAPL' }])),
        { ...AAPL, conId: 0, symbol: 'AAPL ' },
        net,
        ['RESTRICTED'],
      ],
    ],
    async (_, how, contract, order, codes) => {
      using stage = await scene(how);
      expect(await stage.leaves(() => stage.ib.orders.place(contract as never, order))).toBe(codes.length === 0 ? 1 : 0);
      expect(stage.codes).toEqual(codes);
    },
  );
});

describe('an option that is exercised trades its underlying as well', () => {
  const stock = [{ symbol: 'AAPL', secType: 'STK' }];
  const option = [{ symbol: 'AAPL', secType: 'OPT' }];
  situations<[string, unknown, object, 'exercise' | 'lapse', readonly string[]]>(
    [
      ['a call into a stock that is denied by name', deny(stock), CALL, 'exercise', ['RESTRICTED']],
      ['by its conId', deny([{ conId: AAPL.conId as number }]), CALL, 'exercise', ['RESTRICTED']],
      ['a put gives shares that are denied', deny(stock), PUT, 'exercise', ['RESTRICTED']],
      ['into another stock than the one denied', deny([{ conId: 102 }]), CALL, 'exercise', []],
      ['a lapse moves no shares', deny(stock), CALL, 'lapse', []],
      ['into a stock that is on no list', allowOnly(option), CALL, 'exercise', ['NOT-ALLOWED']],
      ['both on the list', allowOnly([...option, ...stock]), CALL, 'exercise', []],
      ['all of a symbol on the list', allowOnly([{ symbol: 'AAPL' }]), CALL, 'exercise', []],
      ['a lapse where the option is on the list', allowOnly(option), CALL, 'lapse', []],
    ],
    async (_, guard, contract, action, codes) => {
      using stage = await scene(guarded(guard));
      await stage.leaves(() => stage.ib.orders.exercise(contract as never, { action, quantity: 1 }));
      expect([stage.venue.instructions, stage.codes]).toEqual([codes.length === 0 ? 1 : 0, codes]);
    },
  );

  it('raw too; and where the underlying has not been told a list of conIds refuses', async () => {
    using stage = await scene(guarded(deny(stock)));
    const message = { reqId: 77, contract: CALL, exerciseAction: 1, exerciseQuantity: 1, account: '', override: 0 };
    await stage.leaves(() => stage.ib.raw.send('exerciseOptions', message as never));
    expect([stage.venue.instructions, stage.codes]).toEqual([0, ['RESTRICTED']]);
    const untold = { contract: { secType: 'OPT', symbol: 'AAPL', currency: 'USD', conId: 9 }, act: 'exercise' } as never;
    expect(deny([{ conId: 101 }])([untold], {} as never)).toMatchObject([{ code: 'DENY-UNKNOWN', facts: { missing: 'conId' } }]);
    const cash = { contract: { secType: 'OPT', symbol: 'SPX', currency: 'USD', settlement: 'cash' }, act: 'exercise' } as never;
    expect(allowOnly([{ symbol: 'SPX', secType: 'OPT' }])([cash], {} as never)).toEqual([]);
    const future = { contract: { secType: 'FOP', symbol: 'ES', currency: 'USD', underConId: 8 }, act: 'exercise' } as never;
    expect(deny([{ symbol: 'ES', secType: 'FUT' }])([future], {} as never)).toMatchObject([{ code: 'RESTRICTED' }]);
  });
});

describe('a cap on money', () => {
  situations<[string, object, 'exercise' | 'lapse', number, readonly string[]]>(
    [
      ['counts a call that is exercised at its strike', CALL, 'exercise', 0, ['MAX-NOTIONAL']],
      ['a put at a strike of 9 stays below it', PUT, 'exercise', 1, []],
      ['and a lapse at nothing', CALL, 'lapse', 1, []],
    ],
    async (_, contract, action, count, codes) => {
      using stage = await scene(guarded(maxNotional(1_000, 'USD')));
      await stage.leaves(() => stage.ib.orders.exercise(contract as never, { action, quantity: 1 }));
      expect([stage.venue.instructions, stage.codes]).toEqual([count, codes]);
    },
  );
});

describe('an account that is configured to borrow', () => {
  situations<[string, string, readonly string[]]>(
    [
      ['and that nobody has described', '', ['KIND-UNPROVEN']],
      ['and is described in a word that is not known', '401K', ['KIND-UNPROVEN']],
      ['and belongs to a taxable owner', 'INDIVIDUAL', []],
    ],
    async (_, accountType, said) => {
      using stage = await scene({ kind: 'reg-t', accountType });
      expect(stage.ib.orders.check(AAPL, limit('SELL', '1', P)).map(({ code, severity }) => `${code} ${severity}`)).toEqual(
        said.map((code) => `${code} warn`),
      );
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '1', P)))).toBe(1);
    },
    '%s',
  );
  it('but is an IRA borrows nothing, whatever the configuration says', async () => {
    for (const kind of ['reg-t', 'cash', 'ira-margin'] as const) {
      using stage = await scene({ kind, accountType: 'IRA-SEP' });
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '1', P)))).toBe(0);
      expect(stage.codes).toEqual(['IRA-SHORT-STOCK']);
    }
  });
});
