// Killed in the middle of orders, again and again: each key has one order at the gateway or none, and the desk says which.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { simulate } from 'ibwire/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCluster, stores } from './postgres.js';
import { buildDesk, chance, type DeskProgram, ended, type RunningDesk } from './program.js';
import { type Ask, asker, type Body, buy, type Told } from './stage.js';

let program: DeskProgram;
beforeAll(async () => {
  program = await buildDesk();
});
afterAll(() => program.remove());
const ORDERS = 300;
const KILLS = 8;

const start = (db: string, folder: string, port: number): Promise<RunningDesk> =>
  program.start(['--db', db, '--gateway', `127.0.0.1:${port}`], folder);

/** On a quick machine the questions come faster than the desk takes them of one token: it says when to come back. */
async function patient(ask: Ask, path: string): Promise<Told<Body>> {
  for (;;) {
    const told = await ask<Body>('GET', path);
    if (told.status !== 429) return told;
    await setTimeout(Number(told.headers.get('retry-after')) * 1000);
  }
}

it.concurrent.each(stores)('SIGKILL at random instants of 300 orders by key, on %s', { timeout: 400_000 }, async (store) => {
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-killed-'));
  const cluster = store === 'postgres' ? startCluster() : undefined;
  const db = cluster?.database('desk') ?? join(folder, 'desk.db');
  await using gateway = await simulate({ orders: {} });
  const random = chance(20_261_128);
  let desk = await start(db, folder, gateway.port);
  try {
    const limits = { sendAtOnce: { simulated: true, paper: true }, ordersPerMinute: 600 };
    await asker(desk.url, desk.token)('POST', '/v1/control/setLimits', limits);
    const killAfter = new Set(Array.from({ length: KILLS }, (_, i) => Math.floor(((i + random()) * ORDERS) / KILLS)));
    let restarting: Promise<void> | undefined;
    const restart = (): Promise<void> => {
      restarting ??= (async () => {
        const gone = ended(desk.child);
        desk.child.kill('SIGKILL');
        await gone;
        desk = await start(db, folder, gateway.port);
        restarting = undefined;
      })();
      return restarting;
    };
    const states = new Map<string, string>();
    const odd: string[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let i = next++; i < ORDERS; i = next++) {
        const key = `key-${i}`;
        const body = buy('AAPL', String(1 + (i % 900)));
        for (;;) {
          await restarting;
          const { url, token } = desk;
          try {
            const asked = asker(url, token)('POST', '/v1/orders/draft', body, { 'idempotency-key': key });
            // Somewhere inside the few milliseconds that an order takes.
            if (killAfter.delete(i)) {
              for (let turns = Math.floor(random() * 60); turns > 0; turns--)
                await new Promise((resolve) => setImmediate(resolve));
              restart().catch(() => {});
            }
            const told = await asked;
            const draft = told.body.draft ?? told.body;
            if (draft.id !== undefined) {
              states.set(key, draft.id);
              break;
            }
            // Busy, or not ready yet: the same key again.
            if (told.status < 500 && told.status !== 409 && told.status !== 429)
              odd.push(`${key}: ${told.status} ${JSON.stringify(told.body)}`);
          } catch {
            // The desk was killed: the same key again.
          }
          if (odd.length > 0) return;
        }
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    expect(odd).toEqual([]);
    await restart();
    const ask = asker(desk.url, desk.token);
    const placed = new Map<string, number>();
    for (const { message } of gateway.received) {
      if (message.kind !== 'placeOrder' || message.order?.whatIf === true) continue;
      const ref = message.order?.orderRef ?? '';
      placed.set(ref, (placed.get(ref) ?? 0) + 1);
    }
    const found = new Map<string, number>();
    for (const [key, id] of states) {
      const { status, body } = await patient(ask, `/v1/journal/explain?id=${id}`);
      expect(status, `${key} ${JSON.stringify(body)}`).toBe(200);
      const atGateway = placed.get(`desk:${id}`) ?? 0;
      found.set(body.draft.state, (found.get(body.draft.state) ?? 0) + 1);
      expect(atGateway, key).toBeLessThanOrEqual(1);
      // It says which: refused is none, everything else is one.
      expect(body.draft.state === 'refused' ? 0 : 1, `${key} ${body.story}`).toBe(atGateway);
      expect(body.draft.state, body.story).not.toBe('approved');
      expect(body.entries.length, body.story).toBeGreaterThan(1);
    }
    expect(states.size).toBe(ORDERS);
    expect(new Set(states.values()).size).toBe(ORDERS);
    // Nothing stands at the gateway that no key asked for.
    const known = new Set([...states.values()].map((id) => `desk:${id}`));
    expect([...placed.keys()].filter((ref) => !known.has(ref))).toEqual([]);
    expect(killAfter.size).toBe(0);
  } finally {
    desk.child.kill('SIGKILL');
    cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
