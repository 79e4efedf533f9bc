// One writer, one leader: who has been replaced writes nothing, and who slept past its lease does not hold it.

import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNats, type NatsServer, startNats } from '../../../test/helpers/nats.js';
import { type Lease, watchLease } from '../src/log/lease.js';
import { openLog, ReplacedError, UnkeptError } from '../src/log/log.js';
import { subjectsOf } from '../src/subjects.js';
import { until } from './stage.js';

const after = (ms: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

describe.runIf(hasNats)('fences', () => {
  let nats: NatsServer;
  const open: NatsConnection[] = [];
  const connection = async (): Promise<NatsConnection> => {
    const made = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    open.push(made);
    return made;
  };
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(async () => {
    for (const one of open) await one.close();
    await nats?.close();
  });

  it('the log takes no line of a writer that has been replaced, nor of one that never claimed it', async () => {
    const subjects = subjectsOf('log');
    const subject = subjects.log('DU9000001');
    const [one, two] = [await openLog(await connection(), subjects, after), await openLog(await connection(), subjects, after)];
    await expect(one.append(subject, 'before')).rejects.toThrow(ReplacedError);
    await one.claim('one leads');
    await one.append(subject, 'first');
    await two.claim('two leads');
    await expect(one.append(subject, 'late')).rejects.toThrow(ReplacedError);
    await two.append(subject, 'second');
    await expect(one.append(subject, 'later')).rejects.toThrow(ReplacedError);
    const lines: unknown[] = [];
    for await (const { line } of two.read({ seq: 1 })) lines.push(line);
    expect(lines).toEqual(['one leads', 'first', 'two leads', 'second']);
  });

  it('a line that something waits for is refused when its time is over, and those behind it are kept in their order', async () => {
    const subjects = subjectsOf('away');
    const subject = subjects.log('DU9000001');
    const log = await openLog(await connection(), subjects, after);
    await log.claim('leads');
    await nats.kill();
    const [kept, hurried] = [log.append(subject, 'kept'), log.append(subject, 'hurried', 300)];
    await expect(hurried).rejects.toThrow(UnkeptError);
    await nats.restart();
    await kept;
    await log.append(subject, 'last');
    const lines: unknown[] = [];
    for await (const { line } of log.read({ seq: 1 })) lines.push(line);
    expect(lines).toEqual(['leads', 'kept', 'last']);
  });

  it('a leader that sleeps past its lease does not hold it; another takes it under a higher number, and the first is told', async () => {
    /** One desk, whose clock and whose turns go on only while it is awake. */
    const desk = async (name: string) => {
      const told: string[] = [];
      let asleep = 0;
      const waiting: (() => void)[] = [];
      const lease: Lease = await watchLease({
        ...{ connection: await connection(), bucket: 'ibwire-lease', desk: name },
        after: (ms, work) => after(ms, () => (asleep > 0 ? void waiting.push(work) : work())),
        steady: () => performance.now(),
        taken: async () => void told.push('leads'),
        lost: async () => void told.push('lost'),
        trouble: () => {},
      });
      return {
        ...{ lease, told },
        sleep: () => asleep++,
        wake() {
          asleep = 0;
          for (const work of waiting.splice(0)) work();
        },
      };
    };
    const one = await desk('one');
    await until('one leads', () => one.lease.isHeld);
    const two = await desk('two');
    one.sleep();
    await until('its lease is over', () => !one.lease.isHeld);
    expect(two.told).toEqual([]); // never both
    await until('two leads', () => two.lease.isHeld);
    expect(one.lease.isHeld).toBe(false);
    expect(two.lease.fence).toBeGreaterThan(one.lease.fence);
    one.wake();
    await until('one is told', () => one.told.includes('lost'));
    expect([one.told, two.told]).toEqual([['leads', 'lost'], ['leads']]);
    await two.lease.release();
    await until('one leads again, at once', () => one.lease.isHeld, 2_000);
    expect(one.lease.fence).toBeGreaterThan(two.lease.fence);
    await one.lease.release();
  });
});
