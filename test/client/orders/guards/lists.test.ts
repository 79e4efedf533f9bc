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
