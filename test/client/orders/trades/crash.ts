// Kills a program in the middle of placing orders, and explains every order id afterwards.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../../src/client/connect.js';
import type { ExplainedId } from '../../../../src/client/orders/journal/explain-ids.js';
import { readJournalFiles } from '../../../../src/client/orders/journal/file-sink.js';
import { storiesOf } from '../../../../src/client/orders/journal/stories.js';
import { type SimulatedGateway, simulate } from '../../../../src/gateway/simulate.js';
import { until } from './desk.js';

export interface Crash {
  /** Attempts that were journalled as passed. */
  readonly attempted: number;
  /** Orders the gateway has of this client. */
  readonly arrived: number;
  readonly explained: readonly ExplainedId[];
  /** Ids the gateway has, with the state it gives them. */
  readonly gateway: ReadonlyMap<number, string>;
  readonly isTorn: boolean;
}

/** One run: `orders` are to be placed, the process is killed `afterMs` after it was ready. */
export async function crash(seed: number, orders: number, afterMs: number): Promise<Crash> {
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-crash-'));
  const path = join(folder, 'orders.ndjson');
  const gateway = await simulate({ seed, pacing: 'off' });
  try {
    await killed(gateway, path, orders, afterMs);
    await until(
      () => gateway.clients.every(({ clientId }) => clientId !== 5),
      'the end of its connection, behind all that it wrote',
    );
    const { entries, torn } = readJournalFiles(path);
    const ib = await connect({ port: gateway.port, clientId: 5, limits: 'none', reconnect: false });
    try {
      const stories = storiesOf(entries);
      const explained = await ib.orders.book.explain(stories.values());
      const mine = gateway.orders.filter(({ clientId }) => clientId === 5);
      return {
        attempted: entries.filter((entry) => entry.event === 'attempt' && entry.passed).length,
        arrived: mine.length,
        explained,
        gateway: new Map(mine.map(({ orderId, status }) => [orderId, status])),
        isTorn: torn !== undefined,
      };
    } finally {
      ib.close();
    }
  } finally {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function killed(gateway: SimulatedGateway, path: string, orders: number, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/client/orders/trades/crash-child.ts', String(gateway.port), path, String(orders), 'AAPL'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    const guard = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(guard);
      if (code !== null && code !== 0) reject(new Error(`the child failed: ${said}`));
      else resolve();
    });
  });
}
