// Quotes: the newest picture of an instrument, of several, and what is being watched.

import * as z from 'zod';
import type { Desk } from '../desk.js';
import { contractOf, qualified } from '../session/contract.js';
import type { Line, LineUse } from '../session/quote-lines.js';
import { quoteOut } from '../session/shown-quote.js';
import { command } from './command.js';
import { type ContractAsked, contractInput, contractShape, empty } from './schemas.js';

/** How long a first price may take. */
const FIRST_MS = 5_000;

/** Instruments by the way they were asked for, so that a repeated question costs no look-up. */
const known = new WeakMap<object, Map<string, number>>();

function nameOf(asked: ContractAsked): string {
  let name = '';
  for (const [key, value] of Object.entries(asked)) name += `${key}=${value};`;
  return name;
}

/** The line of an instrument at once, before a price is there. */
export async function openLine(desk: Desk, asked: ContractAsked, signal?: AbortSignal, use?: LineUse): Promise<Line> {
  const { ib } = desk.connection.need();
  const { lines } = desk.connection;
  const mine = known.get(ib) ?? new Map<string, number>();
  known.set(ib, mine);
  const name = asked.conId === undefined ? nameOf(asked) : '';
  const open = lines.known(asked.conId ?? mine.get(name));
  if (open !== undefined) return lines.of(ib, open.contract, use);
  const contract = await qualified(ib, asked, signal);
  if (name !== '' && mine.size < 10_000) mine.set(name, contract.conId);
  return lines.of(ib, contract, use);
}

/** The line of an instrument, with a first price where one comes in time. */
export async function lineOf(desk: Desk, asked: ContractAsked, signal?: AbortSignal): Promise<Line> {
  const line = await openLine(desk, asked, signal);
  await line.first(FIRST_MS, signal);
  return line;
}

const snapshot = command({
  name: 'quotes.snapshot',
  need: 'read',
  title: 'Quote of an instrument',
  text: 'Bid, ask, last and the day, with age and kind of data.',
  input: contractInput,
  output: quoteOut,
  run: async (asked, { desk, signal }) => (await lineOf(desk, asked, signal)).shown(desk.timer.now()),
  json: async (asked, { desk, signal }) => (await lineOf(desk, asked, signal)).json(desk.timer.now()),
});

const list = command({
  name: 'quotes.list',
  need: 'read',
  title: 'Quotes of several instruments',
  text: 'The same for up to 50 symbols; what fails is named beside.',
  input: z.strictObject({ symbols: z.array(z.string().min(1).max(40)).min(1).max(50), market: contractShape.market }),
  output: z.object({ quotes: z.array(quoteOut), failed: z.array(z.object({ symbol: z.string(), why: z.string() })) }),
  async run({ symbols, market }, { desk, signal }) {
    const quotes: z.input<typeof quoteOut>[] = [];
    const failed: { symbol: string; why: string }[] = [];
    const asked = symbols.map((symbol) => ({ symbol, ...(market === undefined ? {} : { market }) }));
    for (const one of asked) contractOf(one);
    await Promise.all(
      asked.map(async (one, at) => {
        try {
          const line = await lineOf(desk, one, signal);
          quotes[at] = line.shown(desk.timer.now());
        } catch (error) {
          failed.push({ symbol: one.symbol, why: error instanceof Error ? error.message : 'failed' });
        }
      }),
    );
    return { quotes: quotes.filter((one) => one !== undefined), failed };
  },
});

const watch = command({
  name: 'quotes.watch',
  need: 'read',
  title: 'What is being watched',
  text: 'Every quote that is open now. To follow them live: the stream `quotes` or the WebSocket.',
  input: empty,
  output: z.array(quoteOut),
  run: async (_, { desk }) => desk.connection.lines.open.map((line) => line.shown(desk.timer.now())),
});

export const quoteCommands = [snapshot, list, watch] as const;
