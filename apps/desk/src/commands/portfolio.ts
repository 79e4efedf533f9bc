// Holdings over all accounts: as they are, by currency, and merged by instrument.

import Big from 'big.js';
import { mergePositions, type Position } from 'ibwire';
import * as z from 'zod';
import { accountsFor } from '../session/account.js';
import { accountOf } from './accounts.js';
import { type CallOf, command } from './command.js';
import { inTurn } from './price-slot.js';
import { account, decimal, instant } from './schemas.js';

const input = z.strictObject({
  account: account.optional().describe('Only this account; default the one chosen by accounts.use, else all'),
  prices: z.boolean().default(true).describe('Market prices and values too'),
});

export const positionOut = z
  .object({
    account,
    conId: z.int().optional(),
    symbol: z.string(),
    secType: z.string(),
    currency: z.string(),
    exchange: z.string().optional(),
    localSymbol: z.string().optional(),
    quantity: decimal,
    averageCost: decimal.optional(),
    marketPrice: decimal.optional(),
    marketValue: decimal.optional(),
    unrealizedPnl: decimal.optional(),
    realizedPnl: decimal.optional(),
    asOf: instant.optional().describe('When its figures came'),
  })
  .meta({ id: 'Position' });

type PositionOut = z.input<typeof positionOut>;

const text = <K extends string>(name: K, value: Big | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [name]: value.toFixed() }) as { readonly [P in K]?: string };

async function holdings(
  { desk, who, signal }: Pick<CallOf, 'desk' | 'who' | 'signal'>,
  asked: z.output<typeof input>,
): Promise<readonly Position[]> {
  const connected = desk.connection.need();
  const named = asked.account ?? desk.defaults.of(who);
  const mine = named === undefined ? accountsFor(connected, who) : [accountOf({ desk, who }, named)];
  const ask = (): Promise<readonly Position[]> =>
    connected.ib.accounts.holdings({ prices: asked.prices, signal, timeout: 15_000 });
  const all = await (asked.prices ? inTurn(ask) : ask());
  return all.filter((one) => !one.position.eq(0) && mine.includes(one.account));
}

export function shownPosition(one: Position): PositionOut {
  return {
    account: one.account,
    ...(one.conId === undefined ? {} : { conId: one.conId }),
    symbol: one.symbol,
    secType: one.secType,
    currency: one.currency,
    ...(one.exchange === undefined ? {} : { exchange: one.exchange }),
    ...(one.localSymbol === undefined ? {} : { localSymbol: one.localSymbol }),
    quantity: one.position.toFixed(),
    ...text('averageCost', one.avgCost),
    ...text('marketPrice', one.marketPrice),
    ...text('marketValue', one.marketValue),
    ...text('unrealizedPnl', one.unrealizedPNL),
    ...text('realizedPnl', one.realizedPNL),
    ...(one.asOf === undefined ? {} : { asOf: one.asOf }),
  };
}

const positions = command({
  name: 'portfolio.positions',
  need: 'read',
  title: 'Positions of all accounts',
  text: 'Every holding of every account of the login.',
  input,
  output: z.array(positionOut),
  run: async (asked, call) => (await holdings(call, asked)).map(shownPosition),
});

const pnl = command({
  name: 'portfolio.pnl',
  need: 'read',
  title: 'Profit and loss of each position',
  text:
    'Daily, unrealised and realised profit and loss by position, in the currency of the instrument. Absent: not known, which is not 0. ' +
    'The first question opens a stream for each position, and later ones get what it told.',
  input: z.strictObject({ account: account.optional().describe('Only this account') }),
  output: z.array(
    z.object({
      account,
      conId: z.int(),
      daily: decimal.optional(),
      unrealized: decimal.optional(),
      realized: decimal.optional(),
    }),
  ),
  async run({ account: asked }, call) {
    const { ib } = call.desk.connection.need();
    return (await holdings(call, { account: asked, prices: false })).flatMap(({ account: of, conId }) => {
      if (conId === undefined) return [];
      const told = call.desk.pnl.of(ib, of, conId);
      return [
        {
          ...{ account: of, conId },
          ...text('daily', told?.dailyPnL),
          ...text('unrealized', told?.unrealizedPnL),
          ...text('realized', told?.realizedPnL),
        },
      ];
    });
  },
});

const byCurrency = command({
  name: 'portfolio.byCurrency',
  need: 'read',
  title: 'Positions by currency',
  text: 'Market value and profit per currency. Nothing is converted; `unpriced` counts holdings without a value.',
  input,
  output: z.record(z.string(), z.object({ marketValue: decimal, unrealizedPnl: decimal, holdings: z.int(), unpriced: z.int() })),
  async run(asked, call) {
    const sums = new Map<string, { value: Big; profit: Big; holdings: number; unpriced: number }>();
    for (const one of await holdings(call, asked)) {
      const sum = sums.get(one.currency) ?? { value: new Big(0), profit: new Big(0), holdings: 0, unpriced: 0 };
      sum.holdings++;
      if (one.marketValue === undefined) sum.unpriced++;
      sum.value = sum.value.plus(one.marketValue ?? 0);
      sum.profit = sum.profit.plus(one.unrealizedPNL ?? 0);
      sums.set(one.currency, sum);
    }
    return Object.fromEntries(
      [...sums].map(([currency, { value, profit, ...counts }]) => [
        currency,
        { marketValue: value.toFixed(), unrealizedPnl: profit.toFixed(), ...counts },
      ]),
    );
  },
});

const merged = command({
  name: 'portfolio.merged',
  need: 'read',
  title: 'Positions merged by instrument',
  text: 'One line per instrument over all accounts, with the holdings it is made of.',
  input,
  output: z.array(
    z.object({
      symbol: z.string(),
      secType: z.string(),
      currency: z.string(),
      conId: z.int().optional(),
      quantity: decimal,
      cost: decimal.optional(),
      marketValue: decimal.optional(),
      unrealizedPnl: decimal.optional(),
      isAmbiguous: z.boolean(),
      holdings: z.array(positionOut),
    }),
  ),
  run: async (asked, call) =>
    mergePositions(await holdings(call, asked)).map((one) => ({
      symbol: one.of.symbol,
      secType: one.of.secType,
      currency: one.of.currency,
      ...(one.of.conId === undefined ? {} : { conId: one.of.conId }),
      quantity: one.position.toFixed(),
      ...text('cost', one.cost),
      ...text('marketValue', one.marketValue),
      ...text('unrealizedPnl', one.unrealizedPNL),
      isAmbiguous: one.isAmbiguous,
      holdings: one.holdings.map(shownPosition),
    })),
});

export const portfolioCommands = [positions, pnl, byCurrency, merged] as const;
