// Two desks on one login: the leader killed or stopped, the server killed, at random instants of an order flow by key. Each key has
// one order at the gateway or none, whatever happened, and it is said which.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BusRefusal, connectBus, NoAnswerError, NobodyLeadsError, NotTakenError, OutcomeUnknownError } from '@ibwire/bus';
import { simulate } from 'ibwire/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNats, startNats } from '../../../../test/helpers/nats.js';
import { buildDesk, chance, type DeskProgram, ended, type RunningDesk } from '../program.js';
import { asker } from '../stage.js';

const ACCOUNT = 'DU9000001';
const ORDERS = 300;
const BLOWS = ['kill', 'stop', 'server', 'kill', 'stop', 'kill'] as const;
/** A stopped leader sleeps past its lease. */
const STOP_MS = 6_000;
const LONGEST_MS = 60_000;

/** Nobody leads just now, or who leads has no session yet: to be asked again. */
const isAway = (error: unknown): boolean =>
  [NotTakenError, NobodyLeadsError, NoAnswerError, OutcomeUnknownError].some((one) => error instanceof one) ||
  (error instanceof BusRefusal && /not-connected|closed|log|running|moved|input|connection|timeout/.test(error.code));

async function onceThere<T>(act: () => Promise<T>): Promise<T> {
  for (const began = performance.now(); ; await wait(100))
    try {
      return await act();
    } catch (error) {
      if (!isAway(error) || performance.now() - began > LONGEST_MS) throw error;
    }
}

let program: DeskProgram;
beforeAll(async () => {
  program = await buildDesk();
});
afterAll(() => program.remove());

describe.runIf(hasNats)('two desks for one login', () => {
  it('send each key once, and tell what became of it, whoever leads', { timeout: 400_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-failover-'));
    const nats = await startNats();
    await using gateway = await simulate({ orders: {} });
    const random = chance(20_261_129);
    const desks = new Map<string, RunningDesk>();
    const startDesk = async (name: string, clientId: number): Promise<void> => {
      const args = [
        '--db',
        join(folder, `${name}.db`),
        '--gateway',
        `127.0.0.1:${gateway.port}`,
        '--client-id',
        String(clientId),
      ];
      const desk = await program.start([...args, '--bus', nats.url, '--bus-as', name, '--bus-lease'], join(folder, name));
      desks.set(name, desk);
      const limits = { sendAtOnce: { simulated: true, paper: true }, ordersPerMinute: 600, collarPercent: '100' };
      await asker(desk.url, desk.token)('POST', '/v1/control/setLimits', limits);
    };
    const ids: Readonly<Record<string, number>> = { left: 11, right: 12 };
    try {
      await startDesk('left', 11);
      await startDesk('right', 12);
      const bus = await connectBus({ servers: nats.url, who: 'flow', timeout: 3_000 });
      let leader = '';
      const leaders: string[] = [];
      bus.session.on(({ state }) => {
        if (state.is !== 'leads') return;
        leader = String(state['desk']);
        leaders.push(leader);
      });
      // Whoever led when the test began to listen is found by its port.
      for (const [name, { url, token }] of desks)
        if ((await asker(url, token)('GET', '/v1/session/status')).status === 200) leader ||= name;
      const events = new Map<string, number>();
      const told = bus.orders.events(ACCOUNT);
      told.on((event) => {
        const draft = event['draft'] as { readonly id: string; readonly state: string } | undefined;
        if (draft?.state === 'working') events.set(draft.id, (events.get(draft.id) ?? 0) + 1);
      });
      const gaps: unknown[] = [];
      told.onGap((gap) => gaps.push(gap));
      const takeOvers: number[] = [];
      const blow = async (kind: (typeof BLOWS)[number]): Promise<void> => {
        if (kind === 'server') {
          await nats.kill();
          await wait(1_000);
          await nats.restart();
          return;
        }
        const name = leader;
        const desk = desks.get(name);
        if (desk === undefined) throw new Error('nobody leads');
        const [began, before] = [performance.now(), leaders.length];
        if (kind === 'kill') {
          const gone = ended(desk.child);
          desk.child.kill('SIGKILL');
          await gone;
        } else desk.child.kill('SIGSTOP');
        while (leaders.length === before && performance.now() - began < LONGEST_MS) await wait(10);
        takeOvers.push(performance.now() - began);
        if (kind === 'kill') await startDesk(name, ids[name] ?? 0);
        else {
          await wait(Math.max(0, STOP_MS - (performance.now() - began)));
          desk.child.kill('SIGCONT');
        }
      };
      const states = new Map<string, string>();
      const odd: string[] = [];
      const draftOf = async (key: string, quantity: number): Promise<string | undefined> => {
        const order = { action: 'BUY', orderType: 'LMT', totalQuantity: String(quantity), lmtPrice: '1' };
        try {
          return (await bus.orders.draft({ account: ACCOUNT, contract: { symbol: 'AAPL' }, order }, { account: ACCOUNT, key }))
            .id;
        } catch (error) {
          const refused =
            error instanceof BusRefusal ? (error.more as { readonly draft?: { readonly id: string } })?.draft : undefined;
          if (refused === undefined && !isAway(error)) odd.push(`${key}: ${String(error)}`);
          return refused?.id;
        }
      };
      const at = new Set(BLOWS.map((_, i) => Math.floor(((i + random()) * ORDERS) / BLOWS.length)));
      const left = [...BLOWS];
      let blowing: Promise<void> = Promise.resolve();
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let i = next++; i < ORDERS && odd.length === 0; i = next++) {
          if (at.delete(i)) {
            const kind = left.shift();
            // Somewhere inside the few milliseconds that an order takes.
            const turns = Math.floor(random() * 60);
            blowing = blowing.then(async () => {
              for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
              if (kind !== undefined) await blow(kind);
            });
          }
          for (let id: string | undefined; id === undefined && odd.length === 0; ) {
            id = await draftOf(`key-${i}`, 1 + (i % 900));
            if (id === undefined) await wait(100);
            else states.set(`key-${i}`, id);
          }
        }
      };
      await Promise.all(Array.from({ length: 4 }, worker));
      await blowing;
      expect(odd).toEqual([]);
      expect(states.size).toBe(ORDERS);
      expect(left).toEqual([]);
      const placed = new Map<string, number>();
      for (const { message } of gateway.received) {
        if (message.kind !== 'placeOrder' || message.order?.whatIf === true) continue;
        const ref = message.order?.orderRef ?? '';
        placed.set(ref, (placed.get(ref) ?? 0) + 1);
      }
      expect([...placed.values()].filter((count) => count > 1)).toEqual([]);
      const wrong: string[] = [];
      let unknown = 0;
      const { outcome, get } = bus.orders;
      const ask = { account: ACCOUNT, timeout: 15_000 };
      for (const [key, id] of states) {
        const told = await onceThere(() => outcome(key, ask));
        // What nobody could tell at the take-over is asked of the gateway again.
        const draft = told?.state === 'unknown' ? await onceThere(() => get(told.id, ask)) : told;
        const atGateway = placed.get(`desk:${draft?.id}`) ?? 0;
        // Of a draft that stays unknown nothing is claimed; of every other it is said which.
        const isTrue =
          draft?.state === 'unknown' ? atGateway <= 1 : draft !== undefined && (draft.state === 'refused' ? 0 : 1) === atGateway;
        if (draft?.state === 'unknown') unknown++;
        if (!isTrue) wrong.push(`${key} ${id} ${JSON.stringify(draft)} ${atGateway}`);
      }
      expect(wrong).toEqual([]);
      // At most the few that were on their way at a blow.
      expect(unknown).toBeLessThanOrEqual(4 * BLOWS.length);
      // Nothing stands at the gateway that no key asked for.
      const known = new Set([...states.values()].map((id) => `desk:${id}`));
      expect([...placed.keys()].filter((ref) => !known.has(ref))).toEqual([]);
      // How long each lasted: on a machine with nothing else to do below five seconds (docs/bus.md); here it has to end.
      console.log(`take-over ${takeOvers.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`);
      expect(Math.max(...takeOvers)).toBeLessThan(LONGEST_MS);
      // Every order that works was told of, or the hole was.
      const untold = [...placed.keys()].filter((ref) => !events.has(ref.slice('desk:'.length)));
      expect(untold.length === 0 || gaps.length > 0, `${untold.length} orders untold, ${gaps.length} gaps`).toBe(true);
      await bus.close();
    } finally {
      for (const { child } of desks.values()) {
        child.kill('SIGCONT');
        child.kill('SIGKILL');
      }
      await nats.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
