import fc from 'fast-check';
import { memorySink, type OrderDraft, RuleError } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { LegResult } from '../src/orders/round.js';
import { AAPL, limit, opened } from './order-world.js';

describe('an order over the Web API', () => {
  it('is journalled before it leaves, taken, and seen at the socket gateway', async () => {
    const sink = memorySink();
    const { client, run, placed, close } = await opened({ orders: { journal: sink } });
    expect(client.state).toEqual({ at: 'ready' });
    const result = await run(client.orders.place(AAPL, limit('one')));
    expect(result).toMatchObject({ at: 'working', orderRef: 'one', status: 'Submitted' });
    expect(placed('one')).toHaveLength(1);
    expect(sink.lines.map((line) => JSON.parse(line).event)).toEqual(['attempt', 'status']);
    await close();
  });

  it('that the account rules refuse never leaves', async () => {
    const { client, run, posts, close } = await opened({}, { cash: { USD: 100 } });
    await expect(run(client.orders.place(AAPL, limit('dear')))).rejects.toThrow(RuleError);
    expect(posts()).toEqual([]);
    await close();
  });

  it('without a reference of its own, or with one that was used, never leaves', async () => {
    const { client, run, posts, close } = await opened();
    await expect(run(Promise.resolve().then(() => client.orders.place(AAPL, limit(''))))).rejects.toThrow(/orderRef/);
    await run(client.orders.place(AAPL, limit('twice')));
    await expect(run(Promise.resolve().then(() => client.orders.place(AAPL, limit('twice'))))).rejects.toThrow(/used before/);
    expect(posts()).toHaveLength(1);
    await close();
  });

  it('a question that nobody covers is declined and told', async () => {
    const told: (readonly string[])[] = [];
    const { client, run, web, gateway, close } = await opened({
      orders: {
        questions: { byId: { o163: 'accept' } },
        onQuestion: (_, accepted, declined) => void told.push([String(accepted), ...declined]),
      },
    });
    web.faults.questions = ['o163', 'o354'];
    expect(await run(client.orders.place(AAPL, limit('asked')))).toMatchObject({ at: 'declined', messageIds: ['o354'] });
    expect(told).toEqual([['true'], ['false', 'o354']]);
    expect([gateway.orders, web.door.session.pending]).toEqual([[], undefined]);
    await close();
  });

  it('a 503 to a reply, and an order that went live: it is found, not repeated', async () => {
    const { client, run, web, placed, posts, close } = await opened({ orders: { questions: { byId: { o163: 'accept' } } } });
    web.faults.questions = ['o163'];
    web.faults.replyBusyThenLive = 1;
    expect(await run(client.orders.place(AAPL, limit('busy')))).toMatchObject({ at: 'working', orderRef: 'busy' });
    expect([placed('busy').length, posts().length]).toEqual([1, 1]);
    await close();
  });

  it('a 401 to a place leaves it unknown, and nothing is sent again', async () => {
    const { client, run, web, posts, placed, close } = await opened();
    web.faults.placeUnauthorised = 1;
    expect(await run(client.orders.place(AAPL, limit('out')))).toMatchObject({ at: 'unknown', orderRef: 'out' });
    expect([posts().length, placed('out').length]).toEqual([1, 0]);
    await close();
  });

  it('the leg that failed is the child, wherever it stands', async () => {
    const { client, run, web, close } = await opened();
    web.faults.refuseChildren = true;
    const stop: OrderDraft = {
      action: 'SELL',
      orderType: 'STP',
      auxPrice: 250,
      totalQuantity: '1' as never,
      tif: 'DAY',
      orderRef: 'child',
    };
    const results = await run(client.orders.placeGroup(AAPL, [limit('parent'), stop]));
    expect(results).toMatchObject([
      { at: 'working', orderRef: 'parent' },
      { at: 'rejected', orderRef: 'child' },
    ]);
    await close();
  });

  it('a cancel counts when the list of orders shows it', async () => {
    const { client, run, close } = await opened();
    const result = (await run(client.orders.place(AAPL, limit('gone')))) as Extract<LegResult, { at: 'working' }>;
    expect(await run(client.orders.cancel(result.orderId))).toEqual({ at: 'cancelled' });
    expect(await run(client.orders.cancel('12345'))).toMatchObject({ at: 'refused' });
    await close();
  });

  it('random flow with every fault: one order or none for each reference, no question open', async () => {
    const fault = fc.constantFrom(
      'none',
      'replyBusyThenLive',
      'placeBusyThenLive',
      'placeAnswerLost',
      'placeUnauthorised',
      'placeTooFast',
      'reset',
    );
    const asks = fc.constantFrom<readonly string[]>([], ['o163'], ['o354'], ['o163', 'o354'], ['o1']);
    const step = fc.record({ fault, asks, quantity: fc.constantFrom('1', '2', '5000'), isTogether: fc.boolean() });
    let [working, others] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (flow) => {
        const sink = memorySink();
        const { client, run, web, placed, posts, close } = await opened({
          orders: { journal: sink, questions: { byId: { o163: 'accept', o354: 'accept' } } },
        });
        const refs: string[] = [];
        const results: Promise<LegResult | RuleError>[] = [];
        for (const [at, { fault: name, asks: questions, quantity, isTogether }] of flow.entries()) {
          web.faults.questions = questions;
          if (name === 'reset') web.reset();
          else if (name !== 'none') web.faults[name] = 1;
          const ref = `r${at}`;
          refs.push(ref);
          const result = client.orders.place(AAPL, limit(ref, { totalQuantity: quantity as never })).catch((error: unknown) => {
            if (error instanceof RuleError) return error;
            throw error;
          });
          results.push(result);
          if (!isTogether) await run(result);
        }
        const settled = await run(Promise.all(results));
        for (const [at, ref] of refs.entries()) {
          const result = settled[at] as LegResult | RuleError;
          const sent = posts().filter(({ body }) => JSON.stringify(body).includes(`"cOID":"${ref}"`)).length;
          expect(sent).toBeLessThanOrEqual(1);
          expect(placed(ref).length).toBeLessThanOrEqual(1);
          if (result instanceof RuleError) {
            others += 1;
            expect([flow[at]?.quantity, sent, result.findings.map(({ code }) => code)]).toMatchObject(['5000', 0, {}]);
            continue;
          }
          expect(flow[at]?.quantity).not.toBe('5000'); // 1.5 million of 100,000: the rules are the witness
          expect([ref, result.at, placed(ref).length]).toEqual([ref, result.at, result.at === 'working' ? 1 : 0]);
          if (result.at === 'working') working += 1;
        }
        expect(web.door.session.pending).toBeUndefined();
        await close();
      }),
      { numRuns: 25, seed: 17 },
    );
    expect([working > 10, others > 5]).toEqual([true, true]);
  });
});
