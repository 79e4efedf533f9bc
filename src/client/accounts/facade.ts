// What belongs to whom: accounts of the login, their positions and their numbers.

import type { MessageOf } from '../../protocol/registry.js';
import { askList, askOne } from '../conversation/ask.js';
import { damageOf, insistOn } from '../conversation/damage.js';
import { picture } from '../conversation/picture.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { ClosedError } from '../wire/errors.js';
import { accountSummary, familyCodes, managedAccounts } from './conversations.js';
import { toRecord } from './holdings.js';
import { type LiveAccounts, openLiveAccounts } from './live.js';
import { openPnl, openPositionPnl, type Pnl, type PositionPnl } from './pnl.js';
import { createAccountSlot, type Portfolio, type PortfolioItem } from './portfolio.js';
import type { Position } from './position.js';
import type { AccountPosition, PositionsView } from './position-row.js';
import { MOST_ACCOUNTS_AT_ONCE, openAllPositions, openPositionsOf } from './positions.js';
import { type AccountNumbers, type AccountValue, missingOfSummary, noNumbers, openValues, type ValuesView } from './values.js';

/** An account that the login can see. */
export interface LinkedAccount {
  readonly account: string;
  /** Paper accounts begin with D. The port proves nothing. */
  readonly isPaper: boolean;
  /** AccountType as the gateway gives it: free text such as `INDIVIDUAL` or `IRA-ROTH-NEW`; undefined when it gave none. */
  readonly accountType: string | undefined;
}

/**
 * `ib.accounts`: what belongs to whom. Lists settle with what the gateway holds now; streams (`live…`, `portfolio`, `pnl`) go on
 * until they are closed and come back after a lost connection.
 */
export interface AccountsFacade {
  /** Account ids of this login, while the link is away those that it had last. Paper ids begin with D. */
  readonly ids: readonly string[];
  /** The accounts with their kinds. */
  linked(call?: Call): Promise<readonly LinkedAccount[]>;
  /** Positions of all accounts, or of one. A position closed today is listed with quantity 0. */
  positions(options?: Call & { readonly account?: string; readonly modelCode?: string }): Promise<readonly AccountPosition[]>;
  /** Positions as they change; `view` holds all of them. */
  livePositions(
    options?: Call & { readonly account?: string; readonly modelCode?: string },
  ): Subscription<AccountPosition, PositionsView>;
  /** Chosen tags of all accounts of a group; tags that do not apply are missing. */
  summary(tags: readonly string[], options?: Call & { readonly group?: string }): Promise<readonly MessageOf<'accountSummary'>[]>;
  /** All numbers of one account, each currency's ledger among them. */
  numbers(account: string, options?: Call & { readonly modelCode?: string }): Promise<AccountNumbers>;
  /** All numbers of one account as they change; `view` holds all of them. With `ledgerAndNLV` only the ledgers and the net liquidation. */
  liveNumbers(
    account: string,
    options?: Call & { readonly modelCode?: string; readonly ledgerAndNLV?: boolean },
  ): Subscription<AccountValue, ValuesView>;
  /**
   * Holdings with market values and all numbers of one account. A client has one such slot: opening another account ends the
   * stream of the one before with a `ClosedError`.
   */
  portfolio(account: string, call?: Call): Subscription<PortfolioItem, Portfolio>;
  /** Daily, unrealised and realised, about once a second. */
  pnl(account: string, options?: Call & { readonly modelCode?: string }): Subscription<Pnl>;
  /** The same of one position. */
  positionPnl(account: string, conId: number, options?: Call & { readonly modelCode?: string }): Subscription<PositionPnl>;
  /** Everything about all accounts, or some, kept up to date. */
  live(options?: Call & { readonly accounts?: readonly string[] }): LiveAccounts;
  /**
   * Holdings of all accounts as records, to be merged with other brokers' (`mergePositions`). With `prices` the slot of
   * `portfolio` goes from account to account. @throws {ClosedError} when somebody else uses the slot then.
   */
  holdings(options?: Call & { readonly prices?: boolean }): Promise<readonly Position[]>;
  /** Which family each account belongs to; accounts without one have an empty code. */
  familyCodes(call?: Call): Promise<NonNullable<MessageOf<'familyCodes'>['familyCodes']>>;
  /** Asks the gateway for the accounts again. */
  managed(call?: Call): Promise<readonly string[]>;
}

export function createAccounts(core: Core): AccountsFacade {
  const slot = createAccountSlot(core);
  const livePositions: AccountsFacade['livePositions'] = (options = {}) =>
    options.account === undefined
      ? openAllPositions(core, options)
      : openPositionsOf(core, options.account, options.modelCode ?? '', options);
  const positions: AccountsFacade['positions'] = async (options = {}) => {
    if (options.account !== undefined || core.accounts.length <= MOST_ACCOUNTS_AT_ONCE)
      return [...(await picture(core, 'reqPositions', livePositions(options), options)).values()];
    const all = await Promise.all(
      core.accounts.map((account) => picture(core, 'reqPositionsMulti', livePositions({ ...options, account }), options)),
    );
    return all.flatMap((view) => [...view.values()]);
  };
  const summary = async (group: string, tags: string, call?: Call): Promise<readonly MessageOf<'accountSummary'>[]> => {
    const rows = await askList(core, accountSummary, { group, tags }, call);
    for (const row of rows) {
      const missing = missingOfSummary(row);
      if (missing !== undefined) throw damageOf(core, { kind: row.kind, row: missing }, 'is missing');
    }
    return rows;
  };
  return {
    get ids() {
      return core.accounts;
    },
    async linked(call) {
      const rows = await summary('All', 'AccountType', call);
      const types = new Map(rows.map(({ account, value }) => [String(account), value]));
      return core.accounts.map((account) => ({
        account,
        isPaper: account.startsWith('D'),
        accountType: types.get(account),
      }));
    },
    positions,
    livePositions,
    summary: (tags, options = {}) => summary(options.group ?? 'All', tags.join(','), options),
    async numbers(account, options = {}) {
      const view = await picture(core, 'reqAccountUpdatesMulti', openValues(core, account, options, options), options);
      return view.get(account) ?? noNumbers(account);
    },
    liveNumbers: (account, options = {}) => openValues(core, account, options, options),
    portfolio: (account, call) => slot.open(account, call),
    pnl: (account, options = {}) => openPnl(core, account, options.modelCode ?? '', options),
    positionPnl: (account, conId, options = {}) => openPositionPnl(core, account, conId, options.modelCode ?? '', options),
    live: (options = {}) => openLiveAccounts(core, options.accounts ?? core.accounts, options),
    async holdings(options = {}) {
      const now = core.timer.now();
      if (options.prices !== true) return (await positions(options)).map((row) => toRecord(row, now));
      if (slot.account !== undefined) throw new ClosedError('the one slot of account updates is in use; nothing was sent');
      const records: Position[] = [];
      for (const account of core.accounts) {
        const { rows } = await picture(core, 'reqAccountUpdates', slot.open(account, options), options);
        for (const row of rows.values()) records.push(toRecord(row, core.timer.now()));
      }
      return records;
    },
    async familyCodes(call) {
      const { kind, familyCodes: rows } = await askOne(core, familyCodes, {}, call);
      return insistOn(core, { kind, list: 'familyCodes' }, rows, 'accountID');
    },
    async managed(call) {
      const { accountsList } = await askOne(core, managedAccounts, {}, call);
      return (accountsList ?? '').split(',').filter((account) => account !== '');
    },
  };
}
