import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { readBody } from '../src/body.js';
import { monthOf } from '../src/client/find-contract.js';
import { meaningOf } from '../src/conformance.js';
import { find, rowOf } from '../src/endpoints/list.js';
import { judge, type Verdict } from '../src/endpoints/verdict.js';
import { simulatedEndpoints, type WebGateway, webGateway } from '../src/simulate/web-gateway.js';

const AAPL = 265598;

async function opened(): Promise<{
  web: WebGateway;
  ask: (method: string, path: string, body?: object) => Verdict;
  account: string;
  close: () => Promise<void>;
}> {
  const gateway = await simulate({ clock: 'virtual', accounts: [{ kind: 'individual-margin', holdings: { AAPL: 10 } }] });
  const web = webGateway(gateway);
  web.faults.enforcePacing = false;
  const ask = (method: string, path: string, body?: object): Verdict => {
    const answer = web.handle(method, `/v1/api${path}`, body === undefined ? '' : JSON.stringify(body));
    if (answer === 'lost') throw new Error('lost');
    const name = find(method, path)?.name;
    return judge(name === undefined ? undefined : rowOf(name), answer.status, readBody(answer.body));
  };
  return { web, ask, account: gateway.accounts[0] ?? '', close: () => gateway.close() };
}

const order = (cOID: string, more: object = {}) => ({
  orders: [{ conid: AAPL, side: 'BUY', orderType: 'LMT', price: 100, quantity: 1, tif: 'DAY', cOID, ...more }],
});

describe('the simulated web gateway', () => {
  it('answers in shapes that the table knows, name by name', async () => {
    const { web, ask, account, close } = await opened();
    ask('POST', '/iserver/auth/ssodh/init', { publish: true, compete: false });
    const { universe } = web.door.gateway.world;
    const chain = universe.chains.find(({ symbol }) => symbol === 'AAPL');
    const [option] = chain === undefined ? [] : universe.options(chain, web.door.gateway.clock.now());
    const month = monthOf(option?.lastTradeDate ?? '');
    const asked: readonly (readonly [string, string, object?])[] = [
      ['POST', '/iserver/auth/ssodh/init', { publish: true, compete: false }],
      ['GET', '/iserver/accounts'],
      ['GET', '/portfolio/accounts'],
      ['GET', '/portfolio/subaccounts'],
      ['POST', '/iserver/auth/status'],
      ['POST', '/tickle'],
      ['GET', '/sso/validate'],
      ['GET', `/portfolio/${account}/positions/0`],
      ['GET', `/portfolio/${account}/positions/0`],
      ['POST', `/portfolio/${account}/positions/invalidate`],
      ['GET', `/portfolio2/${account}/positions`],
      ['GET', `/portfolio/${account}/ledger`],
      ['GET', `/portfolio/${account}/summary`],
      ['GET', '/iserver/secdef/search?symbol=AAPL'],
      ['GET', `/iserver/secdef/strikes?conid=${AAPL}&sectype=OPT&month=${month}`],
      ['GET', `/iserver/secdef/info?conid=${AAPL}&sectype=OPT&month=${month}&strike=${option?.strike}&right=C`],
      ['GET', '/trsrv/futures?symbols=ES,NQ'],
      ['GET', '/iserver/currency/pairs?currency=USD'],
      ['GET', `/iserver/contract/${AAPL}/info-and-rules`],
      ['GET', '/iserver/account/pnl/partitioned'],
      ['GET', '/trsrv/stocks?symbols=AAPL'],
      ['GET', `/trsrv/secdef?conids=${AAPL}`],
      ['GET', `/iserver/marketdata/snapshot?conids=${AAPL}&fields=31,84,86`],
      ['GET', `/iserver/marketdata/snapshot?conids=${AAPL}&fields=31,84,86`],
      ['GET', `/iserver/marketdata/history?conid=${AAPL}&period=2d&bar=1h`],
      ['POST', `/iserver/account/${account}/orders/whatif`, order('what')],
      ['POST', `/iserver/account/${account}/orders`, order('one')],
      ['POST', `/iserver/account/${account}/orders`, order('two', { orderType: 'MKT', price: undefined })],
      ['GET', '/iserver/account/orders'],
      ['GET', '/iserver/account/orders'],
      ['GET', '/iserver/account/trades'],
      ['GET', '/iserver/account/trades'],
      ['POST', '/iserver/questions/suppress', { messageIds: ['o163'] }],
      ['POST', '/iserver/questions/suppress/reset'],
    ];
    const strange: unknown[] = [];
    for (const [method, path, body] of asked) {
      const verdict = ask(method, path, body);
      expect([path, verdict.at]).toEqual([path, 'answer']);
      if (verdict.at === 'answer') strange.push(...verdict.unknown.map((name) => [path, name]), ...verdict.troubles);
    }
    expect(strange).toEqual([]);
    const names = new Set(asked.map(([method, path]) => find(method, path)?.name));
    expect(simulatedEndpoints.filter((name) => !names.has(name) && !/order\/|reply|logout|notification/.test(name))).toEqual([]);
    await close();
  });

  it('answers nothing of the brokerage session before it is opened, and no order before the accounts', async () => {
    const { ask, account, close } = await opened();
    expect(ask('GET', '/iserver/accounts')).toMatchObject({ at: 'refused', why: 'noSession' });
    ask('POST', '/iserver/auth/ssodh/init', { publish: true, compete: false });
    expect(ask('POST', `/iserver/account/${account}/orders`, order('one'))).toMatchObject({ why: 'accountsFirst' });
    expect(ask('GET', '/nowhere')).toMatchObject({ at: 'refused', why: 'notFound', text: 'Resource not found' });
    await close();
  });

  it('an order placed at one door is seen at the other', async () => {
    const { web, ask, account, close } = await opened();
    ask('POST', '/iserver/auth/ssodh/init', { publish: true, compete: false });
    ask('GET', '/iserver/accounts');
    const placed = ask('POST', `/iserver/account/${account}/orders`, order('mine'));
    expect(meaningOf('POST /iserver/account/{accountId}/orders', placed)).toMatchObject({
      answer: { at: 'legs', legs: [{ at: 'taken', status: 'Submitted', cOID: 'mine' }] },
    });
    expect(web.door.gateway.orders).toMatchObject([{ status: 'Submitted', order: { orderRef: 'mine', lmtPrice: 100 } }]);
    web.door.gateway.engine.place(
      5,
      1,
      { conId: AAPL, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
      {
        action: 'BUY',
        totalQuantity: '2',
        orderType: 'LMT',
        lmtPrice: 99,
        tif: 'GTC',
        account,
        orderRef: 'theirs',
        transmit: true,
      },
    );
    ask('GET', '/iserver/account/orders');
    const listed = meaningOf('GET /iserver/account/orders', ask('GET', '/iserver/account/orders'));
    expect(listed).toMatchObject({
      isWhole: true,
      orders: [
        { orderRef: 'mine', total: '1' },
        { orderRef: 'theirs', total: '2', lmtPrice: '99', tif: 'GTC' },
      ],
    });
    await close();
  });

  it('a question keeps the order back; another submission makes it stale', async () => {
    const { web, ask, account, close } = await opened();
    ask('POST', '/iserver/auth/ssodh/init', { publish: true, compete: false });
    ask('GET', '/iserver/accounts');
    web.faults.questions = ['o163', 'o354'];
    const placed = meaningOf(
      'POST /iserver/account/{accountId}/orders',
      ask('POST', `/iserver/account/${account}/orders`, order('mine')),
    );
    if (placed.of !== 'order' || placed.answer.at !== 'question') throw new Error('no question');
    expect(web.door.gateway.orders).toEqual([]);
    const [first] = placed.answer.questions;
    const next = meaningOf('POST /iserver/reply/{replyId}', ask('POST', `/iserver/reply/${first?.replyId}`, { confirmed: true }));
    expect(next).toMatchObject({ answer: { at: 'question', questions: [{ messageIds: ['o354'] }] } });
    ask('POST', `/iserver/account/${account}/orders`, order('other'));
    if (next.of !== 'order' || next.answer.at !== 'question') throw new Error('no question');
    expect(ask('POST', `/iserver/reply/${next.answer.questions[0]?.replyId}`, { confirmed: true })).toMatchObject({
      why: 'busy',
      status: 503,
    });
    expect(web.door.gateway.orders).toEqual([]);
    await close();
  });
});
