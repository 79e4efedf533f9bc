import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Example, faultsOf, type Meaning, readExample } from '../src/conformance.js';

const folder = new URL('../fixtures/examples/', import.meta.url);
const examples = readdirSync(folder)
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example);

type Change = 'text' | 'number' | 'null' | 'missing' | 'extra' | 'empty';
const CHANGES: readonly Change[] = ['text', 'number', 'null', 'missing', 'extra', 'empty'];

/** A body with something changed that the broker changes too: at the n-th place where it can be. */
function changed(body: unknown, change: Change, place: number): unknown {
  let left = place;
  const now = (): boolean => {
    left -= 1;
    return left === -1;
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return change === 'empty' && now() ? [] : value.map(walk);
    if (typeof value === 'number') return change === 'text' && now() ? String(value) : value;
    if (typeof value === 'string' && /^\d{1,12}(\.\d{1,4})?$/.test(value))
      return change === 'number' && now() ? Number(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      if (change === 'null' && now()) return [[name, null]];
      if (change === 'missing' && now()) return [];
      return [[name, walk(one)]];
    });
    if (change === 'extra' && now()) entries.push(['neverSeenBefore', { a: [1, null] }]);
    return Object.fromEntries(entries);
  };
  return walk(body);
}
const withBody = (example: Example, body: unknown): Example => ({ ...example, response: { ...example.response, body } });

/** Every number in a meaning. */
const numbersOf = (meaning: Meaning): ReadonlySet<string> =>
  new Set([...JSON.stringify(meaning).matchAll(/"(-?\d+(?:\.\d+)?)"/g)].map(([, text]) => text ?? ''));

describe('neighbours of the examples', () => {
  it('are read as what they are: nothing throws, numbers as text mean the same, and what is missing is no 0', () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.constantFrom(...CHANGES), fc.nat(60), (example, change, place) => {
        const before = readExample(example);
        const after = readExample(withBody(example, changed(example.response.body, change, place)));
        expect(after.endpoint).toBe(before.endpoint);
        if (change === 'text' || change === 'number' || change === 'extra') {
          expect(after.meaning).toEqual(before.meaning);
          expect(faultsOf(after)).toEqual(faultsOf(before));
        }
        // Whatever is taken away, no number appears that was not there.
        if (change === 'null' || change === 'missing') {
          const known = numbersOf(before.meaning);
          for (const number of numbersOf(after.meaning)) expect([...known]).toContain(number);
        }
      }),
      { numRuns: 3_000, seed: 17 },
    );
  });

  it.each(examples.map((one) => [one.name, one] as const))(
    '%s under other statuses is refused and not read',
    (_name, example) => {
      for (const status of [400, 401, 429, 500, 503]) {
        const { verdict, meaning } = readExample({ ...example, response: { status, body: example.response.body } });
        expect(verdict).toMatchObject({ at: 'refused', status });
        expect(['refused', 'order']).toContain(meaning.of);
        if (meaning.of === 'order') expect(['rejected', 'unknown']).toContain(meaning.answer.at);
      }
    },
  );

  it('HTML, text and nothing where JSON belongs are no answers that trade', () => {
    const orders = examples.filter(({ request }) => request.path.endsWith('/orders') && request.method === 'POST');
    expect(orders.length).toBeGreaterThan(2);
    for (const example of orders)
      for (const body of ['', '<html><body>Gateway</body></html>', 'upstream connect error', '{"half":', 'null', '[]', '{}'])
        expect(readExample(withBody(example, body)).meaning).toMatchObject({ of: 'order', answer: { at: 'unknown' } });
  });
});

describe('paths', () => {
  const read = (method: string, path: string, body: unknown = {}) =>
    readExample({ name: 'n', request: { method, path }, response: { status: 200, body } });

  it('are known with their prefix, a slash behind, another method, or a broken escape', () => {
    expect(read('GET', '/v1/api/portfolio/accounts/', []).endpoint).toBe('GET /portfolio/accounts');
    expect(read('get', '/iserver/auth/status', { authenticated: true }).endpoint).toBe('POST /iserver/auth/status');
    expect(read('GET', '/logout', { status: true }).endpoint).toBe('POST /logout');
    expect(read('GET', '/portfolio/%E0%A4%A/ledger').endpoint).toBe('GET /portfolio/{accountId}/ledger');
    expect(faultsOf(read('GET', '/market/candle'))).toEqual(['no row of the table has this path']);
  });
});

describe('frames of the stream', () => {
  const frame = (body: unknown) =>
    readExample({ name: 'f', request: { method: 'WS', path: '/ws' }, response: { status: 101, body } });

  it.each([
    [
      { topic: 'sts', args: { authenticated: false } },
      { topic: 'sts', reading: 'unknown' },
    ],
    [
      { topic: 'sts', args: { authenticated: true } },
      { topic: 'sts', reading: 'ready' },
    ],
    [{ topic: 'system', hb: 1 }, { topic: 'system' }],
    [{ topic: 'smd+265598', conid: 265598, 31: 'C188.36' }, { topic: 'smd+265598' }],
    [
      { topic: 'sor', args: [{ orderId: 5, status: 'Filled' }, null] },
      { topic: 'sor', orders: [{ orderId: '5', status: 'Filled' }] },
    ],
    [
      { topic: 'str', args: [{ execution_id: 'a.1', side: 'S', size: 1 }] },
      { topic: 'str', fills: [{ execId: 'a.1', side: 'SLD' }] },
    ],
  ])('%j', (body, meaning) => {
    expect(frame(body).meaning).toMatchObject({ of: 'frame', ...meaning });
    expect(faultsOf(frame(body))).toEqual([]);
  });

  it('that nobody knows are said to be so', () =>
    expect(faultsOf(frame({ what: 1 }))).toEqual(['the frame has no topic that anybody knows']));
});

describe('the runner', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', new URL('../scripts/conformance.ts', import.meta.url).pathname, ...args], {
      encoding: 'utf8',
      cwd: new URL('../../..', import.meta.url).pathname,
    });

  it('reads files never seen before, keeps every digit, and fails for what is no example', () => {
    const home = mkdtempSync(join(tmpdir(), 'ibwire-web-'));
    const file = (name: string, text: string): string => {
      const path = join(home, name);
      writeFileSync(path, text);
      return path;
    };
    const place = (body: string) =>
      `{"name":"n","request":{"method":"POST","path":"/iserver/account/DU9000001/orders"},"response":{"status":200,"headers":{},"body":${body}}}`;
    const good = file('good.json', place('[{"order_id":12345678901234567890,"order_status":"Submitted"}]'));
    const result = run(
      '--json',
      good,
      file('odd.json', place('{"what":1}')),
      file('none.json', '{"name":"x"}'),
      join(home, 'not-there.json'),
    );
    const lines = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ faults: [], meaning: { answer: { legs: [{ orderId: '12345678901234567890' }] } } });
    expect(lines.slice(1).map(({ faults }) => faults[0])).toEqual([
      'the answer names no order, no question and no error',
      'request: method and path are texts',
      expect.stringMatching(/ENOENT/),
    ]);
    expect([result.status, result.stderr.trim()]).toEqual([1, '1 of 4 examples read']);
    expect(run('--jsom').status).toBe(2);
  }, 30_000);
});
