// Accounts, positions and ledgers of the simulated world, in the shapes of the Web API.

import type { PortfolioRow } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import { accountPnl, ledgersOf, totalsOf } from './account-numbers.js';
import { type Answer, type Door, error, type Handler, isFirst, json } from './door.js';

/** What a path that names an account needs first; undefined: it may be read. */
function barred(door: Door, account: string | undefined): ReturnType<typeof json> | undefined {
  if (!door.session.portfolioAsked) return error('Bad Request: Please query /portfolio/accounts first', 400);
  return account !== undefined && door.gateway.accounts.includes(account) ? undefined : error('unknown account', 400);
}

const described = (door: Door, account: string): object => {
  const value = (key: string): string | undefined =>
    door.gateway.values(account).find((row) => row.key === key && row.isOfLedger !== true)?.value;
  return {
    id: account,
    accountId: account,
    accountVan: account,
    accountTitle: 'Simulated',
    displayName: account,
    accountAlias: null,
    accountStatus: 1_600_000_000_000,
    currency: door.gateway.accountBook.accounts.get(account)?.baseCurrency ?? 'USD',
    type: 'DEMO',
    tradingType: 'STKNOPT',
    faclient: false,
    clearingStatus: 'O',
    covestor: false,
    acctCustType: value('AccountType') ?? 'INDIVIDUAL',
    parent: { mmc: [], accountId: '', isMParent: false, isMChild: false, isMultiplex: false },
    desc: account,
  };
};

/** `isSparse`: as first reads are, without prices and names. */
function positionRow(row: PortfolioRow, isSparse: boolean): object {
  const { instrument } = row;
  const own = {
    acctId: row.account,
    conid: instrument.conId,
    contractDesc: instrument.secType === 'STK' ? instrument.symbol : instrument.localSymbol,
    position: Number(row.position),
    currency: instrument.currency,
    avgCost: row.averageCost,
    avgPrice: row.averageCost / instrument.multiplier,
    exchs: null,
    expiry: instrument.lastTradeDate ?? null,
    putOrCall: instrument.right ?? null,
    multiplier: instrument.multiplier === 1 ? 0 : instrument.multiplier,
    exerciseStyle: null,
    conExchMap: [],
    assetClass: instrument.secType,
    undConid: instrument.underConId ?? 0,
    model: '',
  };
  if (isSparse) return { ...own, strike: instrument.strike ?? 0 };
  return {
    ...own,
    mktPrice: row.marketPrice,
    mktValue: row.marketValue,
    realizedPnl: row.realizedPnL,
    unrealizedPnl: row.unrealizedPnL,
    strike: String(instrument.strike ?? 0),
    ticker: instrument.symbol,
    name: instrument.longName,
    listingExchange: instrument.primaryExchange ?? instrument.exchange,
    fullName: instrument.localSymbol,
    pageSize: 100,
  };
}

const PAGE = 100;

/** What is read about portfolios, as it was at first where answers are kept. */
function kept({ faults, session }: Door, key: string, make: () => Answer): Answer {
  const known = faults.stalePortfolio ? session.kept.get(key) : undefined;
  const answer = known ?? make();
  session.kept.set(key, answer);
  return answer;
}

export const accountHandlers = {
  'GET /iserver/accounts': (door) => {
    door.session.accountsAsked = true;
    const { accounts } = door.gateway;
    return json({
      accounts,
      acctProps: Object.fromEntries(accounts.map((account) => [account, { hasChildAccounts: false, supportsCashQty: true }])),
      aliases: Object.fromEntries(accounts.map((account) => [account, account])),
      allowFeatures: { showGFIS: false },
      chartPeriods: { STK: ['*'] },
      selectedAccount: accounts[0],
      sessionId: 'simulated',
      isFT: false,
      isPaper: true,
    });
  },
  'GET /portfolio/accounts': (door) => {
    door.session.portfolioAsked = true;
    return json(door.gateway.accounts.map((account) => described(door, account)));
  },
  'GET /portfolio/subaccounts': (door) => {
    door.session.portfolioAsked = true;
    return json(door.gateway.accounts.map((account) => described(door, account)));
  },
  'GET /portfolio/{accountId}/positions/{pageId}': (door, { values: [account, page = '0'] }) => {
    const bar = barred(door, account);
    if (bar !== undefined) return bar;
    const isSparse = isFirst(door, `positions ${account}`);
    return kept(door, `positions ${account} ${page} ${isSparse}`, () => {
      const rows = door.gateway.positions(account);
      return json(rows.slice(Number(page) * PAGE, (Number(page) + 1) * PAGE).map((row) => positionRow(row, isSparse)));
    });
  },
  'POST /portfolio/{accountId}/positions/invalidate': (door) => {
    for (const key of door.session.kept.keys()) if (key.startsWith('positions ')) door.session.kept.delete(key);
    return json({ message: 'success' });
  },
  'GET /portfolio2/{accountId}/positions': (door, { values: [account] }) => {
    if (door.faults.freshPositionsAway) return error('Service Unavailable', 503);
    const bar = barred(door, account);
    if (bar !== undefined) return bar;
    return json(
      door.gateway.positions(account).map(({ instrument, ...row }) => ({
        position: Number(row.position),
        conid: String(instrument.conId),
        avgCost: row.averageCost,
        avgPrice: row.averageCost / instrument.multiplier,
        currency: instrument.currency,
        description: instrument.secType === 'STK' ? instrument.symbol : instrument.localSymbol,
        isLastToLoq: false,
        marketPrice: row.marketPrice,
        marketValue: row.marketValue,
        realizedPnl: row.realizedPnL,
        secType: instrument.secType,
        timestamp: Math.floor(door.now() / 1000),
        unrealizedPnl: row.unrealizedPnL,
        assetClass: instrument.secType,
        sector: null,
        group: null,
        model: '',
      })),
    );
  },
  'GET /portfolio/{accountId}/ledger': (door, { values: [account = ''] }) => {
    const bar = barred(door, account);
    if (bar !== undefined) return bar;
    return kept(door, `ledger ${account}`, () => json(Object.fromEntries(ledgersOf(door, account))));
  },
  'GET /portfolio/{accountId}/summary': (door, { values: [account = ''] }) => {
    const bar = barred(door, account);
    if (bar !== undefined) return bar;
    const entry = (value: string, currency: string | undefined): object => {
      const amount = Number(value);
      return {
        amount: Number.isFinite(amount) && value !== '' ? amount : 0,
        currency: currency ?? null,
        isNull: false,
        timestamp: Math.floor(door.now() / 1000),
        value,
        severity: 0,
      };
    };
    return json(
      Object.fromEntries(totalsOf(door, account).map(({ key, value, currency }) => [key.toLowerCase(), entry(value, currency)])),
    );
  },
  'GET /iserver/account/pnl/partitioned': (door) => json({ upnl: accountPnl(door) }),
} satisfies Partial<Record<EndpointName, Handler>>;
