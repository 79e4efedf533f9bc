// A reading in the short form of the example files: what the conformance runner compares and `read --json` prints.

import { isZero } from './decimal.js';
import type { Position, Reading, Transaction } from './model.js';

type Short = Record<string, unknown>;

function transaction(one: Transaction): Short {
  const { instrument } = one;
  const needsAmount = one.amount === undefined && (one.kind === 'split' || one.kind.startsWith('option-'));
  return {
    date: one.date,
    kind: one.kind,
    ...(one.settle !== undefined && { settle: one.settle }),
    ...(one.effective !== undefined && { asOf: one.effective }),
    ...(instrument?.option !== undefined ? { option: instrument.option } : instrument?.symbol && { symbol: instrument.symbol }),
    ...(instrument?.cusip !== undefined && { cusip: instrument.cusip }),
    ...(one.quantity !== undefined && { quantity: one.quantity }),
    ...(one.price !== undefined && { price: one.price }),
    ...(one.fees !== undefined && !isZero(one.fees) && { fees: one.fees }),
    ...(one.amount !== undefined ? { amount: one.amount } : needsAmount && { amount: null }),
    ...(one.isReinvestment && { reinvestment: true }),
    ...(one.isCashEquivalent && { cashEquivalent: true }),
    ...(one.kind === 'unknown' && { code: one.code }),
  };
}

function position(one: Position): Short {
  const { instrument } = one;
  return {
    account: one.account.number,
    ...(instrument.option !== undefined ? { option: instrument.option } : instrument.symbol && { symbol: instrument.symbol }),
    ...(one.quantity !== undefined && { quantity: one.quantity }),
    ...(one.price !== undefined && { price: one.price }),
    ...(one.value !== undefined && { value: one.value }),
    ...(one.costBasis !== undefined && { costBasis: one.costBasis }),
    ...(one.averageCost !== undefined && { averageCost: one.averageCost }),
    currency: one.currency,
    ...(one.isCashEquivalent && { cashEquivalent: true }),
  };
}

export function normalised(reading: Reading): Short {
  const accounts = new Set([...reading.transactions, ...reading.positions].map((one) => one.account.number));
  const [account] = accounts;
  const currencies = new Set([...reading.transactions, ...reading.positions, ...reading.balances].map((one) => one.currency));
  const [currency] = currencies;
  return {
    broker: reading.broker,
    ...(accounts.size === 1 && account !== 'unnamed' && { account }),
    ...(currencies.size === 1 && { currency }),
    ...(reading.positions.length > 0 && { positions: reading.positions.map(position) }),
    ...(reading.balances.length > 0 && {
      balances: reading.balances.map(({ currency, cash, settledCash }) => ({
        currency,
        cash,
        ...(settledCash && { settledCash }),
      })),
    }),
    transactions: reading.transactions.map(transaction),
    ignoredRows: reading.ignoredRows,
    ...(Object.keys(reading.unknownCodes).length > 0 && { unknownCodes: reading.unknownCodes }),
  };
}
