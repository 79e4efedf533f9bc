// Long downloads of bars against the gateway's own pacing, on its virtual clock.

import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../src/client/connect.js';
import type { Bar } from '../../src/client/history/bar.js';
import type { SpanProgress } from '../../src/client/history/span.js';
import { type SimulatedGateway, simulate } from '../../src/gateway/simulate.js';
import { virtualTimer } from '../helpers/virtual-timer.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const DAY = 86_400_000;
const open: { gateway?: SimulatedGateway; ib?: Ib } = {};

afterEach(async () => {
  open.ib?.close();
  await open.gateway?.close();
  delete open.ib;
  delete open.gateway;
});

async function pair(faults: string[] = []): Promise<{ gateway: SimulatedGateway; ib: Ib; now: number }> {
  const gateway = await simulate({ clock: 'virtual', faults, keep: 50_000 });
  open.gateway = gateway;
  const ib = await connect({
    port: gateway.port,
    timer: virtualTimer(gateway.clock),
    silence: 0,
    backOff: { baseMs: 5, capMs: 20, floorMs: 1 },
  });
  open.ib = ib;
  return { gateway, ib, now: gateway.clock.now() };
}

/** Moves the clock while something is under way: in small steps while the sockets talk, a second when they are silent. */
async function drive<T>(gateway: SimulatedGateway, work: Promise<T>): Promise<T> {
  let isOver = false;
  const settled = work.finally(() => {
    isOver = true;
  });
  settled.catch(() => {});
  while (!isOver) {
    await gateway.advance(200);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return settled;
}

/** Every minute of regular hours that the exchange was open, by its own schedule. */
async function expectedBars(gateway: SimulatedGateway, ib: Ib, from: number, to: number, sizeMs: number): Promise<number> {
  const days = Math.ceil((gateway.clock.now() - from) / DAY) + 2;
  const duration = days > 365 ? `${Math.ceil(days / 365)} Y` : `${days} D`;
  const { sessions } = await drive(gateway, ib.history.schedule(aapl, { duration }));
  let count = 0;
  for (const { start, end } of sessions)
    for (let at = start.getTime(); at < end.getTime(); at += sizeMs) if (at >= from && at < to) count++;
  return count;
}

function refusals(gateway: SimulatedGateway): readonly string[] {
  return gateway.log.filter(({ what, text }) => what === 'error' && /pacing|\b100\b|\b420\b/i.test(text)).map(({ text }) => text);
}

const isRising = (bars: readonly Bar[]): boolean =>
  bars.every((bar, at) => at === 0 || bar.time.getTime() > (bars[at - 1]?.time.getTime() ?? 0));

describe('a span', () => {
  it('of a year of minutes has every bar once, without a breach', async () => {
    const { gateway, ib, now } = await pair();
    const from = now - 365 * DAY;
    const seen: SpanProgress[] = [];
    const span = ib.history.span(aapl, {
      from: new Date(from),
      to: new Date(now),
      size: '1 min',
      onProgress: (progress) => seen.push(progress),
    });
    const { bars, gaps } = await drive(gateway, span.all());
    expect(isRising(bars)).toBe(true);
    expect(gaps).toEqual([]);
    expect(bars).toHaveLength(await expectedBars(gateway, ib, from, now, 60_000));
    expect(refusals(gateway)).toEqual([]);
    const last = seen.at(-1);
    expect(last?.done).toBe(last?.total);
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.every(({ done }, at) => at === 0 || done >= (seen[at - 1]?.done ?? 0))).toBe(true);
  }, 60_000);

  it('of small bars waits for the ten-minute budget and is never refused', async () => {
    const { gateway, ib, now } = await pair();
    const from = now - 110 * DAY;
    const span = ib.history.span(aapl, { from: new Date(from), to: new Date(now), size: '30 secs' });
    const { bars, gaps } = await drive(gateway, span.all());
    expect(isRising(bars)).toBe(true);
    expect(gaps).toEqual([]);
    expect(bars).toHaveLength(await expectedBars(gateway, ib, from, now, 30_000));
    expect(refusals(gateway)).toEqual([]);
    const asked = gateway.received.filter(({ message }) => message.kind === 'reqHistoricalData').length;
    expect(asked).toBeGreaterThan(60);
    expect(gateway.clock.now() - now).toBeGreaterThan(600_000);
  }, 60_000);

  it.each([3, 11, 23])(
    'goes on by itself when the link is cut after %i answers',
    async (answers) => {
      const { gateway, ib, now } = await pair();
      const from = now - 180 * DAY;
      let pages = 0;
      const span = ib.history.span(aapl, {
        from: new Date(from),
        to: new Date(now),
        size: '1 min',
        onProgress: () => {
          if (++pages === answers) gateway.faults.cut();
        },
      });
      const { bars, gaps } = await drive(gateway, span.all());
      expect(isRising(bars)).toBe(true);
      expect(gaps).toEqual([]);
      expect(bars).toHaveLength(await expectedBars(gateway, ib, from, now, 60_000));
    },
    60_000,
  );

  it('goes on in another session by its token, without a seam', async () => {
    const { gateway, ib, now } = await pair();
    const from = new Date(now - 90 * DAY);
    const request = { from, to: new Date(now), size: '5 mins' } as const;
    const first: Bar[] = [];
    let token = '';
    const pages = ib.history.span(aapl, request)[Symbol.asyncIterator]();
    const page = await drive(gateway, pages.next());
    if (page.done !== true) {
      first.push(...page.value.bars);
      token = page.value.token;
    }
    await pages.return?.(undefined);
    ib.close();
    const again = await connect({ port: gateway.port, timer: virtualTimer(gateway.clock), silence: 0 });
    open.ib = again;
    const { bars } = await drive(gateway, again.history.span(aapl, { ...request, resume: token }).all());
    const all = [...bars, ...first];
    expect(isRising(all)).toBe(true);
    expect(all).toHaveLength(await expectedBars(gateway, again, from.getTime(), now, 300_000));
    expect(() => again.history.span(aapl, { ...request, size: '1 min', resume: token })).toThrow(/another span/);
  }, 60_000);
});
