// What a venue says of an account, an instrument and an execution, as gateways word it.

import type { MessageInput } from '../../src/protocol/registry.js';
import type { Order } from './peer.js';
import { ACCOUNT, type Currency, contractOf, type Line, lineOf } from './world.js';

/** Tag, value, currency. */
type Row = readonly [string, string, string];
type Cash = Readonly<Record<Currency, number>>;

export function summaryRows(accountType: string, { USD }: Cash): readonly Row[] {
  const all = (USD / 100).toFixed(2);
  const money = ['TotalCashValue', 'AvailableFunds', 'BuyingPower', 'SettledCash'].map((tag): Row => [tag, all, 'USD']);
  return [['AccountType', accountType, ''], ['NetLiquidation', '1000000.00', 'USD'], ...money];
}

export function valueRows(accountType: string, cash: Cash): readonly Row[] {
  const ledgers = (['USD', 'EUR'] as const).flatMap((currency): Row[] => {
    const amount = (cash[currency] / 100).toFixed(2);
    return [
      ['CashBalance', amount, currency],
      ['TotalCashBalance', amount, currency],
      ['SettledCashByDate', `20260902:${amount}`, currency],
      ['ExchangeRate', '1.00', currency],
    ];
  });
  return [...summaryRows(accountType, cash), ...ledgers];
}

export function detailsOf(line: Line): MessageInput<'contractDetails'> {
  const isOption = line.secType === 'OPT';
  const under = { underConId: isOption ? 101 : 999, underSymbol: line.symbol, underSecType: isOption ? 'STK' : 'IND' };
  return {
    contract: contractOf(line),
    contractDetails: {
      stockType: line.secType === 'STK' ? 'COMMON' : '',
      minTick: 0.01,
      validExchanges: contractOf(line).exchange,
      marketRuleIds: '26',
      minSize: '1',
      sizeIncrement: '1',
      ...(line.secType !== 'STK' && under),
    },
  } as MessageInput<'contractDetails'>;
}

/** Negative `shares`: sold. `price` in cents. */
export function executionOf(order: Order, contract: object, shares: number, price: number, number: number, at: number) {
  return {
    contract,
    execution: {
      orderId: order.orderId,
      execId: `0000.${number}.01.01`,
      time: `${new Date(at).toISOString().slice(0, 19).replaceAll('-', '').replace('T', '-')}`,
      acctNumber: ACCOUNT,
      exchange: 'ARCA',
      side: shares > 0 ? 'BOT' : 'SLD',
      shares: String(Math.abs(shares)),
      price: price / 100,
      permId: order.permId,
      clientId: order.clientId,
      cumQty: String(order.filled),
    },
  } as never as MessageInput<'execDetails'>;
}

export function openOrderOf({ clientId, orderId, permId, request }: Order): MessageInput<'openOrder'> {
  const { contract, order } = request;
  const { conditions: _, ...plain }: Partial<NonNullable<typeof order>> = order ?? {};
  return {
    orderId: orderId as never,
    contract: contract?.secType === 'BAG' ? contract : contractOf(lineOf(contract?.conId ?? 0) as Line),
    // Of a price that an order has not a gateway says 0.
    order: {
      lmtPrice: 0,
      auxPrice: 0,
      ...plain,
      account: ACCOUNT,
      clientId,
      permId: permId as never,
      tif: plain.tif ?? 'DAY',
    } as never,
    orderState: { status: 'Submitted' },
  };
}

export function statusOf({ orderId, clientId, permId, filled, terms }: Order, status: string): MessageInput<'orderStatus'> {
  return {
    orderId: orderId as never,
    status,
    filled: String(filled) as never,
    remaining: String(Math.max(0, (terms.at(-1)?.quantity ?? 0) - filled)) as never,
    avgFillPrice: 0,
    permId: permId as never,
    clientId,
  };
}
