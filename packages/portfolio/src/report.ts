// The report of a portfolio: the sheets a person reads, and the same as data.

import { nameOf } from './identity.js';
import { keyOf, type Portfolio } from './merge.js';
import type { Sheet } from './out/table.js';
import { compare, rebuild } from './rebuild.js';
import { cash } from './views/cash.js';
import { concentration, type Rate } from './views/concentration.js';
import { totals, type ViewName, view } from './views/groups.js';
import { worthOf } from './views/value.js';
import { washSaleNeighbours } from './views/wash-sales.js';

export function viewSheet(portfolio: Portfolio, by: ViewName): Sheet {
  return {
    title: `By ${by}`,
    head: [by, 'currency', 'value', 'quantity', 'not in the value', 'matched'],
    rows: view(portfolio, by).map((line) => [
      line.key,
      line.currency,
      line.unknown.length > 0 && line.unknown.length === line.positions ? undefined : line.value,
      line.quantity,
      line.unknown.length === 0 ? '' : `no price: ${line.unknown.join(', ')}`,
      line.matchedBy ?? '',
    ]),
  };
}

export function positionSheet({ positions }: Portfolio): Sheet {
  return {
    title: 'Positions',
    head: ['account', 'instrument', 'quantity', 'price', 'value', 'currency', 'as of'],
    rows: positions.map((one) => [
      keyOf(one.account),
      nameOf(one.instrument),
      one.quantity,
      one.price,
      worthOf(one),
      one.currency,
      one.asOf,
    ]),
  };
}

export function transactionSheet({ transactions }: Portfolio): Sheet {
  return {
    title: 'Transactions',
    head: ['account', 'date', 'kind', 'instrument', 'quantity', 'price', 'fees', 'amount', 'currency'],
    rows: transactions.map((one) => [
      keyOf(one.account),
      one.date,
      one.kind === 'unknown' ? `unknown (${one.code})` : one.kind,
      one.instrument === undefined ? '' : nameOf(one.instrument),
      one.quantity,
      one.price,
      one.fees,
      one.amount,
      one.currency,
    ]),
  };
}

/** Units of accounts that report no positions, such as one known by a Robinhood file alone: what its transactions come to. */
function rebuiltSheet({ positions, transactions }: Portfolio): Sheet {
  const reporting = new Set(positions.map(({ account }) => keyOf(account)));
  return {
    title: 'Units by transactions alone, of accounts that report no positions (not in the values)',
    head: ['account', 'instrument', 'units', 'transactions', 'untold'],
    rows: rebuild(transactions)
      .filter(({ account, quantity }) => !reporting.has(account) && quantity !== '0')
      .map((one) => [one.account, nameOf(one.instrument), one.quantity, `${one.transactions}`, one.untold.join('; ')]),
  };
}

export function summarySheets(portfolio: Portfolio, inCurrency?: string, rates?: readonly Rate[]): readonly Sheet[] {
  return [
    viewSheet(portfolio, 'account'),
    {
      title: 'Concentration',
      head: ['instrument', 'currency', 'value', 'percent'],
      rows: concentration(portfolio, inCurrency, rates).map(({ key, currency, value, percent }) => [
        key,
        currency,
        value,
        percent,
      ]),
    },
    {
      title: 'Cash',
      head: ['account', 'currency', 'cash', 'settled', 'equivalents', 'total'],
      rows: cash(portfolio).map((one) => [one.account, one.currency, one.cash, one.settled, one.equivalents, one.total]),
    },
    { title: 'Total', head: ['currency', 'value'], rows: Object.entries(totals(portfolio)) },
    rebuiltSheet(portfolio),
    {
      title: 'Differences between transactions and positions',
      head: ['account', 'instrument', 'rebuilt', 'reported', 'difference', 'why'],
      rows: compare(portfolio).map((one) => [one.account, one.instrument, one.rebuilt, one.reported, one.difference, one.why]),
    },
    {
      title: 'Wash-sale neighbours (bought elsewhere within 30 days)',
      head: ['instrument', 'sold in', 'on', 'bought in', 'on', 'result'],
      rows: washSaleNeighbours(portfolio).map((one) => [
        one.instrument,
        one.sold.account,
        one.sold.date,
        one.bought.account,
        one.bought.date,
        one.result,
      ]),
    },
  ];
}
