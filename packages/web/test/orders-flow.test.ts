import fc from 'fast-check';
import { InputError, memorySink, type OrderDraft, RuleError } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../src/endpoints/list.js';
import type { LegResult } from '../src/orders/round.js';
import { refusals } from './order-witness.js';
import { AAPL, opened } from './order-world.js';

const PLACE: EndpointName = 'POST /iserver/account/{accountId}/orders';
const CHANGE: EndpointName = 'POST /iserver/account/{accountId}/order/{orderId}';
const REPLY: EndpointName = 'POST /iserver/reply/{replyId}';
const CANCEL: EndpointName = 'DELETE /iserver/account/{accountId}/order/{orderId}';

const draft = fc.record({
  action: fc.constantFrom('BUY', 'SELL'),
  orderType: fc.constantFrom('LMT', 'MKT'),
  /** Of the market's price: some fill at once. */
  by: fc.constantFrom(0.95, 0.99, 1.01, 1.05),
  quantity: fc.integer({ min: 1, max: 12 }),
});
const counted = fc.constantFrom('replyBusyThenLive', 'placeBusyThenLive', 'placeAnswerLost', 'placeUnauthorised', 'placeTooFast');
const cut = fc.record({
  how: fc.constantFrom('requestLost', 'answerLost'),
  name: fc.constantFrom(PLACE, CHANGE, REPLY, CANCEL, 'GET /iserver/account/orders', 'GET /portfolio2/{accountId}/positions'),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('place'), draft }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('bracket'), draft }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('modify'), which: fc.nat(9), draft }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel'), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('count'), fault: counted }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cut'), cut }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('ask'), ids: fc.constantFrom<string[]>([], ['o163'], ['o163', 'o354'], ['o1']) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('switch'),
      name: fc.constantFrom(
        'stalePortfolio',
        'freshPositionsAway',
        'refuseChildren',
        'legsWithoutReference',
        'bareErrorForChild',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('prompt'), id: fc.constantFrom(undefined, 'p12', 'p6') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reset') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('time'), seconds: fc.constantFrom(1, 5, 60) }) },
);
type Draft = typeof draft extends fc.Arbitrary<infer D> ? D : never;

describe('random flow of orders, with every fault', () => {
  it('each reference is one order or none, no question stays open, and nothing is posted that the world as it is forbids', async () => {
    const counts: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (flow) => {
        const questions = { byId: { o163: 'accept', o354: 'accept', p12: { choose: 'Use on this order' } } } as const;
        const world = await opened(
          { orders: { journal: memorySink(), questions } },
          { cash: { USD: 4_000 }, holdings: { AAPL: 10 } },
        );
        const { client, run, web, gateway, timer, placed, close } = world;
        const [account = ''] = gateway.accounts;
        const send = web.send;
        Object.assign(web, {
          send: (outgoing: Parameters<typeof send>[0]) => {
            const { method, url, body = '' } = outgoing;
            if (method === 'POST' && /\/account\/[^/]+\/orders?(\/\d+)?$/.test(url.pathname)) {
              const sent = JSON.parse(body);
              expect(refusals(gateway, account, sent.orders ?? [sent])).toEqual([]);
            }
            return send(outgoing);
          },
        });
        const live: Extract<LegResult, { at: 'working' }>[] = [];
        const results: LegResult[] = [];
        const take = async (work: Promise<readonly LegResult[]>): Promise<void> => {
          const came = await run(work).catch((error: unknown): readonly LegResult[] => {
            if (error instanceof RuleError || error instanceof InputError) return [];
            throw error;
          });
          for (const result of came) {
            counts[result.at] = (counts[result.at] ?? 0) + 1;
            results.push(result);
            if (result.at === 'working') live.push(result);
          }
        };
        const quoted = gateway.market.quote(AAPL.conId).last;
        const order = (orderRef: string, { action, orderType, by, quantity }: Draft): OrderDraft =>
          ({
            action,
            orderType,
            totalQuantity: String(quantity),
            ...(orderType === 'LMT' && { lmtPrice: Number((quoted * by).toFixed(2)) }),
            tif: 'DAY',
            orderRef,
          }) as OrderDraft;
        const hidden = new Set<unknown>([undefined]);
        for (const [at, one] of flow.entries()) {
          const before = web.seen.length;
          const chosen = 'which' in one ? live[one.which % Math.max(1, live.length)] : undefined;
          switch (one.does) {
            case 'place':
              await take(client.orders.place(AAPL, order(`r${at}`, one.draft)).then((result) => [result]));
              break;
            case 'bracket': {
              const parent = { ...order(`r${at}`, one.draft), action: 'BUY' } as OrderDraft;
              const exit = { action: 'SELL', totalQuantity: parent.totalQuantity, tif: 'DAY' } as const;
              const exits = [
                { ...exit, orderType: 'LMT', lmtPrice: 450, orderRef: `r${at}a` },
                { ...exit, orderType: 'STP', auxPrice: 200, orderRef: `r${at}b` },
              ] as readonly OrderDraft[];
              await take(client.orders.placeGroup(AAPL, [parent, ...exits]));
              break;
            }
            case 'modify': {
              const was = placed(chosen?.orderRef ?? '')[0]?.order;
              if (chosen === undefined || was?.orderType !== 'LMT') break;
              const next = { ...order(chosen.orderRef, one.draft), action: was.action, orderType: 'LMT' };
              await take(
                client.orders
                  .modify(chosen.orderId, AAPL, { lmtPrice: was.lmtPrice, ...next } as OrderDraft)
                  .then((result) => [result]),
              );
              break;
            }
            case 'cancel':
              if (chosen !== undefined) await run(client.orders.cancel(chosen.orderId));
              break;
            case 'count':
              web.faults[one.fault] += 1;
              break;
            case 'cut':
              web.faults[one.cut.how].push(one.cut.name);
              break;
            case 'ask':
              web.faults.questions = one.ids;
              break;
            case 'prompt':
              web.faults.prompt = one.id;
              break;
            case 'switch':
              web.faults[one.name] = !web.faults[one.name];
              break;
            case 'reset':
              web.reset();
              break;
            case 'time':
              await gateway.advance(one.seconds * 1000);
              await timer.advance(one.seconds * 1000);
          }
          // A question that was lost with its answer is nobody's: the next submission makes it stale.
          const isLost = web.seen.slice(before).some(({ status }) => status === 'lost');
          const { pending, prompted } = web.door.session;
          if (isLost) for (const question of [pending, prompted]) hidden.add(question);
          for (const question of [pending, prompted]) expect([one, hidden.has(question)]).toEqual([one, true]);
          for (const { position } of gateway.positions(account)) expect(Number(position)).toBeGreaterThanOrEqual(0);
        }
        const sent = web.seen
          .filter(({ name }) => name === PLACE)
          .flatMap(({ body }) => (body as { orders: { cOID: string }[] }).orders);
        const refs = sent.map(({ cOID }) => cOID);
        expect(new Set(refs).size).toBe(refs.length);
        for (const ref of refs) expect([ref, placed(ref).length <= 1]).toEqual([ref, true]);
        for (const { at, orderRef } of results) {
          const [found] = placed(orderRef);
          const ended = found === undefined || /Cancelled|Inactive|Filled/.test(found.status);
          if (at === 'working') expect([orderRef, found === undefined]).toEqual([orderRef, false]);
          const isOnlyThat = results.filter((one) => one.orderRef === orderRef).length === 1;
          if (isOnlyThat && (at === 'rejected' || at === 'declined')) expect([orderRef, at, ended]).toEqual([orderRef, at, true]);
        }
        await close();
      }),
      { numRuns: 80, seed: 17 },
    );
    expect(
      [counts['working'], counts['declined'], counts['unknown'], counts['rejected']].every((count) => (count ?? 0) > 2),
    ).toBe(true);
  }, 120_000);
});
