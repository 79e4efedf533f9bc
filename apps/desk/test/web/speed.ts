// The page under a stream of quotes, measured from outside: frames, main thread, heap, input, rows.

import { availableParallelism, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import type { Stage } from '../stage.js';
import { deskWith, type Screens } from './browser.js';

export interface SpeedOptions {
  readonly instruments: number;
  readonly seconds: number;
  /** How many seconds of the simulated market pass in one: prices move so much more often. */
  readonly pace: number;
  readonly onProgress?: (text: string) => void;
}

export interface SpeedFigures {
  readonly instruments: number;
  /** Of them, how many had a line. */
  readonly lines: number;
  readonly seconds: number;
  /** Ticks a second that the desk gathered for the page. */
  readonly updatesPerSecond: number;
  readonly framesPerSecond: number;
  /** Milliseconds between two frames. */
  readonly frame: { readonly median: number; readonly p95: number; readonly p99: number; readonly worst: number };
  /** Milliseconds of the main thread for each frame, and what of it was script, layout and style. */
  readonly thread: { readonly all: number; readonly script: number; readonly layout: number; readonly style: number };
  /** Megabytes after a collection. */
  readonly heap: { readonly before: number; readonly middle: number; readonly after: number };
  /** From a key to the next painted frame, milliseconds; several presses. */
  readonly input: { readonly count: number; readonly median: number; readonly worst: number };
  /** Most rows that were in the page at once. */
  readonly rows: number;
  /** Turns in which rows were changed. */
  readonly changes: number;
  readonly frames: number;
  readonly cores: number;
  /** Of the machine over one minute, before and at the end. */
  readonly load: readonly [before: number, after: number];
}

/** Instruments that move: what the tables name, futures, then options. */
function namesOf(at: Stage, count: number): readonly string[] {
  const world = at.desk.gateway?.world;
  if (world === undefined) throw new Error('no simulated gateway');
  const now = world.clock.now();
  const { universe } = world;
  const open = (conId: number): boolean => world.market.session(conId, now).kind !== 'closed';
  const all = [
    ...universe.statics,
    ...universe.futures(now),
    ...universe.chains.slice(0, 12).flatMap((chain) => universe.options(chain, now)),
  ];
  return all
    .map(({ conId }) => conId)
    .filter(open)
    .slice(0, count)
    .map((conId) => `#${conId}`);
}

/** Runs in the page: it counts frames, turns with changes, and how long keys take to be painted. */
const METERS = `
window.meters = { gaps: [], inputs: [], changes: 0, rows: 0 };
let before = performance.now();
const frame = (now) => {
  meters.gaps.push(now - before);
  before = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
const body = document.querySelector('.grid tbody');
new MutationObserver(() => {
  meters.changes++;
  meters.rows = Math.max(meters.rows, body.querySelectorAll('tr.opens').length);
}).observe(body, { subtree: true, childList: true, characterData: true });
addEventListener('keydown', ({ timeStamp }) => {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => meters.inputs.push(performance.now() - timeStamp);
    channel.port2.postMessage(0);
  });
}, true);
`;

interface Meters {
  readonly gaps: readonly number[];
  readonly inputs: readonly number[];
  readonly changes: number;
  readonly rows: number;
}

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

async function metrics(devtools: CDPSession): Promise<Readonly<Record<string, number>>> {
  const told = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(told.metrics.map(({ name, value }) => [name, value]));
}

async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return ((await metrics(devtools))['JSHeapUsedSize'] ?? 0) / 1e6;
}

async function updates(page: Page): Promise<number> {
  const text = await page.locator('.rate').textContent();
  return Number((text ?? '').replaceAll(/[^\d]/g, ''));
}

export async function measure(all: Screens, { instruments, seconds, pace, onProgress }: SpeedOptions): Promise<SpeedFigures> {
  const load = loadavg()[0] ?? 0;
  await using stage = await deskWith(all, { lines: instruments * 2, simulate: { pacing: 'off', speed: pace } });
  const { page } = await all.open(stage);
  const names = namesOf(stage, instruments);
  await page.evaluate(
    `localStorage.setItem('ibwire.lists', ${JSON.stringify(JSON.stringify({ all: { names, pinned: names } }))})`,
  );
  await page.reload();
  await page.getByRole('tab', { name: 'Market Data' }).click();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const used = (): number => stage.desk.connection.lines.open.length;
  const deadline = performance.now() + 120_000;
  while (used() < names.length && performance.now() < deadline) {
    await page.waitForTimeout(1_000);
    onProgress?.(`${used()} of ${names.length} lines are open`);
  }
  await page.waitForTimeout(2_000);
  const heapBefore = await heap(devtools);
  await page.evaluate(METERS);
  await page.getByLabel('Quotes, table').focus();
  const begin = await metrics(devtools);
  const began = performance.now();
  const rates: number[] = [];
  let heapMiddle = heapBefore;
  const step = Math.min(5, seconds / 4);
  for (let passed = 0, index = 0; passed < seconds; index++) {
    await page.waitForTimeout(step * 1000);
    // Down and up again: rows come and go while the numbers move.
    await page.keyboard.press(index % 2 === 0 ? 'ArrowDown' : 'ArrowUp');
    rates.push(await updates(page));
    const now = (performance.now() - began) / 1000;
    if (passed < seconds / 2 && now >= seconds / 2) heapMiddle = await heap(devtools);
    if (Math.floor(now / 60) > Math.floor(passed / 60)) onProgress?.(`${Math.round(now)} s, ${rates.at(-1)} updates/s`);
    passed = now;
  }
  const end = await metrics(devtools);
  const took = (performance.now() - began) / 1000;
  const { gaps, inputs, changes, rows } = await page.evaluate<Meters>('meters');
  const heapAfter = await heap(devtools);
  const frames = [...gaps].sort((a, b) => a - b);
  const keys = [...inputs].sort((a, b) => a - b);
  const perFrame = (name: string): number => (((end[name] ?? 0) - (begin[name] ?? 0)) * 1000) / gaps.length;
  return {
    instruments: names.length,
    lines: used(),
    seconds: took,
    updatesPerSecond: rates.reduce((sum, one) => sum + one, 0) / rates.length,
    framesPerSecond: gaps.length / took,
    frame: { median: at(frames, 0.5), p95: at(frames, 0.95), p99: at(frames, 0.99), worst: frames.at(-1) ?? 0 },
    thread: {
      all: perFrame('TaskDuration'),
      script: perFrame('ScriptDuration'),
      layout: perFrame('LayoutDuration'),
      style: perFrame('RecalcStyleDuration'),
    },
    heap: { before: heapBefore, middle: heapMiddle, after: heapAfter },
    input: { count: keys.length, median: at(keys, 0.5), worst: keys.at(-1) ?? 0 },
    rows,
    changes,
    frames: gaps.length,
    cores: availableParallelism(),
    load: [load, loadavg()[0] ?? 0],
  };
}
