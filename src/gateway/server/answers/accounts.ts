// Account summary, positions of all and of single accounts, family codes.
import { nameOf, portfolioOf, summaryOf } from '../../accounts/account-book.js';
import type { Family } from '../answer-types.js';
import { isListed, roundedValue } from '../as-set.js';
import { positionContract } from '../contracts.js';
import type { Gateway } from '../state.js';
import { onBookings } from '../streams/bookings.js';

export const accountAnswers = {
  reqAccountSummary: ({ reqId = 0, group = 'All', tags = '' }, client, gateway) => {
    if (!client.held.isHeld('summary', reqId) && client.held.count('summary') >= gateway.limits.summaries) {
      client.error(reqId, 322, "Error processing request.-'bF' : cause - Maximum number of account summary requests exceeded");
      return;
    }
    const accounts = accountsOf(gateway, group);
    if (accounts === undefined) {
      client.error(reqId, 321, `Error validating request.-'bF' : cause - Invalid account group ${group}`);
      return;
    }
    const asked = tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    const told = new Map<string, string>();
    const tell = (): void => {
      const { splitInsuredDepositFromCashBalance: splits } = gateway.memory.terminal;
      const rowsFor = (account: string) => summaryOf(gateway.accounts, account, asked, splits);
      const rows = accounts.flatMap((account) => rowsFor(account).map((row) => ({ account, row })));
      // Rows without a currency come first, over all accounts.
      rows.sort((a, b) => Number(a.row.currency !== undefined) - Number(b.row.currency !== undefined));
      for (const { account, row } of rows) {
        const key = `${account} ${nameOf(row)}`;
        const value = roundedValue(row, gateway.memory.terminal);
        if (told.get(key) === value) continue;
        told.set(key, value);
        client.send('accountSummary', { reqId, account, tag: row.key, value, currency: row.currency ?? '' });
      }
    };
    tell();
    client.send('accountSummaryEnd', { reqId });
    const timer = gateway.clock.every(gateway.settings.accountCadence, tell);
    client.held.hold('summary', reqId, () => timer.cancel());
  },

  cancelAccountSummary: ({ reqId = 0 }, client) => void client.held.release('summary', reqId),

  reqPositions: (_request, client, gateway) => {
    const accounts = [...gateway.accounts.accounts.keys()];
    if (accounts.length > 50) {
      client.error(
        -1,
        321,
        "Error validating request.-'bH' : cause - Positions info is not available for more than 50 sub accounts",
      );
      return;
    }
    const told = new Map<string, string>();
    const tell = (): void => {
      for (const { account, instrument, position, averageCost } of rowsOf(gateway, accounts)) {
        const key = `${account} ${instrument.conId}`;
        if (told.get(key) === `${position} ${averageCost}`) continue;
        told.set(key, `${position} ${averageCost}`);
        client.send('position', { account, contract: positionContract(instrument), position, avgCost: averageCost });
      }
    };
    tell();
    client.send('positionEnd', {});
    client.held.hold('positions', undefined, onBookings(gateway, accounts, tell));
  },

  cancelPositions: (_request, client) => void client.held.release('positions'),

  reqPositionsMulti: ({ reqId = 0, account = '', modelCode = '' }, client, gateway) => {
    const accounts = accountsOf(gateway, account === '' ? 'All' : account);
    if (accounts === undefined) {
      client.error(reqId, 321, "Error validating request.-'bH' : cause - Invalid account code");
      return;
    }
    const told = new Map<string, string>();
    const tell = (): void => {
      for (const row of modelCode === '' ? rowsOf(gateway, accounts) : []) {
        const key = `${row.account} ${row.instrument.conId}`;
        if (told.get(key) === `${row.position} ${row.averageCost}`) continue;
        told.set(key, `${row.position} ${row.averageCost}`);
        client.send('positionMulti', {
          reqId,
          account: row.account,
          contract: positionContract(row.instrument),
          position: row.position,
          avgCost: row.averageCost,
          modelCode,
        });
      }
    };
    tell();
    client.send('positionMultiEnd', { reqId });
    client.held.hold('positions', reqId, onBookings(gateway, accounts, tell));
  },

  cancelPositionsMulti: ({ reqId = 0 }, client) => void client.held.release('positions', reqId),

  reqFamilyCodes: (_request, client, gateway) => {
    const accounts = [...gateway.accounts.accounts.values()];
    const isFamily = accounts.some(({ kind }) => kind === 'advisor');
    const codes = isFamily
      ? accounts.map(({ account }) => ({ accountID: account, familyCodeStr: 'F9' }))
      : [{ accountID: '*', familyCodeStr: '' }];
    client.send('familyCodes', { familyCodes: codes });
  },
} satisfies Family;

/** Accounts of a group, an account, or `All`; undefined for a name that is neither. */
export function accountsOf(gateway: Gateway, group: string): readonly string[] | undefined {
  const { accounts, groups } = gateway.accounts;
  if (group === 'All' || (group.endsWith('A') && accounts.has(group.slice(0, -1)))) return [...accounts.keys()];
  const members = groups.get(group)?.members.map(({ account }) => account);
  return members ?? (accounts.has(group) ? [group] : undefined);
}

/** A position that was closed today is listed with 0. */
function rowsOf(gateway: Gateway, accounts: readonly string[]) {
  const { terminal } = gateway.memory;
  return accounts.flatMap((account) => portfolioOf(gateway.accounts, account)).filter((row) => isListed(row, terminal));
}
