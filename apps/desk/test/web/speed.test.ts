// The page under a stream of quotes, for a few seconds: what holds on a loaded machine. The long run is `npm run -s dashboard:speed`.

import { describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';
import { measure } from './speed.js';

const SECONDS = 6;

describe.runIf(hasBrowser)('300 instruments that move', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('are applied once a frame at most, to the rows on the screen alone, in a heap that does not grow', async () => {
    const told = await measure(all, { instruments: 300, seconds: SECONDS, pace: 2 });
    expect(told.lines).toBe(300);
    expect(told.updatesPerSecond).toBeGreaterThan(300);
    expect(told.rows).toBeGreaterThan(10);
    expect(told.rows).toBeLessThanOrEqual(30);
    // Ages and sessions change besides, once a second, and rows that a key has scrolled to.
    expect(told.changes).toBeGreaterThan(2);
    expect(told.changes).toBeLessThanOrEqual(told.frames + 6 * told.seconds + 10);
    expect(told.heap.after).toBeLessThan(told.heap.before * 2 + 5);
    expect(told.input.count).toBeGreaterThan(0);
  });
});
