/** What the accounts refuse, and what a what-if says beforehand. */
import { describe, expect, it } from 'vitest';
import { cashOf } from '../../../src/gateway/accounts/amount.js';
import { brief, buy, limit, openDesk, sell } from './desk.js';
import { AAPL, ACCOUNT, CALL_250, EPD, ES, EURUSD, HARD, PUT_240 } from './instruments.js';

const plain = { options: { echo: 'plain', acknowledge: 'direct' } } as const;

describe('accounts refuse', () => {
  const withAccount = (kind: 'cash' | 'roth-ira-cash' | 'ira-margin' | 'individual-margin', usd: number, extra = {}) =>
    openDesk({ ...plain, accounts: [{ account: ACCOUNT, kind, baseCurrency: 'USD', cash: { USD: cashOf(usd) }, ...extra }] });

  it('what the margin does not carry: 201 with both amounts, then Inactive', () => {
    const desk = withAccount('individual-margin', 1000);
    const said = desk.place(1, AAPL, buy(100));
    expect(brief(said)).toEqual(['error 1 201', 'openOrder 1 Inactive', 'orderStatus 1 Inactive 0/100']);
    expect(said[0]).toMatchObject({
      errorMsg: expect.stringMatching(
        /YOUR EQUITY WITH LOAN VALUE \[\d+\.\d\d USD\] MUST EXCEED THE INITIAL MARGIN \[6250\.00 USD\]/,
      ),
    });
    expect(brief(desk.engine.completedOrders(1, false))).toEqual(['completedOrder 1 Cancelled']);
  });

  it('short stock: 426 in a cash account, 201 in an IRA', () => {
    expect(brief(withAccount('cash', 1e6).place(1, AAPL, sell(1)))[0]).toBe('error 1 426');
    expect(brief(withAccount('roth-ira-cash', 1e6).place(1, AAPL, sell(1)))[0]).toBe('error 1 201');
    expect(brief(withAccount('individual-margin', 1e6).place(1, AAPL, sell(1))).at(-2)).toBe('orderStatus 1 Filled 1/0');
  });

  it('selling the same shares twice; a bracket that sells them once or the other way is fine', () => {
    const desk = withAccount('cash', 1e6);
    desk.place(1, AAPL, buy(100));
    desk.place(2, AAPL, sell(100, limit(300, { ocaGroup: 'exit', ocaType: 1 })));
    expect(brief(desk.place(3, AAPL, sell(100, { orderType: 'STP', auxPrice: 200, ocaGroup: 'exit', ocaType: 1 }))).at(-1)).toBe(
      'orderStatus 3 PreSubmitted 0/100 trigger',
    );
    expect(brief(desk.place(4, AAPL, sell(1, limit(300))))[0]).toBe('error 4 426');
  });

  it('spending cash that has not settled, but not in a limited-margin IRA', () => {
    for (const [kind, expected] of [
      ['cash', 201],
      ['ira-margin', undefined],
    ] as const) {
      const desk = withAccount(kind, 30_000);
      desk.place(1, AAPL, buy(100));
      desk.place(2, AAPL, sell(100));
      const [first] = desk.place(3, AAPL, buy(100));
      expect(first?.kind === 'error' ? first.errorCode : undefined).toBe(expected);
    }
  });

  it.each([
    ['discretion above its limit', limit(240, { discretionaryAmt: 15 })],
    ['a trail that starts below it', { orderType: 'TRAIL', auxPrice: 1, trailStopPrice: 240 }],
    ['a stop that the market has passed', { orderType: 'STP', auxPrice: 200 }],
    ['no price at all', {}],
  ])('a purchase that would cost more than the cash where it fills is refused before it works: %s', (_, terms) => {
    for (const kind of ['cash', 'roth-ira-cash', 'ira-margin'] as const)
      expect(brief(withAccount(kind, 2_450).place(1, AAPL, buy(10, terms)))).toEqual([
        'error 1 201',
        'openOrder 1 Inactive',
        'orderStatus 1 Inactive 0/10',
      ]);
  });

  it('working orders together may not spend more than there is', () => {
    const desk = withAccount('cash', 30_000);
    expect(brief(desk.place(1, AAPL, buy(100, limit(249)))).at(-1)).toBe('orderStatus 1 Submitted 0/100');
    expect(brief(desk.place(2, AAPL, buy(100, limit(249))))[0]).toBe('error 2 201');
    desk.cancel(1);
    desk.take();
    expect(brief(desk.place(3, AAPL, buy(100, limit(249)))).at(-1)).toBe('orderStatus 3 Submitted 0/100');
  });

  it('another currency in a one-currency IRA, partnerships in any IRA, uncovered calls', () => {
    const desk = withAccount('roth-ira-cash', 1e6);
    expect(brief(desk.place(1, EURUSD, buy(10_000)))[0]).toBe('error 1 201');
    expect(brief(desk.place(2, EPD, buy(1)))[0]).toBe('error 2 201');
    expect(brief(desk.place(3, CALL_250, sell(1)))[0]).toBe('error 3 201');
    desk.place(4, AAPL, buy(100));
    desk.take();
    expect(brief(desk.place(5, CALL_250, sell(1))).at(-2)).toBe('orderStatus 5 Filled 1/0');
  });

  it('a short put without its strike in cash', () => {
    expect(brief(withAccount('cash', 10_000).place(1, PUT_240, sell(1)))[0]).toBe('error 1 201');
    expect(brief(withAccount('cash', 30_000).place(1, PUT_240, sell(1))).at(-2)).toBe('orderStatus 1 Filled 1/0');
  });

  it('at the moment of the fill, what a jump of the price has made too dear: the rest ends with 201', () => {
    const desk = withAccount('cash', 26_000);
    desk.place(1, AAPL, buy(100, { orderType: 'STP', auxPrice: 255 }));
    desk.market.move(AAPL, { bid: 299.9, ask: 300, last: 300 });
    expect(brief(desk.take()).slice(-3)).toEqual(['error 1 201', 'openOrder 1 Inactive', 'orderStatus 1 Inactive 86/14']);
    expect(desk.position(AAPL)).toBe('86');
    expect(Number(desk.accounts.accounts.get(ACCOUNT)?.ledger.get('USD')?.cash)).toBeGreaterThanOrEqual(0);
  });

  it('at the moment of the fill, shares that are gone by then', () => {
    const desk = withAccount('cash', 1e6);
    desk.place(1, AAPL, buy(100));
    desk.place(2, AAPL, sell(100, limit(260, { ocaGroup: 'a', ocaType: 1 })));
    desk.place(3, AAPL, sell(100, limit(270, { ocaGroup: 'a', ocaType: 1 })));
    const account = desk.accounts.accounts.get(ACCOUNT);
    const position = account?.positions.get(AAPL.conId);
    if (position) position.quantity = 4_000_000_000n;
    desk.market.move(AAPL, { bid: 261, ask: 261.02, last: 261 });
    expect(desk.position(AAPL)).toBe('0');
    expect(desk.engine.orders().map(({ status }) => status)).toEqual(['Filled', 'Inactive', 'Cancelled']);
  });

  it('what the permissions leave out: 460', () => {
    const desk = withAccount('individual-margin', 1e6, { permissions: ['STK'] });
    expect(brief(desk.place(1, ES, buy(1)))[0]).toBe('error 1 460');
  });

  it('currency leverage silently: Inactive without an error, and 201 when it is tried again', () => {
    const desk = openDesk({
      ...plain,
      accounts: [
        {
          account: ACCOUNT,
          kind: 'individual-margin',
          baseCurrency: 'EUR',
          cash: { EUR: cashOf(50_000) },
          noCurrencyLeverage: true,
        },
      ],
    });
    expect(brief(desk.place(498, EURUSD, buy(100_000, limit(1.05))))).toEqual([
      'openOrder 498 Inactive',
      'orderStatus 498 Inactive 0/100000',
    ]);
    expect(desk.place(498, EURUSD, buy(100_000, limit(1.07)))).toMatchObject([
      { errorCode: 201, errorMsg: 'Order rejected - reason:FX trade would expose account to currency leverage.' },
    ]);
  });

  it('shares that cannot be borrowed hold the order: 404 and locate, until they are found', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, HARD, sell(10)))).toEqual([
      'error 1 404',
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/10 locate',
    ]);
    desk.engine.locate();
    expect(brief(desk.take()).at(-2)).toBe('orderStatus 1 Filled 10/0');
  });
});

describe('what-if', () => {
  it('answers with margins before, change and after, and a commission, on one openOrder', () => {
    const desk = openDesk();
    const said = desk.place(1, AAPL, buy(100, { whatIf: true }));
    expect(brief(said)).toEqual(['openOrder 1 PreSubmitted commission']);
    expect(said[0]).toMatchObject({
      orderState: {
        initMarginBefore: 0,
        initMarginChange: 6250,
        initMarginAfter: 6250,
        commissionAndFees: 1.0003,
        commissionAndFeesCurrency: 'USD',
        marginCurrency: 'USD',
      },
    });
    expect(desk.engine.orders()).toEqual([]);
  });

  it('of an impossible order is an error only', () => {
    const desk = openDesk();
    expect(brief(desk.place(1, AAPL, buy(100_000, { whatIf: true })))).toEqual(['error 1 201']);
    expect(brief(desk.place(2, { symbol: 'ZZZZNONE', exchange: 'SMART' }, buy(1, { whatIf: true })))).toEqual(['error 2 200']);
  });
});
