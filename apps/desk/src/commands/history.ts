// The past: bars, ticks, sessions of the exchange.

import { barSizes, type SpanProgress } from 'ibwire';
import * as z from 'zod';
import { qualified, shownContract } from '../session/contract.js';
import { asText } from '../session/shown-quote.js';
import { command } from './command.js';
import { contractOut, contractShape, decimal, instant } from './schemas.js';

const SHOW = [
  ...([
    'TRADES',
    'MIDPOINT',
    'BID',
    'ASK',
    'ADJUSTED_LAST',
    'HISTORICAL_VOLATILITY',
    'OPTION_IMPLIED_VOLATILITY',
    'FEE_RATE',
  ] as const),
] as const;
const duration = z
  .string()
  .regex(/^\d{1,4} [SDWMY]$/)
  .describe('5 D, 1 W, 3 M, 1 Y; S counts seconds of trading');

const bars = command({
  name: 'history.bars',
  need: 'read',
  title: 'Bars',
  text: 'Bars, oldest first: by `duration`, or of any span by `from`, in pages. `isForming`: not over yet. FX has no TRADES: ask MIDPOINT.',
  input: z.strictObject({
    ...contractShape,
    duration: duration.default('1 D'),
    size: z.enum(barSizes).default('5 mins'),
    show: z.enum(SHOW).default('TRADES'),
    from: instant.optional().describe('In place of duration'),
    end: instant.optional().describe('Bars before this instant; default now'),
    limit: z.int().min(1).max(100_000).optional().describe('The newest so many'),
    useRTH: z.boolean().default(true).describe('Regular hours only'),
  }),
  output: z.object({
    contract: contractOut,
    leftOut: z.int().optional().describe('Older bars that the limit left out'),
    bars: z.array(
      z.object({
        time: instant,
        date: z.string().optional(),
        open: decimal,
        high: decimal,
        low: decimal,
        close: decimal,
        volume: decimal.optional(),
        wap: decimal.optional(),
        count: z.int().optional(),
        isForming: z.boolean(),
      }),
    ),
  }),
  async run({ duration: span, size, show, from, end, limit, useRTH, ...asked }, { desk, signal, progress }) {
    const { ib } = desk.connection.need();
    const contract = await qualified(ib, asked, signal);
    const to = end === undefined ? undefined : new Date(end);
    const call = { size, show, useRTH, signal, timeout: 30_000 };
    const onProgress = ({ done, total, bars: count }: SpanProgress): void => progress?.(done, total, `${count} bars`);
    const told =
      from === undefined
        ? await ib.history.bars(contract, { ...call, duration: span, ...(to === undefined ? {} : { end: to }) })
        : (
            await ib.history
              .span(contract, { ...call, from: new Date(from), ...(to === undefined ? {} : { to }), onProgress })
              .all()
          ).bars;
    const leftOut = Math.max(0, told.length - (limit ?? told.length));
    return {
      contract: shownContract(contract),
      ...(leftOut === 0 ? {} : { leftOut }),
      bars: told.slice(leftOut).map((bar) => ({
        time: bar.time.toISOString(),
        ...(bar.date === undefined ? {} : { date: bar.date }),
        ...{ open: asText(bar.open), high: asText(bar.high), low: asText(bar.low), close: asText(bar.close) },
        ...(bar.volume === undefined ? {} : { volume: asText(bar.volume) }),
        ...(bar.wap === undefined ? {} : { wap: asText(bar.wap) }),
        ...(bar.count === undefined ? {} : { count: bar.count }),
        isForming: bar.isForming,
      })),
    };
  },
});

const ticks = command({
  name: 'history.ticks',
  need: 'read',
  title: 'Ticks of the past',
  text: 'Trades or midpoints between two instants, oldest first, at most `limit`.',
  input: z.strictObject({
    ...contractShape,
    from: instant,
    to: instant,
    show: z.enum(['TRADES', 'MIDPOINT']).default('TRADES'),
    limit: z.int().min(1).max(10_000).default(1_000),
  }),
  output: z.object({
    contract: contractOut,
    ticks: z.array(
      z.object({ time: instant, price: decimal.optional(), size: decimal.optional(), exchange: z.string().optional() }),
    ),
    more: z.boolean(),
  }),
  async run({ from, to, show, limit, ...asked }, { desk, signal }) {
    const { ib } = desk.connection.need();
    const contract = await qualified(ib, asked, signal);
    const found: { time: string; price?: string; size?: string; exchange?: string }[] = [];
    let more = false;
    for await (const page of ib.history.ticks(contract, {
      from: new Date(from),
      to: new Date(to),
      show,
      signal,
      timeout: 30_000,
    })) {
      for (const tick of page) {
        if (found.length >= limit) {
          more = true;
          break;
        }
        const price = tick.type === 'MidPoint' ? tick.midPoint : tick.type === 'BidAsk' ? undefined : tick.price;
        const size = tick.type === 'Last' || tick.type === 'AllLast' ? tick.size : undefined;
        const exchange = tick.type === 'Last' || tick.type === 'AllLast' ? tick.exchange : undefined;
        found.push({
          time: new Date(tick.time).toISOString(),
          ...(price === undefined ? {} : { price: asText(price) }),
          ...(size === undefined ? {} : { size: asText(size) }),
          ...(exchange ? { exchange } : {}),
        });
      }
      if (more) break;
    }
    return { contract: shownContract(contract), ticks: found, more };
  },
});

const schedule = command({
  name: 'history.schedule',
  need: 'read',
  title: 'Sessions of the exchange',
  text: 'When the exchange traded.',
  input: z.strictObject({ ...contractShape, duration: duration.default('5 D'), useRTH: z.boolean().default(true) }),
  output: z.object({
    contract: contractOut,
    timeZone: z.string(),
    sessions: z.array(z.object({ start: instant, end: instant, day: z.string() })),
  }),
  async run({ duration: span, useRTH, ...asked }, { desk, signal }) {
    const { ib } = desk.connection.need();
    const contract = await qualified(ib, asked, signal);
    const told = await ib.history.schedule(contract, { duration: span, useRTH, signal, timeout: 30_000 });
    return {
      contract: shownContract(contract),
      timeZone: told.timeZone,
      sessions: told.sessions.map(({ start, end, refDate }) => ({
        start: start.toISOString(),
        end: end.toISOString(),
        day: refDate,
      })),
    };
  },
});

export const historyCommands = [bars, ticks, schedule] as const;
