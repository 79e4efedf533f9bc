import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cases, gatedOf, ratios } from '../../bench/cases.js';
import { type History, medianOf, type Run, spreadOf } from '../../bench/summary.js';
import { performancePage } from '../../scripts/performance-page.js';

const history = JSON.parse(readFileSync('bench/history.json', 'utf8')) as History;
const page = readFileSync('docs/performance.md', 'utf8');

describe('docs/performance.md', () => {
  it('says what bench/history.json says', () => {
    expect(performancePage(page, history)).toBe(page);
  });

  it('changes with the history, and keeps what stands around its tables', () => {
    const [first] = ratios;
    const run: Run = {
      date: '2030-01-01',
      commit: 'abcdef0',
      node: 'v20',
      machine: 'one',
      isQuick: true,
      cases: {
        raw: { ns: 12.34, spread: 0.1, latency: [1, 2, 3], longestPause: 4 },
        quotesMemory: { ns: 1, spread: 0, allocated: 100.5 },
        quotesKept: { ns: 1, spread: 0, kept: [10_000_000, 10_400_000] },
      },
      ratios: { [first?.name ?? '']: { median: 2.25, spread: 0.04 } },
    };
    const changed = performancePage(page, [...history, run]);
    expect(changed).toContain('| 2.25 (± 4 %) | ≤ 2.5 | met |');
    expect(changed).toContain(
      '| raw | 12.3 | 10 % | chunk to listener 1, 2, 3 µs (half, 99 %, 99.9 %); longest collection 4.0 ms |',
    );
    expect(changed).toContain('| bytes allocated per tick of a quote | 100.50 | ≤ 100 | missed |');
    expect(changed).toContain('ticks of 1,000 quotes / after 4 million | 1.04 | ≤ 1.05 | met |');
    expect(changed).toContain('2030-01-01 abcdef0');
    expect(changed.endsWith(page.slice(page.indexOf('<!-- end -->')))).toBe(true);
    expect(performancePage(changed, history)).toBe(page);
  });
});

describe('the bench', () => {
  it('gates on ratios that are looser than what is asked', () => {
    for (const { name, asks, gate } of ratios) {
      if (typeof gate !== 'number') continue;
      if ('most' in asks) expect(gate, name).toBeGreaterThan(asks.most);
      else expect(gate, name).toBeLessThan(asks.least);
    }
  });

  it('gates beside a peer hold for every whole run, and not for one that takes three times as long', () => {
    const beside = ratios.filter(({ gate }) => typeof gate !== 'number').map(gatedOf);
    expect(beside.map(({ of }) => of)).toEqual(['raw', 'quotes', 'quotesProtobuf', 'columns']);
    for (const { of, per, asks } of beside) {
      const least = 'least' in asks ? asks.least : Number.NaN;
      const faster = history.flatMap(({ isQuick, cases: { [of]: our, [per]: peer } }) =>
        isQuick || our === undefined || peer === undefined ? [] : [peer.ns / our.ns],
      );
      expect(faster.length, of).toBeGreaterThan(1);
      expect(Math.min(...faster), of).toBeGreaterThan(least);
      expect(Math.max(...faster) / 3, of).toBeLessThan(least);
    }
  });

  it('has recorded no ratio and no case that it does not know', () => {
    const names: ReadonlySet<string> = new Set(ratios.map(({ name }) => name));
    for (const run of history) {
      for (const name of Object.keys(run.ratios)) expect(names.has(name), name).toBe(true);
      for (const name of Object.keys(run.cases)) expect(Object.keys(cases)).toContain(name);
    }
  });

  it('takes the median and half the distance of the quarters', () => {
    expect(medianOf([5, 1, 3])).toBe(3);
    expect(spreadOf([1, 2, 3, 4, 5])).toBeCloseTo(1 / 3);
  });
});
