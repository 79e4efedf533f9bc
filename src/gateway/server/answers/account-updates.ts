// Account updates: the one-account stream with its takeovers, and the streams by account and model.
import { accountOf, changesSince, type Snapshot, snapshot } from '../../accounts/account-book.js';
import { settledByDate } from '../../accounts/account-values.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { contractOf } from '../contracts.js';
import type { Gateway } from '../state.js';
import { onBookings } from '../streams/bookings.js';
import { minuteText } from '../times.js';

const NAME = 'account updates';
const TAKEN_OVER = 'API client has been unsubscribed from account data.';
const BLOCKED = 'API client has been blocked from account data by another client.';

export const accountUpdateAnswers = {
  reqAccountUpdates: ({ subscribe, acctCode = '' }, client, gateway) => {
    if (subscribe !== true) {
      if (client.release(NAME)) client.error(-1, 2100, TAKEN_OVER);
      return;
    }
    const account = nameOf(gateway, acctCode);
    if (account === undefined) {
      client.error(-1, 321, "Error validating request.-'bF' : cause - Invalid account code");
      return;
    }
    const holder = holders.get(gateway);
    if (holder !== undefined && holder.client !== client && holder.client.isHeld(NAME) && holder.account !== account) {
      client.error(-1, 2101, BLOCKED);
      return;
    }
    if (client.release(NAME) && holder?.account !== account) client.error(-1, 2100, TAKEN_OVER);
    holders.set(gateway, { client, account });
    let told = snapshot(gateway.accounts, account);
    tellValues(gateway, client, told);
    tellPortfolio(gateway, client, told);
    client.send('accountDownloadEnd', { accountName: account });
    const tell = (): void => {
      const now = snapshot(gateway.accounts, account);
      const news = changesSince(told, now);
      told = now;
      if (news.portfolio.length > 0) tellPortfolio(gateway, client, news);
      if (news.values.length > 0) {
        tellValues(gateway, client, news);
        client.send('updateAccountTime', { timeStamp: minuteText(gateway.clock.now(), gateway.settings.hostZone) });
      }
    };
    const timer = gateway.clock.every(gateway.settings.accountCadence, tell);
    const stop = onBookings(gateway, [account], tell);
    client.hold(NAME, () => {
      timer.cancel();
      stop();
    });
  },

  reqAccountUpdatesMulti: ({ reqId = 0, account: asked = '', modelCode = '', ledgerAndNLV }, client, gateway) => {
    const account = nameOf(gateway, asked);
    if (account === undefined) {
      client.error(reqId, 321, "Error validating request.-'bH' : cause - Invalid account code");
      return;
    }
    const told = new Map<string, string>();
    const tell = (): void => {
      const { values } = snapshot(gateway.accounts, account);
      const day = new Date(gateway.clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
      for (const { key, value, currency } of [...values, ...settledByDate(accountOf(gateway.accounts, account), day)]) {
        if (ledgerAndNLV === true && !LEDGER.has(key)) continue;
        const name = `${key} ${currency ?? ''}`;
        if (told.get(name) === value) continue;
        told.set(name, value);
        const tag = tagOf(gateway, key, currency);
        client.send('accountUpdateMulti', { reqId, account, modelCode, key: tag, value, currency: currency ?? '' });
      }
    };
    tell();
    client.send('accountUpdateMultiEnd', { reqId });
    const timer = gateway.clock.every(gateway.settings.accountCadence, tell);
    const stop = onBookings(gateway, [account], tell);
    client.hold(`account updates ${reqId}`, () => {
      timer.cancel();
      stop();
    });
  },

  cancelAccountUpdatesMulti: ({ reqId = 0 }, client) => void client.release(`account updates ${reqId}`),
} satisfies Family;

/** Who gets the plain account updates of a gateway, and of which account. */
const holders = new WeakMap<Gateway, { readonly client: Client; readonly account: string }>();

const LEDGER = new Set([
  'NetLiquidation',
  'CashBalance',
  'TotalCashBalance',
  'AccruedCash',
  'StockMarketValue',
  'OptionMarketValue',
  'FuturesPNL',
  'NetLiquidationByCurrency',
  'UnrealizedPnL',
  'RealizedPnL',
  'ExchangeRate',
  'Currency',
  'RealCurrency',
  'SettledCashByDate',
]);

/** The account meant: the only or first one when none is named; a trailing A of an advisor's number means all, shown as its own. */
function nameOf(gateway: Gateway, asked: string): string | undefined {
  const { accounts } = gateway.accounts;
  if (asked === '') return accounts.keys().next().value;
  if (accounts.has(asked)) return asked;
  const bare = asked.replace(/A$/, '');
  return accounts.has(bare) ? bare : undefined;
}

/** Rows of the account itself keep their tag, in whatever currency they are. */
function tagOf({ faults }: Gateway, key: string, currency: string | undefined): string {
  const isOfLedger = currency !== undefined && key !== 'NetLiquidation' && LEDGER.has(key);
  return faults.isLedgerPrefixed && isOfLedger ? `$LEDGER-${key}` : key;
}

function tellValues(gateway: Gateway, client: Client, { account, values }: Snapshot): void {
  for (const { key, value, currency } of values) {
    const tag = tagOf(gateway, key, currency);
    client.send('updateAccountValue', { key: tag, value, currency: currency ?? '', accountName: account });
  }
}

/** Each row is followed by an account time. */
function tellPortfolio(gateway: Gateway, client: Client, { portfolio, account }: Snapshot): void {
  const timeStamp = minuteText(gateway.clock.now(), gateway.settings.hostZone);
  for (const row of portfolio) {
    client.send('updatePortfolio', {
      contract: { ...contractOf(row.instrument, ''), right: row.instrument.right ?? '0' },
      position: row.position,
      marketPrice: row.marketPrice,
      marketValue: row.marketValue,
      averageCost: row.averageCost,
      unrealizedPNL: row.unrealizedPnL,
      realizedPNL: row.realizedPnL,
      accountName: account,
    });
    client.send('updateAccountTime', { timeStamp });
  }
  if (portfolio.length === 0) client.send('updateAccountTime', { timeStamp });
}
