// Where secrets come from, and where they never go.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configOf } from '../src/config.js';
import { secretOf } from '../src/secrets.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portfolio-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a secret', () => {
  it.skipIf(process.platform === 'win32')('comes from a file only when nobody else may read it', async () => {
    const file = join(folder, 'token');
    await writeFile(file, 's3cret\n', { mode: 0o600 });
    expect(await secretOf({ file })).toBe('s3cret');
    await chmod(file, 0o640);
    await expect(secretOf({ file })).rejects.toThrow(`chmod 600 ${file}`);
  });
  it('comes from a command run without a shell, whose output is in no error', async () => {
    expect(await secretOf({ command: [process.execPath, '-e', 'console.log("s3cret")'] })).toBe('s3cret');
    const failing = secretOf({ command: [process.execPath, '-e', 'console.error("s3cret"); process.exit(1)'] });
    await expect(failing).rejects.toThrow('gave no secret');
    await expect(failing).rejects.not.toThrow('s3cret');
  });
  it('is refused when it stands in the configuration itself', () => {
    const text = JSON.stringify({ sources: [{ kind: 'flex', token: 's3cret', queryId: '1' }] });
    expect(() => configOf(text, '/x.json')).toThrow('token must say where the secret is');
    expect(() => configOf(text, '/x.json')).not.toThrow('s3cret');
  });
});
