import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Big from 'big.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteSink } from '../../../../examples/sqlite-journal.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { pegBest } from '../../../../src/client/orders/builders/pegged.js';
import type { JournalInput } from '../../../../src/client/orders/journal/entry.js';
import { fileSink, journalFiles, readJournalFiles } from '../../../../src/client/orders/journal/file-sink.js';
import { createJournal, JournalError, memorySink } from '../../../../src/client/orders/journal/journal.js';
import { readJournal } from '../../../../src/client/orders/journal/read.js';
import { storiesOf } from '../../../../src/client/orders/journal/stories.js';
import { say } from '../../../../src/rules/guards/guard.js';

const NOW = Date.UTC(2026, 10, 20, 5, 0, 0, 123);
const account = 'DU9000001';
const attempt = (orderId: number, passed = true): JournalInput => ({
  event: 'attempt',
  account,
  clientId: 1,
  orderId,
  action: 'place',
  passed,
  findings: passed ? [] : [say('READ-ONLY')],
  order: limit('BUY', '1.50', '187.50', { orderRef: 'ä\u2028"' }),
  contract: { symbol: 'line\nfeed' },
});

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-journal-'));
  path = join(folder, 'orders.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (...inputs: readonly JournalInput[]): void => {
  const journal = createJournal(fileSink({ path }), () => NOW);
  for (const input of inputs) journal.record(input);
  journal.close();
};

describe('journal', () => {
  it('writes one line per entry with number, time and account', () => {
    const sink = memorySink();
    createJournal(sink, () => NOW).record({
      event: 'status',
      account,
      orderId: 7,
      clientId: 1,
      permId: '1811112222',
      status: 'Filled',
    });
    expect(sink.lines).toStrictEqual([
      '{"seq":1,"time":"2026-11-20T05:00:00.123Z","event":"status","account":"DU9000001","orderId":7,"clientId":1,"permId":"1811112222","status":"Filled"}',
    ]);
  });

  it('is on file when record returns, and only for its owner', () => {
    const journal = createJournal(fileSink({ path, fsync: true }), () => NOW);
    journal.record(attempt(1));
    expect(readJournalFiles(path).entries).toHaveLength(1);
    expect(statSync(path).mode & 0o077).toBe(0);
    journal.close();
    expect(() => journal.record(attempt(2))).toThrowError(JournalError);
  });

  it('keeps exact decimals and infinities as text', () => {
    write({
      ...attempt(1),
      order: pegBest('BUY', 1, 1, { upToMid: { midOffsetAtWhole: 0.02, midOffsetAtHalf: 0.01 } }),
      contract: { fee: new Big('0.1'), permId: 10n },
    } as JournalInput);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('"competeAgainstBestOffset":"Infinity"');
    expect(text).toContain('"fee":"0.1","permId":"10"');
  });

  it('goes on counting where the file ends', () => {
    write(attempt(1), attempt(2));
    write(attempt(3));
    const { entries, gaps } = readJournalFiles(path);
    expect(entries.map((entry) => entry.seq)).toStrictEqual([1, 2, 3]);
    expect(gaps).toStrictEqual([]);
  });

  it('puts full files aside and reads them all in order', () => {
    const journal = createJournal(fileSink({ path, maxBytes: 1_000 }), () => NOW);
    for (let i = 1; i <= 20; i++) journal.record(attempt(i));
    journal.close();
    expect(journalFiles(path).length).toBeGreaterThan(3);
    for (const file of journalFiles(path)) expect(statSync(file).size).toBeLessThanOrEqual(1_000);
    const { entries, gaps, torn, damaged } = readJournalFiles(path);
    expect(entries.map((entry) => entry.orderId)).toStrictEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect({ gaps, torn, damaged }).toStrictEqual({ gaps: [], torn: undefined, damaged: [] });
    write(attempt(21));
    expect(readJournalFiles(path).entries.at(-1)?.seq).toBe(21);
  });

  it('does not mistake other files for its own', () => {
    write(attempt(1));
    writeFileSync(`${path}.bak`, 'x');
    writeFileSync(`${path}2`, 'x');
    expect(journalFiles(path)).toStrictEqual([path]);
  });

  it('leaves a torn line where it is, tells of it, and goes on behind it', () => {
    write(attempt(1), attempt(2));
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 40));
    write(attempt(3));
    const { entries, damaged, torn } = readJournalFiles(path);
    expect(entries.map((entry) => [entry.seq, entry.orderId])).toStrictEqual([
      [1, 1],
      [2, 3],
    ]);
    expect(damaged).toMatchObject([{ offset: whole.indexOf(10) + 1 }]);
    expect(torn).toBeUndefined();
  });

  it('counts a line that lacks only its line feed', () => {
    write(attempt(1), attempt(2));
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 1));
    write(attempt(3));
    const { entries, damaged } = readJournalFiles(path);
    expect(entries.map((entry) => entry.seq)).toStrictEqual([1, 2, 3]);
    expect(damaged).toStrictEqual([]);
  });

  it('tells of damage inside, of missing numbers, and reads on', () => {
    write(attempt(1), attempt(2), attempt(3));
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], `${'\u0000'.repeat(8)}`, '{"seq":9}', lines[2], ''].join('\n'));
    const reading = readJournalFiles(path);
    expect(reading.entries.map((entry) => entry.seq)).toStrictEqual([1, 3]);
    expect(reading.damaged).toHaveLength(2);
    expect(reading.gaps).toStrictEqual([{ after: 1, next: 3 }]);
  });

  it('refuses to go on when the sink fails: nothing may leave', () => {
    const full = {
      lastSeq: 0,
      write: () => {
        throw new Error('ENOSPC');
      },
      close: () => undefined,
    };
    expect(() => createJournal(full, () => NOW).record(attempt(1))).toThrowError(
      expect.objectContaining({ code: 'JOURNAL', cause: expect.any(Error) }),
    );
  });

  it('uses the number again that a failed write did not keep', () => {
    const lines: string[] = [];
    let broken = true;
    const sink = {
      lastSeq: 4,
      close: () => undefined,
      write: (line: string) => {
        if (broken) throw new Error('x');
        lines.push(line);
      },
    };
    const journal = createJournal(sink, () => NOW);
    expect(() => journal.record(attempt(1))).toThrowError(JournalError);
    broken = false;
    expect(journal.record(attempt(1)).seq).toBe(5);
    expect(lines).toHaveLength(1);
  });

  describe('crash', () => {
    it('property: cut at every byte, the reader yields a prefix and says what was torn', () => {
      write(...Array.from({ length: 6 }, (_, i) => attempt(i + 1, i % 2 === 0)));
      const whole = readFileSync(path);
      const all = readJournal(whole).entries;
      for (let cut = 0; cut <= whole.length; cut++) {
        const { entries, torn, damaged, gaps } = readJournal(whole.subarray(0, cut));
        const lines = whole.subarray(0, cut).filter((byte) => byte === 10).length;
        expect(entries).toStrictEqual(all.slice(0, lines));
        const lastFeed = cut === 0 ? -1 : whole.lastIndexOf(10, cut - 1);
        expect(torn).toStrictEqual(lastFeed === cut - 1 ? undefined : { offset: lastFeed + 1, length: cut - lastFeed - 1 });
        expect(damaged.length + gaps.length).toBe(0);
      }
    });

    it('property: cut anywhere and reopened, nothing that was whole is lost and numbers never repeat', () => {
      write(...Array.from({ length: 4 }, (_, i) => attempt(i + 1)));
      const whole = readFileSync(path);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: whole.length }), (cut) => {
          writeFileSync(path, whole.subarray(0, cut));
          const before = readJournal(whole.subarray(0, cut)).entries;
          write(attempt(99));
          const { entries, torn, gaps } = readJournalFiles(path);
          expect(entries.slice(0, before.length)).toStrictEqual(before);
          expect(entries.at(-1)?.orderId).toBe(99);
          expect({ torn, gaps }).toStrictEqual({ torn: undefined, gaps: [] });
        }),
        { seed: 21, numRuns: 60 },
      );
    });

    it('property: any bytes are read without throwing', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          expect(readJournal(bytes).entries).toStrictEqual([]);
        }),
        { seed: 22 },
      );
    });
  });
});

describe('stories', () => {
  it('tell of each order how far it came', () => {
    const outcome = (event: 'sent' | 'failed' | 'status' | 'lost', orderId: number, more: object = {}): JournalInput => ({
      event,
      account,
      clientId: 1,
      orderId,
      ...more,
    });
    write(
      attempt(1, false),
      attempt(2),
      attempt(3),
      outcome('sent', 3),
      attempt(4),
      outcome('sent', 4),
      outcome('status', 4, { status: 'Submitted', permId: '11' }),
      { ...attempt(4, false), action: 'modify' } as JournalInput,
      outcome('status', 4, { status: 'Filled', permId: '12' }),
      attempt(5),
      outcome('failed', 5),
      attempt(6),
      outcome('sent', 6),
      outcome('lost', 6),
      { event: 'attempt', account, action: 'globalCancel', passed: true, findings: [] },
    );
    const stories = [...storiesOf(readJournalFiles(path).entries).values()];
    expect(stories.map(({ key, state, status, permIds }) => [key, state, status, permIds])).toStrictEqual([
      ['1:1', 'refused', undefined, []],
      ['1:2', 'unknown', undefined, []],
      ['1:3', 'sent', undefined, []],
      ['1:4', 'answered', 'Filled', ['11', '12']],
      ['1:5', 'failed', undefined, []],
      ['1:6', 'lost', undefined, []],
      ['#15', 'unknown', undefined, []],
    ]);
    expect(stories[3]?.attempts).toHaveLength(2);
    expect(stories[0]?.attempts[0]?.findings[0]?.code).toBe('READ-ONLY');
  });
});

describe('the SQLite example', () => {
  const hasSqlite = Number(process.versions.node.split('.')[0]) >= 24;
  // Skipped where the runtime has no node:sqlite without a flag.
  it.skipIf(!hasSqlite)('keeps lines and counts on', async () => {
    const file = join(folder, 'orders.db');
    const first = createJournal(await sqliteSink(file), () => NOW);
    first.record(attempt(1));
    first.close();
    const second = createJournal(await sqliteSink(file), () => NOW);
    expect(second.record(attempt(2)).seq).toBe(2);
    second.close();
  });
  it.skipIf(hasSqlite)('says what is missing on an older runtime', async () => {
    await expect(sqliteSink(join(folder, 'orders.db'))).rejects.toThrowError(/node:sqlite/);
    expect(readdirSync(folder)).toStrictEqual([]);
  });
});

it('a second writer does not tear the lines of the first', () => {
  const [a, b] = [fileSink({ path }), fileSink({ path })];
  const [first, second] = [createJournal(a, () => NOW), createJournal(b, () => NOW)];
  first.record(attempt(1));
  second.record(attempt(2));
  first.record(attempt(3));
  first.close();
  second.close();
  appendFileSync(path, '');
  const { entries, gaps, damaged } = readJournalFiles(path);
  expect(entries.map((entry) => entry.orderId)).toStrictEqual([1, 2, 3]);
  expect(damaged).toStrictEqual([]);
  expect(gaps).toStrictEqual([{ after: 1, next: 1 }]);
});
