import { describe, expect, it } from 'vitest';
import { lifetimeCache } from '../../../src/client/conversation/lifetime-cache.js';

const made = (most?: number) => {
  const clock = { now: 0 };
  return { clock, cache: lifetimeCache<number>({ lifetimeMs: 100, now: () => clock.now, ...(most !== undefined && { most }) }) };
};

describe('the lifetime cache', () => {
  it('keeps a value for its time and no longer', () => {
    const { clock, cache } = made();
    cache.set('a', 1);
    clock.now = 99;
    expect(cache.get('a')).toBe(1);
    clock.now = 100;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('drops the oldest beyond its size', () => {
    const { cache } = made(2);
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, 1);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toStrictEqual([1, undefined, 1]);
  });

  it('loads once for all who ask meanwhile, and again after its time', async () => {
    const { clock, cache } = made();
    let loads = 0;
    const loader = async (): Promise<number> => ++loads;
    expect(await Promise.all([cache.load('a', loader), cache.load('a', loader), cache.load('b', loader)])).toStrictEqual([
      1, 1, 2,
    ]);
    expect(await cache.load('a', loader)).toBe(1);
    clock.now = 100;
    expect(await cache.load('a', loader)).toBe(3);
  });

  it('does not remember a failure', async () => {
    const { cache } = made();
    await expect(cache.load('a', () => Promise.reject(new Error('200')))).rejects.toThrowError('200');
    await expect(
      cache.load('a', () => {
        throw new Error('sync');
      }),
    ).rejects.toThrowError('sync');
    expect(await cache.load('a', async () => 5)).toBe(5);
  });

  it('does not remember a load that was under way when it was cleared', async () => {
    const { cache } = made();
    let settle: (value: number) => void = () => undefined;
    const first = cache.load(
      'a',
      () =>
        new Promise<number>((resolve) => {
          settle = resolve;
        }),
    );
    await Promise.resolve();
    cache.clear();
    settle(1);
    expect(await first).toBe(1);
    expect(cache.get('a')).toBeUndefined();
  });
});
