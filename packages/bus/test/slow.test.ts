// A consumer that stands still while the others go on: it loses ticks and is told so, it loses no order event, and nobody waits
// for it.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasNats } from '../../../test/helpers/nats.js';
import { ACCOUNT, stage } from './stage.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Heard {
  readonly ticks: number;
  readonly gaps: number;
  readonly missed: number;
  readonly events: readonly number[];
  readonly eventGaps: number;
  readonly state: string;
}

interface Counter {
  readonly child: ChildProcess;
  ask(): Promise<Heard>;
}

async function counter(url: string): Promise<Counter> {
  const program = fileURLToPath(new URL('consumer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, ACCOUNT, 'AAPL', 'MSFT'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    child,
    async ask() {
      child.stdin?.write('\n');
      return JSON.parse((await lines.next()).value as string) as Heard;
    },
  };
}

describe.runIf(hasNats)('a slow consumer', () => {
  it('loses ticks, conflated and told, and no order event; the others lose nothing', { timeout: 120_000 }, async () => {
    await using on = await stage({ nats: 'max_pending: 2MB\nwrite_deadline: "500ms"' });
    const [slow, quick] = [await counter(on.nats.url), await counter(on.nats.url)];
    try {
      on.tell(ACCOUNT, { is: 'test', number: 1 });
      let sent = 1;
      const text = 'x'.repeat(50_000);
      slow.child.kill('SIGSTOP');
      // More than the server and both sockets hold for one that does not read.
      while (sent < 400) {
        for (let burst = 0; burst < 10; burst++) on.tell(ACCOUNT, { is: 'test', number: ++sent, text });
        await on.served.connection.flush();
      }
      const limit = performance.now() + 60_000;
      let other = await quick.ask();
      while (performance.now() < limit && other.events.length < sent) other = await quick.ask();
      expect(other).toMatchObject({ gaps: 0, eventGaps: 0 });
      slow.child.kill('SIGCONT');
      const all = Array.from({ length: sent }, (_, at) => at + 1);
      let heard = await slow.ask();
      const end = performance.now() + 60_000;
      while (performance.now() < end && !(heard.events.length >= sent && heard.gaps >= 2 && heard.state === 'live'))
        heard = await slow.ask();
      expect(heard.events).toEqual(all);
      expect(heard).toMatchObject({ eventGaps: 0, gaps: 2, state: 'live' });
      expect(heard.missed).toBeGreaterThan(0);
      expect((await quick.ask()).events).toEqual(all);
    } finally {
      slow.child.kill('SIGCONT');
      slow.child.kill('SIGKILL');
      quick.child.kill('SIGKILL');
    }
  });
});
