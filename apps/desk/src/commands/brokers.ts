// One portfolio over all brokers: the session of the desk and the sources that its owner has configured.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Attempt,
  cash,
  compare,
  concentration,
  configOf,
  convert,
  merge,
  PortfolioError,
  type Rate,
  type Reading,
  readAll,
  readSession,
  type Source,
  totals,
  view,
  washSaleNeighbours,
} from '@ibwire/portfolio';
import Big from 'big.js';
import * as z from 'zod';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { command } from './command.js';
import { inTurn } from './price-slot.js';
import { decimal, outsideText } from './schemas.js';

const currency = z.string().regex(/^[A-Z]{3}$/);
const BY = ['account', 'instrument', 'broker', 'currency', 'class'] as const;

const input = z.strictObject({
  by: z.enum(BY).default('instrument').describe('What the lines are of; every view adds up to the same per currency'),
  in: currency.optional().describe('One currency for total and shares; needs a rate for each other one'),
  rates: z
    .array(z.string().regex(/^[A-Z]{6}=\d+(\.\d+)?$/))
    .max(50)
    .default([])
    .describe('Named rates such as EURUSD=1.0850; the rates of the gateway count behind them'),
});

const valued = { key: z.string(), currency, value: decimal };
const dated = z.object({ account: z.string(), date: z.string() });

export const portfolioOut = z
  .object({
    sources: z.array(
      z.discriminatedUnion('state', [
        z.object({ state: z.literal('read'), name: z.string(), positions: z.int(), transactions: z.int() }),
        z.object({ state: z.literal('failed'), name: z.string(), code: z.string(), reason: outsideText }),
      ]),
    ),
    isComplete: z.boolean().describe('False when a source could not be read: its holdings are in no sum'),
    lines: z.array(
      z.object({
        ...valued,
        quantity: decimal.optional(),
        positions: z.int(),
        unknown: z.array(z.string()).describe('Holdings without a price: they are not in the value'),
        matchedBy: z.string().optional(),
      }),
    ),
    totals: z.record(z.string(), decimal).describe('Per currency; nothing is converted'),
    total: z.object({ currency, value: decimal }).optional().describe('In one currency, where `in` was asked'),
    rates: z.array(z.object({ from: currency, to: currency, rate: decimal, source: z.string() })),
    concentration: z.array(z.object({ ...valued, percent: decimal })),
    cash: z.array(
      z.object({
        account: z.string(),
        currency,
        cash: decimal.optional(),
        settled: decimal.optional(),
        equivalents: decimal,
        total: decimal,
      }),
    ),
    differences: z
      .array(
        z.object({
          account: z.string(),
          instrument: z.string(),
          rebuilt: decimal,
          reported: decimal,
          difference: decimal,
          why: z.string(),
        }),
      )
      .describe('Where transactions and positions disagree'),
    washSaleNeighbours: z.array(
      z.object({
        instrument: z.string(),
        sold: dated,
        bought: dated,
        daysBetween: z.int(),
        result: z.enum(['loss', 'gain', 'unknown']),
      }),
    ),
    duplicates: z.int().describe('Transactions that stood in several sources and count once'),
    unknownCodes: z.record(z.string(), z.int()),
    notes: z.array(outsideText),
  })
  .meta({ id: 'BrokersPortfolio' });

const isRated = (reading: Reading): reading is Reading & { readonly rates: readonly Rate[] } => 'rates' in reading;

/** The session that the desk holds, with the accounts that it may use. */
function ownSource({ connection }: Desk): Source {
  return {
    name: 'desk',
    async read() {
      const { current } = connection;
      if (current === undefined) throw new PortfolioError('config', 'the desk has no session with a gateway');
      const all = await inTurn(() => readSession(current.ib, 'desk'));
      const isOwn = ({ account }: { readonly account: { readonly number: string } }): boolean =>
        current.accounts.includes(account.number);
      return {
        ...all,
        accounts: all.accounts.filter(isOwn),
        positions: all.positions.filter(isOwn),
        balances: all.balances.filter(isOwn),
      };
    },
  };
}

/** @throws {Problem} where the file cannot be read, or is no configuration. */
export async function configured(file: string): Promise<ReturnType<typeof configOf>> {
  const path = resolve(file);
  try {
    return configOf(await readFile(path, 'utf8'), path);
  } catch (error) {
    const reason = error instanceof PortfolioError ? error.message : `it cannot be read (${(error as { code?: string }).code})`;
    throw new Problem(500, 'portfolio', 'The sources of the portfolio are not known', `${path}: ${reason}`, {
      remedy: 'Mend the file that the desk was started with: --portfolio FILE.',
    });
  }
}

const rateOf = (text: string): Rate => {
  const [pair = '', rate = ''] = text.split('=');
  return { from: pair.slice(0, 3), to: pair.slice(3), rate, source: 'given' };
};

/** A currency that no rate leads from is told with the way out. */
function converted<T>(asked: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PortfolioError) || error.code !== 'rate-unknown') throw error;
    throw new Problem(422, 'rate', 'A rate is not known', error.message, {
      remedy: `Name the rate in \`rates\`, such as EUR${asked}=1.0850, or leave out \`in\`.`,
    });
  }
}

const shownSource = (one: Attempt): z.input<typeof portfolioOut>['sources'][number] =>
  one.at === 'read'
    ? {
        state: 'read',
        name: one.reading.source,
        positions: one.reading.positions.length,
        transactions: one.reading.transactions.length,
      }
    : { state: 'failed', name: one.source, code: one.error.code, reason: { untrusted: one.error.message } };

const brokers = command({
  name: 'portfolio.brokers',
  need: 'read',
  title: 'One portfolio over all brokers',
  text: 'The accounts of the login and every source of the file of --portfolio (files, Flex, SnapTrade, Alpaca), merged. A missing price is unknown, never 0.',
  input,
  output: portfolioOut,
  async run(asked, { desk, who }) {
    if (who.accounts !== undefined)
      throw new Problem(403, 'scope', 'Not allowed', 'a token of some accounts sees no portfolio over all of them', {
        remedy: 'portfolio.positions shows those that it may see.',
      });
    const { sources, sameAccounts } =
      desk.portfolio === undefined ? { sources: [], sameAccounts: {} } : await configured(desk.portfolio);
    const attempts = await readAll([ownSource(desk), ...sources]);
    const readings = attempts.flatMap((one) => (one.at === 'read' ? [one.reading] : []));
    const portfolio = merge(readings, sameAccounts);
    const rates = [...asked.rates.map(rateOf), ...readings.filter(isRated).flatMap((one) => one.rates)];
    const inOne = asked.in;
    const sums = totals(portfolio);
    const shares = converted(inOne, () => concentration(portfolio, inOne, rates));
    const value =
      inOne === undefined
        ? undefined
        : converted(inOne, () =>
            Object.entries(sums).reduce((all, [from, part]) => all.plus(convert(part, from, inOne, rates)), new Big(0)),
          );
    return {
      sources: attempts.map(shownSource),
      isComplete: attempts.every(({ at }) => at === 'read'),
      lines: view(portfolio, asked.by).map(({ unknown, ...line }) => ({ ...line, unknown: [...unknown] })),
      totals: { ...sums },
      ...(value !== undefined && inOne !== undefined && { total: { currency: inOne, value: value.toFixed() } }),
      rates,
      concentration: [...shares],
      cash: [...cash(portfolio)],
      differences: [...compare(portfolio)],
      washSaleNeighbours: [...washSaleNeighbours(portfolio)],
      duplicates: portfolio.duplicates,
      unknownCodes: { ...portfolio.unknownCodes },
      notes: portfolio.notes.map((note) => ({ untrusted: note })),
    };
  },
});

export const brokerCommands = [brokers] as const;
