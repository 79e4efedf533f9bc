// A command ends when it is done: what it waited for leaves no timer behind.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { untilStopped } from '../../src/cli/until-stopped.js';
import { silentIo } from './run-cli.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[string, () => Promise<unknown>]>([
  ['is done', () => Promise.resolve('filled')],
  ['failed', () => Promise.reject(new Error('lost'))],
])('waits no longer than for what %s', async (_, end) => {
  await untilStopped(silentIo, 60, end());
  expect(vi.getTimerCount()).toBe(0);
});

it('waits for as long as was said where nothing ends it before', async () => {
  let isOver = false;
  const waiting = untilStopped(silentIo, 60, new Promise(() => {})).then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(59_999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});
