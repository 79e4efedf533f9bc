// What a gap says was missed is what was missed: ticks are counted where they are made, and the server is killed under them.

import type { BusGap } from '@ibwire/bus';
import { feedStream, type Ib, type QuoteTick, retoldQuote, type StreamSource } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { hasNats } from '../../../test/helpers/nats.js';
import { stage, until } from './stage.js';

/** A session whose one quote is pushed by hand. */
function byHand(): { readonly ib: Ib; readonly source: StreamSource<QuoteTick> } {
  const view = retoldQuote();
  const [stream, source] = feedStream<QuoteTick, unknown>(
    { view: view.view, condense: view.condense, close: () => {} },
    (error) => {
      throw error;
    },
  );
  source.enter({ at: 'live', since: 1 });
  stream.on((tick) => view.take(tick));
  const ib = {
    contracts: { qualify: () => Promise.resolve({ conId: 7, symbol: 'X' }) },
    market: { quotes: () => stream },
  } as unknown as Ib;
  return { ib, source };
}

describe.runIf(hasNats)('gaps', () => {
  it('count exactly the rows that were not told one by one', { timeout: 60_000 }, async () => {
    const { ib, source } = byHand();
    await using on = await stage({ side: { ib: () => ib } });
    const bus = await on.consumer();
    const told: (number | BusGap)[] = [];
    const stream = bus.market.quotes({ symbol: 'X' });
    stream.on((tick) => {
      if (tick.field === 'bid') told.push(tick.value as number);
    });
    stream.onGap((gap) => told.push(gap as BusGap));
    await stream.complete();
    let made = 0;
    const make = (many: number): void => {
      for (; many > 0; many--)
        source.push({ field: 'bid', value: ++made, time: made, source: 'live', tickType: 1, attribMask: undefined });
    };
    for (let blow = 0; blow < 3; blow++) {
      make(250);
      await until('all have come', () => told.at(-1) === made);
      await on.nats.kill();
      make(1_000 * (blow + 1));
      await until('it is known', () => stream.state.at === 'stale');
      await on.nats.restart();
      await until('it is back', () => stream.state.at === 'live', 20_000);
      await until('the newest is told', () => told.at(-1) === made, 20_000);
    }
    const gaps = told.flatMap((one, at) =>
      typeof one === 'number' ? [] : [{ missed: one.missed, before: told[at - 1], next: told[at + 1] }],
    );
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    for (const { missed, before, next } of gaps) expect(missed).toBe((next as number) - (before as number));
    expect(gaps.reduce((sum, { missed }) => sum + (missed ?? 0), 0)).toBe(6_000);
    // Everything else came one by one.
    const numbers = told.filter((one) => typeof one === 'number');
    const jumps = numbers.filter((value, at) => at > 0 && value !== (numbers[at - 1] as number) + 1 && value !== numbers[at - 1]);
    expect(jumps).toHaveLength(gaps.length);
  });

  it('are told as the desk has them, with their cause', async () => {
    const { ib, source } = byHand();
    await using on = await stage({ side: { ib: () => ib } });
    const bus = await on.consumer();
    const stream = bus.market.quotes({ symbol: 'X' });
    const gaps: object[] = [];
    stream.onGap((gap) => gaps.push(gap));
    await stream.complete();
    source.enter({ at: 'stale', since: 5, cause: 'broker' });
    await until('it is stale', () => stream.state.at === 'stale');
    expect(stream.state).toEqual({ at: 'stale', since: 5, cause: 'broker' });
    source.gap({ from: 5, to: 9, cause: 'broker' });
    source.enter({ at: 'live', since: 9 });
    await until('it is live', () => stream.state.at === 'live');
    expect(gaps).toEqual([{ from: 5, to: 9, cause: 'broker', missed: undefined }]);
    source.finish(new Error('no permission for this instrument'));
    expect((await stream.ended)?.message).toContain('no permission for this instrument');
    expect(on.served.lines).toEqual([]);
  });

  it('say that a desk began anew, of which nobody can know how much was missed', { timeout: 60_000 }, async () => {
    const { ib, source } = byHand();
    await using on = await stage({ side: { ib: () => ib } });
    const bus = await on.consumer();
    const stream = bus.market.quotes({ symbol: 'X' });
    const gaps: BusGap[] = [];
    stream.onGap((gap) => gaps.push(gap as BusGap));
    await stream.complete();
    source.push({ field: 'bid', value: 1, time: 1, source: 'live', tickType: 1, attribMask: undefined });
    await until('it has come', () => stream.latest?.field === 'bid');
    await on.served.close();
    await until('it is known', () => stream.state.at === 'stale');
    const again = byHand();
    await using other = await on.again({ ib: () => again.ib });
    again.source.push({ field: 'bid', value: 2, time: 2, source: 'live', tickType: 1, attribMask: undefined });
    await until('it is back', () => stream.state.at === 'live', 20_000);
    expect(gaps).toEqual([expect.objectContaining({ cause: 'disconnected', missed: undefined })]);
    expect(stream.view.bid?.value).toBe(2);
    expect(other.lines).toHaveLength(1);
  });
});
