// The core's session as a source: holdings with prices, cash of each currency, kinds of accounts, and the gateway's own rates.

import type { Position as Held, Ib } from 'ibwire';
import { isCashEquivalent } from '../cash-equivalent.js';
import { ibClass } from '../ib-class.js';
import {
  type AccountSummary,
  type Balance,
  emptyReading,
  type Instrument,
  type Position,
  present,
  type Reading,
} from '../model.js';
import type { Source } from '../source.js';
import type { Rate } from '../views/concentration.js';

function instrumentOf(held: Held): Instrument {
  const { right, strike, lastTradeDateOrContractMonth: date } = held;
  const expiry = date === undefined || date.length !== 8 ? undefined : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const option =
    right === undefined || strike === undefined || expiry === undefined
      ? undefined
      : { underlying: held.symbol, expiry, right, strike: strike.toFixed() };
  const byId = held.secId === undefined || held.secIdType === undefined ? {} : { [held.secIdType.toLowerCase()]: held.secId };
  return present({
    class: isCashEquivalent(held.symbol, undefined) ? 'cash' : ibClass(held.secType),
    symbol: option === undefined ? held.symbol : held.localSymbol,
    exchange: held.exchange,
    conId: held.conId === undefined ? undefined : String(held.conId),
    multiplier: held.multiplier?.toFixed(),
    option,
    ...byId,
  }) as Instrument;
}

function positionOf(held: Held, source: string): Position {
  const { position, avgCost } = held;
  const instrument = instrumentOf(held);
  return present({
    account: { broker: 'ibkr', number: held.account },
    source,
    asOf: held.asOf,
    raw: JSON.parse(JSON.stringify(held)) as Record<string, unknown>,
    instrument,
    quantity: position.toFixed(),
    price: held.marketPrice?.toFixed(),
    value: held.marketValue?.toFixed(),
    averageCost: avgCost?.toFixed(), // the multiplier is in it
    costBasis: avgCost?.times(position).toFixed(),
    currency: held.currency,
    isCashEquivalent: instrument.class === 'cash',
  }) as Position;
}

/** Reads one session. `rates` are the gateway's own, from each currency to the account's base. */
export async function readSession(ib: Ib, source = 'session'): Promise<Reading & { readonly rates: readonly Rate[] }> {
  const accounts: AccountSummary[] = [];
  const balances: Balance[] = [];
  const rates = new Map<string, Rate>();
  const linked = await ib.accounts.linked();
  const holdings = await ib.accounts.holdings({ prices: true });
  for (const { account: number, accountType } of linked) {
    const numbers = await ib.accounts.numbers(number);
    const account = { broker: 'ibkr', number };
    const asOf = numbers.asOf === undefined ? undefined : new Date(numbers.asOf).toISOString();
    const net = numbers.totals.get('NetLiquidation');
    const base = net?.currency ?? '';
    const raw = Object.fromEntries([...numbers.totals].map(([tag, { value }]) => [tag, value]));
    accounts.push(
      present({
        account,
        source,
        asOf,
        raw,
        currency: base,
        kind: accountType,
        netLiquidation: net?.amount?.toFixed(),
      }) as AccountSummary,
    );
    const settled = numbers.totals.get('SettledCash');
    for (const [currency, ledger] of numbers.ledgers) {
      const cash = (ledger.get('TotalCashBalance') ?? ledger.get('CashBalance'))?.amount;
      const rate = ledger.get('ExchangeRate')?.amount;
      if (rate !== undefined && currency !== base)
        rates.set(`${currency}${base}`, { from: currency, to: base, rate: rate.toFixed(), source: 'the gateway' });
      if (cash === undefined) continue;
      const settledCash = settled?.currency === currency && numbers.ledgers.size === 1 ? settled.amount?.toFixed() : undefined;
      const tags = Object.fromEntries([...ledger].map(([tag, { value }]) => [tag, value]));
      balances.push(
        present({
          account,
          source,
          asOf,
          raw: tags,
          currency,
          cash: cash.toFixed(),
          settledCash,
          includesCashEquivalents: false,
        }) as Balance,
      );
    }
  }
  const positions = holdings.filter(({ position }) => !position.eq(0)).map((held) => positionOf(held, source));
  return { ...emptyReading(source, 'ibkr'), accounts, balances, positions, rates: [...rates.values()], end: 'proven' };
}

/** A gateway to connect to, read only; the session is closed afterwards. Needs the package `ibwire`. */
export function sessionSource(options: { host?: string; port: number; clientId: number; name?: string }): Source {
  const { name = 'session', ...where } = options;
  return {
    name,
    async read() {
      const { connect } = await import('ibwire');
      const ib = await connect({ ...where, readOnly: true });
      try {
        return await readSession(ib, name);
      } finally {
        await ib.close();
      }
    },
  };
}
