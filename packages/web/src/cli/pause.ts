// Commands one after the other are one user name to the broker: what may be asked once in five seconds waits for the command before.

import { createHash } from 'node:crypto';
import { stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './print.js';

/** The longest window of what a session asks when it opens, and a little for the way. */
const APART = 5_500;

/** Waits until the command before is far enough; resolves with what to call at the end. Where no file can be written, nothing waits. */
export async function afterTheLast(base: string, io: Io): Promise<() => Promise<void>> {
  const user = process.getuid?.() ?? 0;
  const name = createHash('sha256').update(base).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `ibwire-web-${user}-${name}`);
  const now = io.now ?? Date.now;
  const touch = async (): Promise<void> => {
    try {
      await writeFile(file, '', { mode: 0o600 });
      await utimes(file, now() / 1000, now() / 1000);
    } catch {}
  };
  const before = await stat(file).catch(() => undefined);
  const left = before === undefined ? 0 : APART - (now() - Math.round(before.mtimeMs));
  if (left > 0 && left <= APART) {
    const pause = io.pause ?? ((ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)));
    await pause(left);
  }
  await touch();
  return touch;
}
