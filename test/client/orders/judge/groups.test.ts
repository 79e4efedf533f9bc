// Orders given to a group of an advisor: each account that may get them is judged, with the whole quantity.

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { wallTimer } from '../../../../src/client/wire/timer.js';
import type { RequestOf } from '../../../../src/protocol/registry.js';
import { type Peer, scriptedGateway } from '../../../helpers/scripted-gateway.js';
import { AAPL, deskWith, quick, until } from '../trades/desk.js';

const IRA = 'DU9000001';
const CASH = 'DU9000002';
const MARGIN = 'DU9000003';
const group = (name: string, method: string, ...accounts: string[]): string =>
  `<Group><name>${name}</name><ListOfAccts varName="list">${accounts.map((one) => `<Account><acct>${one}</acct></Account>`).join('')}</ListOfAccts><defaultMethod>${method}</defaultMethod></Group>`;
const GROUPS = [
  group('rich', 'NetLiq', CASH),
  group('both', 'NetLiq', IRA, CASH),
  group('loose', 'NetLiq', MARGIN),
  group('money', 'MonetaryAmount', CASH),
];
/** What each account holds of everything there is: the first little, the others much. */
const CASH_OF: Readonly<Record<string, string>> = { [IRA]: '1000', [CASH]: '100000', [MARGIN]: '100000' };
const TYPES: Readonly<Record<string, string>> = { [IRA]: 'IRA-ROTH-NEW', [CASH]: 'INDIVIDUAL', [MARGIN]: 'INDIVIDUAL' };

type Answer = (placed: RequestOf<'placeOrder'>, peer: Peer) => void;

async function advisor(isAdvisor = true, accounts: readonly string[] = [IRA, CASH, MARGIN], answer: Answer = () => {}) {
  let groups: readonly string[] = GROUPS;
  let ahead = 0;
  const timer = { ...wallTimer, now: () => wallTimer.now() + ahead };
  const gateway = await scriptedGateway({
    accounts: accounts.join(','),
    on: {
      reqAccountSummary: ({ reqId }, peer) => {
        for (const account of accounts)
          peer.send('accountSummary', { reqId, account, tag: 'AccountType', value: TYPES[account] ?? '', currency: '' });
        peer.send('accountSummaryEnd', { reqId });
      },
      reqAccountUpdatesMulti: ({ reqId, account = '' }, peer) => {
        const say = (key: string, value: string, currency: string): void =>
          peer.send('accountUpdateMulti', { reqId, account, key, value, currency });
        say('AccountType', TYPES[account] ?? '', '');
        say('NetLiquidation', '1000000', 'USD');
        for (const key of ['CashBalance', 'SettledCash', 'TotalCashValue']) say(key, CASH_OF[account] ?? '0', 'USD');
        peer.send('accountUpdateMultiEnd', { reqId });
      },
      reqPositions: (_, peer) => peer.send('positionEnd', {}),
      reqOpenOrders: (_, peer) => peer.send('openOrderEnd', {}),
      reqAllOpenOrders: (_, peer) => peer.send('openOrderEnd', {}),
      reqExecutions: ({ reqId }, peer) => peer.send('execDetailsEnd', { reqId }),
      reqContractDetails: ({ reqId }, peer) => {
        peer.send('contractDetails', {
          reqId,
          contract: AAPL,
          contractDetails: { stockType: 'COMMON', minTick: 0.01, minSize: '1', sizeIncrement: '1' },
        });
        peer.send('contractDetailsEnd', { reqId });
      },
      requestFA: ({ faDataType }, peer) => {
        const xml = `<?xml version="1.0"?><ListOfGroups>${groups.join('')}</ListOfGroups>`;
        if (isAdvisor) peer.send('receiveFA', { faDataType, xml });
        else
          peer.send('error', { reqId: -1 as never, errorCode: 321, errorString: 'Error validating request: not an FA account' });
      },
      replaceFA: ({ reqId }, peer) => peer.send('replaceFAEnd', { reqId, text: '' }),
      placeOrder: answer,
    },
  });
  const kinds = { [IRA]: 'ira-cash', [CASH]: 'cash', [MARGIN]: 'reg-t' };
  const ib = await connect({ port: gateway.port, ...quick, timer, orders: { accounts: { kinds } } });
  await ib.contracts.details(AAPL);
  await ib.orders.prepare();
  const left = (): number => gateway.received.filter(({ kind }) => kind === 'placeOrder').length;
  const pass = (ms: number): void => {
    ahead += ms;
  };
  const become = (...now: readonly string[]): void => {
    groups = now;
  };
  return { gateway, ib, left, become, pass };
}

/** Buys `size` at 100 for a group; what became of it. */
async function outcome(ib: Ib, left: () => number, faGroup: string, size: number, more: object = {}): Promise<string> {
  const before = left();
  try {
    const trade = ib.orders.place(AAPL, { ...limit('BUY', size, '100'), faGroup, ...more }, { timeout: 1_500 });
    let end: string | undefined;
    trade.done.then(
      (state) => {
        end = `refused ${state.reason?.text ?? ''}`;
      },
      () => {},
    );
    await until(() => end !== undefined || left() > before, 'the order to leave or to end');
    return left() > before ? 'left' : (end ?? '');
  } catch (error) {
    return `refused ${String(error)}`;
  }
}

describe('an order for a group of an advisor', () => {
  it('leaves where every member could take all of it, and counts in each from then on', async () => {
    const { gateway, ib, left } = await advisor();
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'rich', 600)).toBe('left');
      expect(ib.orders.situationOf(CASH)?.workingOrders).toHaveLength(1);
      expect(await outcome(ib, left, 'rich', 600)).toMatch(/refused.*DEBIT/s);
    } finally {
      ib.close();
    }
  });

  it('is refused where one member is short of money, or the group is one that nobody has told', async () => {
    const { gateway, ib, left } = await advisor();
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'both', 11)).toMatch(/refused.*DEBIT/s);
      expect(await outcome(ib, left, 'both', 9)).toBe('left');
      expect(await outcome(ib, left, 'nobody', 1)).toMatch(/refused.*GROUP-UNKNOWN/s);
    } finally {
      ib.close();
    }
  });

  it('is free where no member is restricted', async () => {
    const { gateway, ib, left } = await advisor();
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'loose', 100_000)).toBe('left');
    } finally {
      ib.close();
    }
  });

  it('is refused by name where its method sets another size than the order says', async () => {
    const { gateway, ib, left } = await advisor();
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'money', 1)).toMatch(/refused.*FIELD-UNJUDGED/s);
      expect(await outcome(ib, left, 'rich', 1, { faMethod: 'PctChange', faPercentage: '50' })).toMatch(/FIELD-UNJUDGED/);
      expect(await outcome(ib, left, 'rich', 1, { modelCode: 'm' })).toMatch(/FIELD-UNJUDGED/);
    } finally {
      ib.close();
    }
  });

  it('is refused where the gateway is no advisor’s', async () => {
    const { gateway, ib, left } = await advisor(false);
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'rich', 1)).toMatch(/refused.*GROUP-UNKNOWN/s);
    } finally {
      ib.close();
    }
  });

  it('needs no members where all accounts of the login may borrow', async () => {
    const { gateway, ib, left } = await advisor(true, [MARGIN]);
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'any', 100_000)).toBe('left');
      expect(gateway.received.some(({ kind }) => kind === 'requestFA')).toBe(false);
    } finally {
      ib.close();
    }
  });
});

/** What the gateway says of an order that it has taken: with which account, and what of it was executed in which. */
const taken =
  (account: string | undefined, executedIn?: string): Answer =>
  ({ orderId = 0, contract, order }, peer) => {
    const ids = { clientId: 1, permId: String(9_000 + orderId) };
    peer.send('openOrder', {
      orderId,
      contract: AAPL,
      order: { ...order, ...ids, ...(account !== undefined && { account }) } as never,
      orderState: { status: 'Submitted' },
    });
    if (executedIn === undefined) return;
    const execution = { ...ids, orderId, execId: `${orderId}.1.01.01`, time: '20260825 14:11:30 US/Eastern', exchange: 'ARCA' };
    peer.send('execDetails', {
      reqId: -1,
      contract: { ...contract, ...AAPL },
      execution: { ...execution, acctNumber: executedIn, side: 'BOT', shares: '1', price: 100 },
    });
  };

describe('an order for a group that works', () => {
  it.each<[string, number, Answer]>([
    ['no account', 0, taken(undefined)],
    ['an empty account', 0, taken('')],
    ['the account of the advisor', 0, taken('DU9000009')],
    ['the account of one member', 0, taken(CASH)],
    ['no account, and one member in which some of it was executed', 1, taken(undefined, CASH)],
  ])('counts in every member, and in no other account, where the gateway names %s', async (_, executed, answer) => {
    const { gateway, ib, left } = await advisor(true, [IRA, CASH, MARGIN], answer);
    await using _gateway = gateway;
    try {
      expect(await outcome(ib, left, 'both', 9)).toBe('left');
      const [trade] = ib.orders.book.trades;
      await until(() => trade?.reported !== undefined && trade.fills.length === executed);
      const own = (account: string, size: number) => outcome(ib, left, '', size, { account, faGroup: undefined, lmtPrice: 99 });
      expect(await own(IRA, 9)).toMatch(/refused.*DEBIT/s);
      expect(ib.orders.situationOf(CASH)?.workingOrders).toHaveLength(1);
      expect(await outcome(ib, left, 'rich', 900)).toBe('left');
      expect(ib.orders.situationOf(IRA)?.workingOrders).toHaveLength(1);
    } finally {
      ib.close();
    }
  });

  it.each(['by somebody', 'by this session'])('a group that was changed %s meanwhile is judged as it is now', async (who) => {
    const { gateway, ib, left, become, pass } = await advisor();
    await using _ = gateway;
    try {
      expect(await outcome(ib, left, 'rich', 20)).toBe('left');
      become(group('rich', 'NetLiq', CASH, IRA));
      if (who === 'by this session') await ib.advisor.replace('groups', '<ListOfGroups></ListOfGroups>');
      else pass(1_100);
      expect(await outcome(ib, left, 'rich', 21)).toMatch(/refused.*IRA-DEBIT/s);
    } finally {
      ib.close();
    }
  });
});

it('a group of a login in which one live account may not trade does not leave', async () => {
  const login = 'U9000001,U9000002';
  for (const [live, leaves] of [
    [['U9000001'], false],
    [['U9000001', 'U9000002'], true],
  ] as const) {
    await using desk = await deskWith({ accounts: login }, { orders: { live } });
    const place = () => desk.ib.orders.place(AAPL, { ...limit('BUY', 1, '100'), faGroup: 'both' });
    if (leaves) expect(place().sentAt).toBeDefined();
    else expect(place).toThrow(/LIVE-ACCOUNT/);
  }
});
