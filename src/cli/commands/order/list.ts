// `ibwire order list`: what is open, what was executed today.

import type { Command } from 'commander';
import { formatSymbol } from '../../../client/contracts/format-symbol.js';
import type { Fill } from '../../../client/orders/record/fills.js';
import type { Trade } from '../../../client/orders/trade.js';
import type { Io } from '../../io.js';
import { accountOption, type GatewayOptions, withGatewayOptions } from '../../options.js';
import { moneyText, tradeData } from '../../order/trade-text.js';
import { dim, figure, price, right, roomOf, table } from '../../print.js';
import { accountsOf } from '../../session/accounts-of.js';
import { withSession } from '../../session/with-session.js';
import { show } from '../../show.js';

interface Options extends GatewayOptions {
  readonly own?: boolean;
  readonly executions?: boolean;
  readonly account?: string;
}

export function addOrderList(order: Command, io: Io): void {
  withGatewayOptions(order.command('list').description('open orders of all clients, or what was executed today'))
    .option('--own', 'only those of this client id, which are the ones it can cancel')
    .option('--executions', 'what was executed since midnight')
    .addOption(accountOption('one account only'))
    .action((options: Options) =>
      withSession(io, options, async ({ ib, call }) => {
        const meant = accountsOf(ib, options.account);
        const isMeant = ({ account }: { readonly account?: string | undefined }): boolean =>
          options.account === undefined || meant.includes(account ?? '');
        if (options.executions === true) {
          const fills = (await ib.orders.executions({}, call)).filter(isMeant);
          show(io, options.json, fills, () => fillsText(fills, roomOf(io)));
          return;
        }
        const trades = (await ib.orders.open({ ...call, which: options.own === true ? 'own' : 'all' })).filter(isMeant);
        show(io, options.json, trades.map(tradeData), () => ordersText(trades, roomOf(io)));
      }),
    );
}

const LIMITED = /LMT|LIMIT|LIT|LOC|REL/;
const TRIGGERED = /STP|MIT|LIT|TRAIL|REL/;

/** Gateways report 0 for prices that an order does not have; where it has one, 0 is a price. */
function meant(value: number | undefined, orderType: string | undefined, types: RegExp): number | undefined {
  return value === 0 && !types.test(orderType ?? '') ? undefined : value;
}

function ordersText(trades: readonly Trade[], room: number): string {
  if (trades.length === 0) return dim('  no open orders');
  return table(
    [
      right('order'),
      right('client', 3),
      'account',
      '',
      right('quantity'),
      'contract',
      'type',
      right('limit'),
      right('stop'),
      { name: 'tif', spare: 2 },
      'state',
      right('filled', 1),
    ],
    trades.map((trade) => {
      const order = { ...trade.draft, ...trade.reported };
      return [
        trade.orderId,
        trade.clientId,
        trade.account,
        order.action,
        figure(trade.total),
        formatSymbol(trade.contract ?? {}),
        order.orderType,
        price(meant(order.lmtPrice, order.orderType, LIMITED)),
        price(meant(order.auxPrice, order.orderType, TRIGGERED)),
        order.tif,
        trade.state.at,
        figure(trade.filledQuantity),
      ];
    }),
    room,
  );
}

function fillsText(fills: readonly Fill[], room: number): string {
  if (fills.length === 0) return dim('  nothing was executed today');
  return table(
    ['time', 'account', '', right('quantity'), 'contract', right('price'), { name: 'exchange', spare: 1 }, right('commission')],
    fills.map((fill) => [
      fill.time,
      fill.account,
      fill.side,
      figure(fill.shares),
      formatSymbol(fill.contract ?? {}),
      price(fill.price),
      fill.exchange,
      fill.commission === undefined ? undefined : moneyText(fill.commission),
    ]),
    room,
  );
}
