// The account as the rules read it: money, holdings and what else works, asked of the gateway now.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import type { Trade } from '../../client/orders/trade.js';
import type { Situation, WorkingOrder } from '../../rules/types.js';
import { clockSkew } from '../session/once.js';
import { plainFacts } from './contract-facts.js';

const tags = [
  ...['AccountType', 'NetLiquidation', 'AvailableFunds', 'ExcessLiquidity', 'SettledCash', 'DayTradesRemaining'],
  ...['$LEDGER:ALL'],
];

/** Asks for everything at once. `kind` is how the account is financed, from its owner; the gateway does not say. */
export async function situationOf(
  ib: Ib,
  account: string,
  kind: string | undefined,
  now: () => number,
  call: Call,
): Promise<Situation> {
  const [summary, positions, working, skew] = await Promise.all([
    ib.accounts.summary(tags, call),
    ib.accounts.positions({ ...call, account }),
    ib.orders.open({ ...call, which: 'all' }),
    clockSkew(ib, call, now),
  ]);
  const rows = summary.filter((row) => row.account === account);
  const total = (tag: string) => rows.find((row) => row.tag === tag);
  const ledger = (tag: string): Record<string, string> =>
    Object.fromEntries(
      rows.flatMap(({ tag: found, value, currency }) =>
        found === tag && value !== undefined && currency !== undefined && /^[A-Z]{3}$/.test(currency) ? [[currency, value]] : [],
      ),
    );
  const baseCurrency = total('NetLiquidation')?.currency ?? '';
  const settled = total('SettledCash')?.value;
  const days = total('DayTradesRemaining')?.value;
  return {
    account: {
      account,
      configuredKind: kind,
      accountType: total('AccountType')?.value,
      baseCurrency,
      netLiquidation: total('NetLiquidation')?.value,
      availableFunds: total('AvailableFunds')?.value,
      excessLiquidity: total('ExcessLiquidity')?.value,
      ...(days === undefined ? {} : { dayTradesRemaining: Number(days) }),
      snapshotAgeSeconds: 0,
    },
    severalAccounts: ib.accounts.ids.length > 1,
    cash: ledger('CashBalance'),
    // The gateway tells settled cash in the base currency only; of other currencies none counts as settled.
    settledCash: settled === undefined ? undefined : { [baseCurrency]: settled },
    positions: positions.map(({ contract, position }) => ({ contract: plainFacts(contract), position: position.toFixed() })),
    workingOrders: working.filter((trade) => trade.account === account && trade.end === undefined).map(workingOf),
    exchangeRates: ledger('ExchangeRate'),
    asOf: new Date(now() + skew.ms).toISOString().slice(0, 10).replaceAll('-', ''),
  };
}

function workingOf(trade: Trade): WorkingOrder {
  const { reported, draft, contract } = trade;
  const order = { ...draft, ...reported };
  const text = (value: number | string | undefined): string | undefined => (value === undefined ? undefined : String(value));
  return {
    orderId: trade.permId ?? trade.orderId,
    contract: plainFacts(contract ?? {}),
    action: order.action ?? '',
    totalQuantity: trade.total?.toFixed(),
    remaining: trade.remaining?.toFixed(),
    orderType: order.orderType ?? '',
    lmtPrice: text(order.lmtPrice),
    auxPrice: text(order.auxPrice),
    trailingPercent: text(order.trailingPercent),
    tif: order.tif,
    parentId: trade.parentId,
    ocaGroup: order.ocaGroup === '' ? undefined : order.ocaGroup,
    ocaType: order.ocaType === 0 ? undefined : order.ocaType,
  };
}
