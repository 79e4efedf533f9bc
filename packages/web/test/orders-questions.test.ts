import { describe, expect, it } from 'vitest';
import { decide } from '../src/orders/policy.js';
import { AAPL, limit, opened } from './order-world.js';

const accepting = (...ids: readonly string[]) => ({
  questions: { byId: Object.fromEntries(ids.map((id) => [id, 'accept' as const])) },
});
const REPLY = 'POST /iserver/reply/{replyId}';
const NOTIFICATION = 'POST /iserver/notification';

describe('what is said to a question', () => {
  const now = <T>(work: Promise<T>): Promise<T> => work;
  const question = (...messageIds: readonly string[]) => ({ replyId: 'q', messageIds, messages: ['sure?'] });
  const prompt = { ...question('p12'), options: ['Use', 'Do not use'] };

  it('is yes only when every id of it is accepted', async () => {
    const policy = { byId: { o163: 'accept', o354: 'accept', o451: 'decline' } } as const;
    expect(await decide(question('o163', 'o354'), policy, now)).toEqual({ accepts: true, declined: [] });
    expect(await decide(question('o163', 'o451'), policy, now)).toEqual({ accepts: false, declined: ['o451'] });
    expect(await decide(question('o163', 'o1'), policy, now)).toEqual({ accepts: false, declined: ['o1'] });
    expect(await decide(question(), policy, now)).toMatchObject({ accepts: false });
    expect(await decide(question('constructor'), policy, now)).toEqual({ accepts: false, declined: ['constructor'] });
  });

  it('is asked of the function where the policy says so; what it throws, or does not say with true, declines', async () => {
    const asks = (ask: () => boolean | string | Promise<boolean>) =>
      decide(question('o163'), { byId: { o163: 'ask' }, ask }, now);
    expect(await asks(() => true)).toMatchObject({ accepts: true });
    expect(await asks(() => Promise.resolve(false))).toEqual({ accepts: false, declined: ['o163'] });
    expect(await asks(() => 'yes')).toMatchObject({ accepts: false });
    expect(
      await asks(() => {
        throw new Error('no');
      }),
    ).toMatchObject({ accepts: false });
    expect(await decide(question('o163'), { byId: { o163: 'ask' } }, now)).toMatchObject({ accepts: false });
  });

  it('a prompt takes one of its own options; yes alone says nothing where there are several', async () => {
    const say = (answer: 'accept' | { choose: string }) => decide(prompt, { byId: { p12: answer } }, now);
    expect(await say({ choose: 'Do not use' })).toEqual({ accepts: true, option: 'Do not use', declined: [] });
    expect(await say({ choose: 'Never' })).toEqual({ accepts: false, declined: ['p12'] });
    expect(await say('accept')).toMatchObject({ accepts: false });
    expect(await decide({ ...prompt, options: ['OK'] }, { byId: { p12: 'accept' } }, now)).toMatchObject({ option: 'OK' });
    expect(await decide(question('p12'), { byId: { p12: { choose: 'Use' } } }, now)).toMatchObject({ accepts: false });
  });
});

describe('questions of the broker', () => {
  it('chain, and each is answered once', async () => {
    const { client, run, web, placed, posts, close } = await opened({ orders: accepting('o163', 'o354', 'o451') });
    web.faults.questions = ['o163', 'o354', 'o451'];
    expect(await run(client.orders.place(AAPL, limit('chain')))).toMatchObject({ at: 'working' });
    expect(web.seen.filter(({ name }) => name === REPLY).map(({ body }) => body)).toEqual([
      { confirmed: true },
      { confirmed: true },
      { confirmed: true },
    ]);
    expect([posts().length, placed('chain').length, web.door.session.pending]).toEqual([1, 1, undefined]);
    await close();
  });

  it('a person who takes longer than five seconds has declined', async () => {
    let answer = (_: boolean): void => {};
    const { client, run, web, gateway, close } = await opened({
      orders: { questions: { byId: { o163: 'ask' }, ask: () => new Promise<boolean>((resolve) => (answer = resolve)) } },
    });
    web.faults.questions = ['o163'];
    expect(await run(client.orders.place(AAPL, limit('slow')))).toMatchObject({ at: 'declined', messageIds: ['o163'] });
    answer(true);
    expect([gateway.orders, web.door.session.pending]).toEqual([[], undefined]);
    await close();
  });

  it('a listener that throws leaves no question open', async () => {
    const { client, run, web, close } = await opened({
      orders: {
        ...accepting('o163'),
        onQuestion: () => {
          throw new Error('mine');
        },
      },
    });
    web.faults.questions = ['o163'];
    expect(await run(client.orders.place(AAPL, limit('loud')))).toMatchObject({ at: 'working' });
    await close();
  });

  it.each(['requestLost', 'answerLost'] as const)(
    'a reply whose connection breaks (%s): looked for by its reference, never sent again',
    async (fault) => {
      const { client, run, web, placed, posts, close } = await opened({ orders: accepting('o163') });
      web.faults.questions = ['o163'];
      web.faults[fault].push(REPLY);
      const result = await run(client.orders.place(AAPL, limit('cut')));
      expect(result.at).toBe(fault === 'answerLost' ? 'working' : 'unknown');
      expect([posts().length, placed('cut').length]).toEqual([1, fault === 'answerLost' ? 1 : 0]);
      await close();
    },
  );

  it('a decline that nobody confirms is unknown, not declined', async () => {
    const { client, run, web, close } = await opened();
    web.faults.questions = ['o163'];
    web.faults.answerLost.push(REPLY);
    expect(await run(client.orders.place(AAPL, limit('no')))).toMatchObject({
      at: 'unknown',
      why: expect.stringMatching(/declined/),
    });
    await close();
  });

  it('a session that ends between question and reply leaves the order unknown', async () => {
    const { client, run, web, gateway, close } = await opened({
      orders: {
        questions: {
          byId: { o163: 'ask' },
          ask: () => {
            web.reset();
            return true;
          },
        },
      },
    });
    web.faults.questions = ['o163'];
    expect(await run(client.orders.place(AAPL, limit('night')))).toMatchObject({ at: 'unknown' });
    expect(gateway.orders).toEqual([]);
    await close();
  });

  it('of a trial is declined and told as a refusal: the next order is not made stale', async () => {
    const { client, run, web, close } = await opened();
    const { orderRef: _, ...order } = limit('');
    expect(await run(client.orders.preview(AAPL, order))).toMatchObject({ initMarginChange: expect.stringMatching(/\d/) });
    expect(web.door.references.size).toBe(0);
    await close();
  });
});

describe('prompts', () => {
  it('get the option that the policy chooses', async () => {
    const told: unknown[] = [];
    const { client, run, web, placed, posts, close } = await opened({
      orders: {
        questions: { byId: { p12: { choose: 'Do not use' } } },
        onQuestion: ({ messageIds, options }, accepted) => told.push([messageIds, options, accepted]),
      },
    });
    web.faults.prompt = 'p12';
    expect(await run(client.orders.place(AAPL, limit('algo')))).toMatchObject({ at: 'working', orderRef: 'algo' });
    expect(web.seen.filter(({ name }) => name === NOTIFICATION).map(({ body }) => body)).toMatchObject([{ text: 'Do not use' }]);
    expect(told).toEqual([[['p12'], ['Use on this order', 'Always use', 'Do not use'], true]]);
    expect([posts().length, placed('algo').length]).toEqual([1, 1]);
    await close();
  });

  it('that nobody covers is not left hanging: its order is cancelled, and that is told', async () => {
    const { client, run, web, gateway, close } = await opened({ orders: accepting('p12') });
    web.faults.prompt = 'p12';
    expect(await run(client.orders.place(AAPL, limit('algo')))).toMatchObject({ at: 'declined', messageIds: ['p12'] });
    expect([web.door.session.prompted, gateway.orders]).toEqual([undefined, []]);
    await close();
  });

  it('of a change leaves the order that was there alone', async () => {
    const { client, run, web, placed, close } = await opened();
    const first = await run(client.orders.place(AAPL, limit('keep')));
    if (first.at !== 'working') throw new Error('it did not work');
    web.faults.prompt = 'p12';
    const changed = await run(client.orders.modify(first.orderId, AAPL, limit('keep', { lmtPrice: 299 })));
    expect(changed).toMatchObject({ at: 'declined', messageIds: ['p12'] });
    expect(placed('keep')).toMatchObject([{ status: 'Submitted', order: { lmtPrice: 300 } }]);
    await close();
  });
});
