import fc from 'fast-check';
import type { OrderDraft } from 'ibwire';
import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { connectWeb } from '../src/client/connect.js';
import type { WebSessionState } from '../src/session/machine.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import type { Signer } from '../src/sign/signer.js';
import { webGateway } from '../src/simulate/web-gateway.js';
import { handTimer } from './hand-timer.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
/** Monday, midnight in New York. */
const START = Date.UTC(2026, 8, 7, 4);
const AAPL = { conId: 265598 };

/** Answers take their time: so many milliseconds, one after the other. */
const LAGS = [20, 700, 90, 2_300, 40, 150];

/** A token that is got without anybody, and ends. */
function tokenSigner(login: () => void): Signer {
  let expiresAt: number | undefined;
  return {
    ...gatewaySigner(),
    kind: 'oauth2',
    needsPerson: false,
    get expiresAt() {
      return expiresAt;
    },
    async open(_, now) {
      login();
      expiresAt = now() + DAY;
    },
  };
}

async function week(isPerson: boolean) {
  const timer = handTimer(START);
  const still = { cancel() {} };
  const clock = { now: timer.now, at: () => still, every: () => still, close() {} };
  const gateway = await simulate({ clock, accounts: [{ kind: 'cash', cash: { USD: 1_000_000 } }] });
  const web = webGateway(gateway);
  const { session } = web.door;
  const states: WebSessionState[] = [];
  const asked: { readonly path: string; readonly at: number; readonly compete?: unknown; readonly state: string }[] = [];
  let [inits, mostInits, turn, lastTickle] = [0, 0, 0, timer.now()];
  /** Only the outer login has to be kept alive: six minutes without a word and all of it is over. */
  const idle = (): void => {
    if (timer.now() - lastTickle > 6 * MINUTE) web.reset(true);
  };
  const client = connectWeb({
    signer: isPerson ? gatewaySigner() : tokenSigner(() => web.faults.down || web.login()),
    timer,
    stream: web.stream,
    suppress: ['o163', 'o354'],
    onState: (state) => states.push(state),
    isMaintenance: (now) => isMaintenance(now),
    async send(outgoing) {
      const path = outgoing.url.pathname.replace('/v1/api', '');
      const isInit = path.endsWith('/ssodh/init');
      if (isInit) inits += 1;
      mostInits = Math.max(mostInits, inits);
      asked.push({ path, at: timer.now(), compete: isInit && JSON.parse(outgoing.body ?? '{}').compete, state: client.state.at });
      turn += 1;
      await new Promise<void>((resolve) => timer.after(LAGS[turn % LAGS.length] ?? 0, resolve));
      idle();
      if (path === '/tickle' && !web.faults.down) lastTickle = timer.now();
      try {
        return await web.send(outgoing);
      } finally {
        if (isInit) inits -= 1;
      }
    },
  });
  return { timer, gateway, web, session, client, states, asked, most: () => mostInits };
}

/** Saturday evening. */
const isMaintenance = (now: number): boolean => {
  const at = (now - START) % (7 * DAY);
  return at > 5.8 * DAY && at < 5.95 * DAY;
};

/** After an init that came to something each opening does this, and does not begin with the next before one has ended. */
const OPENING = [
  '/iserver/auth/ssodh/init',
  '/iserver/auth/status',
  '/iserver/accounts',
  '/portfolio/accounts',
  '/iserver/questions/suppress',
  '/iserver/account/orders',
  '/iserver/account/trades',
];

const happening = fc.record({
  after: fc.integer({ min: 5, max: 14 * 60 }),
  what: fc.constantFrom('compete', 'down', 'brokerage', 'out', 'silence'),
  lasts: fc.integer({ min: 1, max: 40 }),
});

describe('a week before the simulated web gateway', () => {
  it.each([
    ['a person at the gateway', true],
    ['a token of a day', false],
  ])(
    '%s: midnight resets, other logins, restarts, maintenance; orders all the while',
    async (_name, isPerson) => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 6, maxLength: 14 }), async (happenings) => {
          const { timer, gateway, web, session, client, states, asked, most } = await week(isPerson);
          let wrongSince: number | undefined;
          let [ready, minutes, orders] = [0, 0, 0];
          const results: Promise<unknown>[] = [];
          const pass = async (ms: number): Promise<void> => {
            for (let left = ms; left > 0; left -= MINUTE) {
              await timer.advance(Math.min(left, MINUTE));
              const at = timer.now() - START;
              if (at % DAY < MINUTE) web.reset(true); // midnight
              // The person comes at half past seven, and once more after maintenance.
              if (isPerson && [7.5 * HOUR, 23 * HOUR].some((hour) => at % DAY >= hour && at % DAY < hour + MINUTE)) web.login();
              if (isMaintenance(timer.now()) !== isMaintenance(timer.now() - MINUTE))
                web.faults.down = isMaintenance(timer.now());
              minutes += 1;
              if (client.state.at === 'ready') ready += 1;
              // It may not be taken for ready longer than from one tickle to the next.
              const isWrong = client.state.at === 'ready' && !session.brokerage;
              wrongSince = isWrong ? (wrongSince ?? timer.now()) : undefined;
              expect(timer.now() - (wrongSince ?? timer.now())).toBeLessThanOrEqual(2 * MINUTE);
              if (minutes % 240 === 30) {
                const order = {
                  action: 'BUY',
                  orderType: 'LMT',
                  lmtPrice: 290,
                  totalQuantity: '1',
                  tif: 'DAY',
                  orderRef: `w${minutes}`,
                };
                orders += 1;
                results.push(
                  client.orders.place(AAPL, order as OrderDraft, { timeout: 10 * MINUTE }).catch((error: unknown) => error),
                );
              }
            }
          };
          for (const { after, what, lasts } of happenings) {
            await pass(after * MINUTE);
            switch (what) {
              case 'compete':
                web.compete(true);
                await pass(lasts * MINUTE);
                web.compete(false);
                // Final after the second loss within an hour: somebody decides.
                await pass(3 * MINUTE);
                if (client.state.at === 'competing' && client.state.isFinal) client.reopen();
                break;
              case 'down':
                web.faults.down = true;
                web.reset(lasts > 20);
                await pass(lasts * MINUTE);
                web.faults.down = isMaintenance(timer.now());
                break;
              case 'silence':
                web.faults.requestLost.push('POST /tickle', 'POST /iserver/auth/ssodh/init');
                break;
              default:
                web.reset(what === 'out');
            }
          }
          await pass(7 * DAY - (timer.now() - START));
          web.faults.down = false;
          web.login();
          if (client.state.at === 'competing') client.reopen();
          await pass(5 * MINUTE);
          expect(client.state).toEqual({ at: 'ready' });
          expect(most()).toBe(1);
          expect(asked.filter(({ compete }) => compete === true).length).toBe(0);
          // Nothing fights another login: while it is told, nothing is opened.
          expect(asked.filter(({ path, state }) => path.endsWith('/init') && state === 'competing')).toEqual([]);
          expect(web.seen.filter(({ status }) => status === 429)).toEqual([]);
          // Every ready is behind a whole opening, in its order.
          const steps = asked.map(({ path }) => path).filter((path) => OPENING.includes(path));
          const last = steps.slice(steps.lastIndexOf('/iserver/auth/ssodh/init'));
          expect([...new Set(last)].slice(0, OPENING.length)).toEqual(OPENING);
          const opened = states.flatMap((state) =>
            state.at === 'opening' ? [state.step] : state.at === 'ready' ? ['ready'] : [],
          );
          for (const [at, step] of opened.entries()) if (step === 'ready') expect(opened[at - 1]).toBe('reconcile');
          await pass(20 * MINUTE);
          const settled = await Promise.all(results);
          expect(settled.length).toBe(orders);
          for (const { order } of gateway.orders)
            expect(gateway.orders.filter((one) => one.order.orderRef === order.orderRef).length).toBe(1);
          const working = settled.filter((one) => (one as { at?: string }).at === 'working').length;
          expect(working).toBeGreaterThan(isPerson ? 12 : 20);
          expect(ready / minutes).toBeGreaterThan(isPerson ? 0.4 : 0.75);
          client.close();
          await gateway.close();
        }),
        { numRuns: 1, seed: 20_260_907, examples: [[Array(6).fill({ after: 5, what: 'compete' as const, lasts: 1 })]] },
      );
    },
    120_000,
  );
});
