// Positions and transactions as flat columns: what CSV and Parquet are made of. Decimals stay text, the absent stays empty.

import { nameOf, optionKey } from '../identity.js';
import { keyOf } from '../merge.js';
import type { Position, Transaction } from '../model.js';
import { worthOf } from '../views/value.js';

export type Cell = string | boolean | undefined;
export type Columns = readonly (readonly [name: string, cells: readonly Cell[]])[];

function table<T>(records: readonly T[], columns: readonly (readonly [string, (record: T) => Cell])[]): Columns {
  return columns.map(([name, of]) => [name, records.map(of)]);
}

export function positionColumns(positions: readonly Position[]): Columns {
  return table(positions, [
    ['account', ({ account }) => keyOf(account)],
    ['broker', ({ account }) => account.broker],
    ['instrument', ({ instrument }) => nameOf(instrument)],
    ['class', ({ instrument }) => instrument.class],
    ['conId', ({ instrument }) => instrument.conId],
    ['isin', ({ instrument }) => instrument.isin],
    ['cusip', ({ instrument }) => instrument.cusip],
    ['figi', ({ instrument }) => instrument.figi],
    ['occ', ({ instrument }) => optionKey(instrument)],
    ['quantity', ({ quantity }) => quantity],
    ['price', ({ price }) => price],
    ['value', worthOf],
    ['costBasis', ({ costBasis }) => costBasis],
    ['currency', ({ currency }) => currency],
    ['isCashEquivalent', ({ isCashEquivalent }) => isCashEquivalent],
    ['source', ({ source }) => source],
    ['asOf', ({ asOf }) => asOf],
  ]);
}

export function transactionColumns(transactions: readonly Transaction[]): Columns {
  return table(transactions, [
    ['account', ({ account }) => keyOf(account)],
    ['date', ({ date }) => date],
    ['settle', ({ settle }) => settle],
    ['kind', ({ kind }) => kind],
    ['code', ({ code }) => code],
    ['instrument', ({ instrument }) => (instrument === undefined ? undefined : nameOf(instrument))],
    ['occ', ({ instrument }) => (instrument === undefined ? undefined : optionKey(instrument))],
    ['quantity', ({ quantity }) => quantity],
    ['price', ({ price }) => price],
    ['fees', ({ fees }) => fees],
    ['amount', ({ amount }) => amount],
    ['currency', ({ currency }) => currency],
    ['isReinvestment', ({ isReinvestment }) => isReinvestment],
    ['isCashEquivalent', ({ isCashEquivalent }) => isCashEquivalent],
    ['source', ({ source }) => source],
  ]);
}
