// Captures far larger than what is held of them in memory.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBigCapture } from './big-capture.js';

const MEGABYTE = 1024 * 1024;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-big-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function walk(path: string, from: number, to: number): Promise<{ frames: number; held: number }> {
  const args = ['--expose-gc', '--import', 'tsx', 'test/capture/walk-child.ts', path, String(from), String(to)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as { frames: number; held: number };
}

describe('a capture of 64 MB', () => {
  it('is walked to its last seconds in the memory of one of 12 MB', async () => {
    const [small, large] = [join(folder, 'small.ibcap'), join(folder, 'large.ibcap')];
    const [endOfSmall, endOfLarge] = [writeBigCapture(small, 12), writeBigCapture(large, 64)];
    const ofSmall = await walk(small, endOfSmall - 999_000, endOfSmall);
    const ofLarge = await walk(large, endOfLarge - 999_000, endOfLarge);
    expect([ofSmall.frames, ofLarge.frames]).toStrictEqual([1000, 1000]);
    // What is held, not what the collector has not come to yet.
    expect(ofLarge.held - ofSmall.held).toBeLessThan(4 * MEGABYTE);
  }, 240_000);
});
