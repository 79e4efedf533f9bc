import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step, WebSessionState } from '../src/session/machine.js';
import { STEPS } from '../src/session/machine.js';
import { createSession, type Hands, type Told } from '../src/session/session.js';
import { handTimer } from './hand-timer.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A broker as far as sessions go: what is signed in, who holds the brokerage session, and whether anybody answers. */
function broker(timer: { now(): number }, needsPerson: boolean) {
  const world = {
    isUp: true,
    outer: true,
    brokerage: false,
    competing: false,
    lastTickle: timer.now(),
    inits: 0,
    competes: 0,
    initsInFlight: 0,
    mostInits: 0,
    steps: [] as Step[],
    states: [] as WebSessionState[],
    isMaintenance: false,
  };
  const auth = (): Told => ({
    at: 'auth',
    auth: {
      authenticated: world.brokerage,
      connected: world.outer,
      competing: world.competing,
      established: world.brokerage,
      text: '',
    },
  });
  const ask = (answer: () => Told): Promise<Told> =>
    Promise.resolve().then(() => {
      if (!world.isUp) return { at: 'unreachable', why: 'nobody answers' };
      return world.outer ? answer() : { at: 'unauthorised' };
    });
  const hands: Hands = {
    needsPerson,
    isMaintenance: () => world.isMaintenance,
    tell: (state) => world.states.push(state),
    signIn: () => {
      if (!needsPerson && world.isUp) world.outer = true;
      return ask(() => ({ at: 'done' }));
    },
    tickle: () => {
      world.lastTickle = timer.now();
      return ask(auth);
    },
    async run(step, compete) {
      world.steps.push(step);
      if (step !== 'init') return ask(() => (world.brokerage ? { at: 'done' } : { at: 'failed', why: 'no bridge' }));
      world.inits += 1;
      if (compete) world.competes += 1;
      world.initsInFlight += 1;
      world.mostInits = Math.max(world.mostInits, world.initsInFlight);
      const told = await ask(() => {
        if (world.competing && compete) world.competing = false;
        world.brokerage = !world.competing;
        return auth();
      });
      world.initsInFlight -= 1;
      return told;
    },
  };
  return { world, hands };
}

const started = (options: { needsPerson?: boolean; compete?: boolean } = {}) => {
  const timer = handTimer();
  const { world, hands } = broker(timer, options.needsPerson ?? false);
  return { timer, world, session: createSession(timer, hands, options) };
};

describe('a session', () => {
  it('opens step by step, and is ready after the last', async () => {
    const { timer, world, session } = started();
    await timer.advance(5_000);
    expect(world.steps).toEqual([...STEPS]);
    expect(session.state).toEqual({ at: 'ready' });
    session.close();
    expect(timer.waiting).toBe(0);
  });

  it('tickles every minute, and believes what it says and not its 200', async () => {
    const { timer, world, session } = started();
    await timer.advance(2 * MINUTE + 10_000);
    expect(timer.now() - world.lastTickle).toBeLessThanOrEqual(MINUTE);
    world.brokerage = false; // the outer session lives on
    await timer.advance(MINUTE + 1_000);
    expect(world.states.map(({ at }) => at)).toContain('lost');
    await timer.advance(10_000);
    expect(session.state).toEqual({ at: 'ready' });
    expect(world.steps).toEqual([...STEPS, ...STEPS]); // suppressed questions and streams too
    session.close();
  });

  it('tells of another login, and does not fight it', async () => {
    const { timer, world, session } = started({ compete: true });
    await timer.advance(5_000);
    expect(world.competes).toBe(1);
    world.competing = true;
    world.brokerage = false;
    await timer.advance(2 * MINUTE);
    expect(session.state).toEqual({ at: 'competing', isFinal: false });
    await timer.advance(30 * MINUTE);
    expect([session.state.at, world.competes, world.inits]).toEqual(['competing', 1, 1]);
    world.competing = false; // it has gone
    world.brokerage = true;
    await timer.advance(2 * MINUTE);
    expect(session.state).toEqual({ at: 'ready' });
    world.competing = true;
    world.brokerage = false;
    await timer.advance(2 * MINUTE);
    expect(session.state).toEqual({ at: 'competing', isFinal: true });
    world.competing = false;
    world.brokerage = true;
    await timer.advance(10 * MINUTE);
    expect(session.state).toEqual({ at: 'competing', isFinal: true });
    session.reopen();
    await timer.advance(10_000);
    expect([session.state.at, world.competes]).toEqual(['ready', 1]);
    session.close();
  });

  it('waits for a person where only a person can sign in', async () => {
    const { timer, world, session } = started({ needsPerson: true });
    world.outer = false;
    await timer.advance(5 * MINUTE);
    expect(session.state).toEqual({ at: 'signedOut', needsPerson: true, why: '401' });
    world.outer = true;
    await timer.advance(30_000);
    expect(session.state).toEqual({ at: 'ready' });
    session.close();
  });

  it('renews a token before its end, once, and opens anew', async () => {
    const timer = handTimer();
    const { world, hands } = broker(timer, false);
    let expiresAt = timer.now() + HOUR;
    let signIns = 0;
    const session = createSession(timer, {
      ...hands,
      expiresAt: () => expiresAt,
      signIn() {
        signIns += 1;
        if (signIns === 2) expiresAt = timer.now() + DAY;
        return hands.signIn();
      },
    });
    await timer.advance(57 * MINUTE);
    expect([session.state.at, signIns]).toEqual(['ready', 1]);
    await timer.advance(2 * MINUTE);
    expect([session.state.at, signIns]).toEqual(['ready', 2]);
    expect(world.states).toContainEqual({ at: 'signedOut', needsPerson: false, why: 'the token ends' });
    await timer.advance(5 * HOUR);
    expect(signIns).toBe(2);
    session.close();
  });

  it('an init that is answered with authenticated: false has failed', async () => {
    const timer = handTimer();
    const { world, hands } = broker(timer, false);
    const refused: Told = {
      at: 'auth',
      auth: {
        authenticated: false,
        connected: true,
        competing: false,
        established: false,
        text: 'Force compete capability must be used',
      },
    };
    const session = createSession(timer, {
      ...hands,
      run: (step, compete) => (step === 'init' ? Promise.resolve(refused) : hands.run(step, compete)),
    });
    await timer.advance(3_000);
    expect(world.states).toContainEqual({ at: 'lost', why: 'Force compete capability must be used' });
    expect(world.steps).toEqual([]);
    session.close();
  });

  it('a week: midnight resets, restarts, other logins, maintenance', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            after: fc.integer({ min: 1, max: 20 * 60 }),
            what: fc.constantFrom('reset', 'brokerage', 'down', 'compete', 'out'),
          }),
          {
            minLength: 4,
            maxLength: 14,
          },
        ),
        async (happenings) => {
          const { timer, world, session } = started();
          let now = 0;
          const pass = async (ms: number): Promise<void> => {
            // Idle for six minutes and the session ends: tickles must come.
            for (let left = ms; left > 0; left -= MINUTE) {
              await timer.advance(Math.min(left, MINUTE));
              now += MINUTE;
              if (world.isUp && world.outer && timer.now() - world.lastTickle > 6 * MINUTE) throw new Error('it idled out');
              if (
                session.state.at === 'ready' &&
                world.isUp &&
                world.outer &&
                !world.brokerage &&
                timer.now() - world.lastTickle < 1_000
              )
                throw new Error('ready, though tickle said otherwise');
              const isSaturdayNight = now % (7 * DAY) > 5.75 * DAY && now % (7 * DAY) < 5.9 * DAY;
              if (isSaturdayNight !== world.isMaintenance) {
                world.isMaintenance = isSaturdayNight;
                world.isUp = !isSaturdayNight;
                if (isSaturdayNight) world.brokerage = false;
              }
              if (now % DAY < MINUTE) {
                world.brokerage = false; // midnight
                world.outer = false;
              }
            }
          };
          for (const { after, what } of happenings) {
            await pass(after * MINUTE);
            if (what === 'reset' || what === 'out') world.outer = false;
            if (what === 'reset' || what === 'brokerage' || what === 'out') world.brokerage = false;
            if (what === 'compete') {
              world.competing = true;
              world.brokerage = false;
              await pass(10 * MINUTE);
              world.competing = false;
              if (session.state.at === 'competing' && session.state.isFinal) session.reopen();
            }
            if (what === 'down') {
              world.isUp = false;
              world.brokerage = false;
              await pass(7 * MINUTE);
              world.isUp = !world.isMaintenance;
            }
          }
          world.isUp = true;
          world.isMaintenance = false;
          await timer.advance(5 * MINUTE);
          if (session.state.at === 'competing') {
            session.reopen();
            await timer.advance(MINUTE);
          }
          expect(session.state).toEqual({ at: 'ready' });
          expect(world.mostInits).toBe(1);
          expect(world.competes).toBe(0);
          // After each init that came to something: accounts, suppress, resubscribe, reconcile, in this order.
          const text = world.steps.join(' ');
          for (const part of text.split('init').slice(1)) expect(STEPS.slice(1).join(' ').startsWith(part.trim())).toBe(true);
          expect(text.endsWith(STEPS.join(' '))).toBe(true);
          session.close();
          expect(timer.waiting).toBe(0);
        },
      ),
      { numRuns: 12, seed: 20_260_901 },
    );
  });
});
