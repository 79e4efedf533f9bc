// The accounts of a login: opened with cash and holdings, an advisor's with its clients and groups.

import { OptionError } from '../../input/option-error.js';
import { type AccountBook, accountOf, bookExecution, createAccountBook, startDay } from '../accounts/account-book.js';
import type { AccountKind } from '../accounts/account-kind.js';
import type { AdvisorGroup } from '../accounts/advisor.js';
import { cashOf, quantityOfSize } from '../accounts/amount.js';
import { cashIn, post } from '../accounts/ledger.js';
import { marketPrices } from '../accounts/market-prices.js';
import { resolve } from '../world/find.js';
import type { Instrument } from '../world/instrument.js';
import type { World } from '../world/world.js';
import type { AccountOptions, SimulateOptions } from './options.js';

const ALL: readonly AccountKind[] = ['individual-margin', 'cash', 'roth-ira-cash', 'ira-margin', 'business'];
const STARTING_CASH = 1_000_000;
const ADVISOR = 'DF9000001';

/** Opens the accounts that the options ask for. Numbers are DU9000001 and on; an advisor's own is DF9000001. */
export function openAccounts(options: SimulateOptions, world: World): AccountBook {
  const wanted = wantedOf(options.accounts ?? ['individual-margin']);
  const prices = marketPrices(
    world.market,
    world.universe.statics.filter(({ secType }) => secType === 'CASH'),
  );
  const setups = wanted.map((one, i) => ({
    account: one.account ?? (one.kind === 'advisor' ? ADVISOR : `DU900000${i + 1}`),
    kind: one.kind,
    baseCurrency: one.baseCurrency ?? 'USD',
    cash: Object.fromEntries(
      Object.entries(one.cash ?? { [one.baseCurrency ?? 'USD']: STARTING_CASH }).map(([currency, amount]) => [
        currency,
        cashOf(amount),
      ]),
    ),
    ...(one.permissions && { permissions: one.permissions }),
    ...(one.noCurrencyLeverage !== undefined && { noCurrencyLeverage: one.noCurrencyLeverage }),
  }));
  const book = createAccountBook(setups, prices, options.groups ?? groupsOf(setups));
  for (const [i, { holdings = {} }] of wanted.entries()) {
    const account = setups[i]?.account ?? '';
    for (const [which, quantity] of Object.entries(holdings)) hold(book, world, account, which, quantity);
  }
  startDay(book);
  return book;
}

function wantedOf(accounts: NonNullable<SimulateOptions['accounts']>): readonly AccountOptions[] {
  if (accounts === 'all') return ALL.map((kind) => ({ kind }));
  if (accounts === 'advisor')
    return [{ kind: 'advisor', cash: { USD: 0 } }, { kind: 'individual-margin' }, { kind: 'cash' }, { kind: 'ira-margin' }];
  if (accounts.length === 0) throw new OptionError('accounts', 'a gateway has at least one account');
  return accounts.map((one) => (typeof one === 'string' ? { kind: one } : one));
}

/** An advisor has one group of all its clients unless others are given. */
function groupsOf(setups: readonly { readonly account: string; readonly kind: AccountKind }[]): readonly AdvisorGroup[] {
  if (!setups.some(({ kind }) => kind === 'advisor')) return [];
  const members = setups.filter(({ kind }) => kind !== 'advisor').map(({ account }) => ({ account }));
  return [{ name: 'AllClients', defaultMethod: 'NetLiq', members }];
}

/** A holding at the price of now, without touching the cash. */
function hold(book: AccountBook, world: World, account: string, which: string, quantity: number): void {
  const instrument = instrumentOf(world, which);
  const { ledger } = accountOf(book, account);
  const before = cashIn(ledger, instrument.currency);
  const { tradingDay } = world.market.session(instrument.conId, world.clock.now());
  const price = world.market.quote(instrument.conId).last;
  bookExecution(book, { account, instrument, signed: quantityOfSize(quantity), price, commission: 0n, tradingDay });
  post(ledger, instrument.currency, before - cashIn(ledger, instrument.currency));
}

/** By conId, symbol of a stock, or local symbol. @throws {RangeError} for what is not there. */
export function instrumentOf({ universe, clock }: World, which: string | number): Instrument {
  const conId = Number(which);
  const byId = Number.isInteger(conId) ? universe.instrument(conId) : undefined;
  const named =
    byId ?? universe.statics.find(({ symbol, localSymbol, secType }) => (secType === 'CASH' ? localSymbol : symbol) === which);
  if (named !== undefined) return named;
  const found = resolve(universe, { localSymbol: String(which) }, clock.now());
  if (found.at !== 'one') throw new RangeError(`no instrument is called ${which}`);
  return found.instrument;
}
