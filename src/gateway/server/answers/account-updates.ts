// Account updates: the one-account stream with its takeovers, and the streams by account and model.
import { accountOf, changesSince, nameOf, type Snapshot, snapshot } from '../../accounts/account-book.js';
import { settledByDate } from '../../accounts/account-values.js';
import type { Family } from '../answer-types.js';
import { isListed, roundedValue, toldKey } from '../as-set.js';
import type { Client } from '../client.js';
import { contractOf } from '../contracts.js';
import type { Gateway } from '../state.js';
import { onBookings } from '../streams/bookings.js';
import { minuteText } from '../times.js';

const TAKEN_OVER = 'API client has been unsubscribed from account data.';
const BLOCKED = 'API client has been blocked from account data by another client.';

export const accountUpdateAnswers = {
  reqAccountUpdates: ({ subscribe, acctCode = '' }, client, gateway) => {
    if (subscribe !== true) {
      if (client.held.release('accountUpdates')) client.error(-1, 2100, TAKEN_OVER);
      return;
    }
    const account = accountMeant(gateway, acctCode);
    if (account === undefined) {
      client.error(-1, 321, "Error validating request.-'bF' : cause - Invalid account code");
      return;
    }
    const holder = holders.get(gateway);
    if (
      holder !== undefined &&
      holder.client !== client &&
      holder.client.held.isHeld('accountUpdates') &&
      holder.account !== account
    ) {
      if (!gateway.memory.terminal.letApiAccountRequestsSwitchSubscription) {
        client.error(-1, 2101, BLOCKED);
        return;
      }
      holder.client.held.release('accountUpdates');
      holder.client.error(-1, 2100, TAKEN_OVER);
    }
    if (client.held.release('accountUpdates') && holder?.account !== account) client.error(-1, 2100, TAKEN_OVER);
    holders.set(gateway, { client, account });
    let told = pictureOf(gateway, account);
    tellValues(gateway, client, told);
    tellPortfolio(gateway, client, told);
    client.send('accountDownloadEnd', { accountName: account });
    const tell = (): void => {
      const now = pictureOf(gateway, account);
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
    client.held.hold('accountUpdates', undefined, () => {
      timer.cancel();
      stop();
    });
  },

  reqAccountUpdatesMulti: ({ reqId = 0, account: asked = '', modelCode = '', ledgerAndNLV }, client, gateway) => {
    const account = accountMeant(gateway, asked);
    if (account === undefined) {
      client.error(reqId, 321, "Error validating request.-'bH' : cause - Invalid account code");
      return;
    }
    const told = new Map<string, string>();
    const tell = (): void => {
      const { values } = pictureOf(gateway, account);
      const day = new Date(gateway.clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
      const { terminal } = gateway.memory;
      for (const row of [...values, ...settledByDate(accountOf(gateway.accounts, account), day)]) {
        if (ledgerAndNLV === true && row.isOfLedger !== true && !BESIDE_LEDGERS.has(row.key)) continue;
        const value = roundedValue(row, terminal);
        if (told.get(nameOf(row)) === value) continue;
        told.set(nameOf(row), value);
        const { currency = '' } = row;
        client.send('accountUpdateMulti', { reqId, account, modelCode, key: toldKey(row, terminal), value, currency });
      }
    };
    tell();
    client.send('accountUpdateMultiEnd', { reqId });
    const timer = gateway.clock.every(gateway.settings.accountCadence, tell);
    const stop = onBookings(gateway, [account], tell);
    client.held.hold('accountUpdates', reqId, () => {
      timer.cancel();
      stop();
    });
  },

  cancelAccountUpdatesMulti: ({ reqId = 0 }, client) => void client.held.release('accountUpdates', reqId),
} satisfies Family;

function pictureOf({ accounts, memory }: Gateway, account: string): Snapshot {
  return snapshot(accounts, account, memory.terminal.splitInsuredDepositFromCashBalance);
}

/** Who gets the plain account updates of a gateway, and of which account. */
const holders = new WeakMap<Gateway, { readonly client: Client; readonly account: string }>();

/** What `ledgerAndNLV` tells beside the rows of ledgers. */
const BESIDE_LEDGERS: ReadonlySet<string> = new Set(['NetLiquidation', 'SettledCashByDate']);

/** The account meant: the only or first one when none is named; a trailing A of an advisor's number means all, shown as its own. */
function accountMeant(gateway: Gateway, asked: string): string | undefined {
  const { accounts } = gateway.accounts;
  if (asked === '') return accounts.keys().next().value;
  if (accounts.has(asked)) return asked;
  const bare = asked.replace(/A$/, '');
  return accounts.has(bare) ? bare : undefined;
}

function tellValues({ memory }: Gateway, client: Client, { account, values }: Snapshot): void {
  for (const row of values) {
    const [key, value] = [toldKey(row, memory.terminal), roundedValue(row, memory.terminal)];
    client.send('updateAccountValue', { key, value, currency: row.currency ?? '', accountName: account });
  }
}

/** Each row is followed by an account time. */
function tellPortfolio(gateway: Gateway, client: Client, { portfolio, account }: Snapshot): void {
  const timeStamp = minuteText(gateway.clock.now(), gateway.settings.hostZone);
  for (const row of portfolio) {
    if (!isListed(row, gateway.memory.terminal)) continue;
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
