// Every TypeScript block of README and docs is run against the simulated gateway that its page names.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../src/gateway/index.js';
import { simulate } from '../../src/gateway/index.js';
import { runProgram } from '../helpers/program.js';
import { endOf, isRun, type Page, programOf, programPages } from './pages.js';

const home = process.cwd();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the programs of the pages', () => {
  it.each(programPages.filter(({ blocks }) => blocks.some(isRun)).map((page) => [page.path, page] as const))(
    'run as they stand: %s',
    async (_, page) => {
      const lines = await run(page);
      for (const [at, block] of page.blocks.entries()) {
        if (block.language !== 'text' || block.info !== 'prints') continue;
        const of = runAt(page, at);
        const from = lines.indexOf(endOf(runAt(page, of - 1))) + 1;
        const printed = lines.slice(from, lines.indexOf(endOf(of)));
        expect(shape(printed.join('\n')), `what block ${at} of ${page.path} says is printed`).toBe(shape(block.text.trimEnd()));
      }
    },
  );
});

/** The last block at or before a place that runs. */
function runAt(page: Page, at: number): number {
  for (let i = at; i >= 0; i--) {
    const block = page.blocks[i];
    if (block !== undefined && isRun(block)) return i;
  }
  return -1;
}

/** Any number with a point stands for any other: prices move. */
function shape(text: string): string {
  return text.replaceAll(/-?\d+\.\d+/g, '#.#');
}

/** The first `npx ibwire simulate …` of a page says against what it runs. */
function optionsOf({ text }: Page): SimulateOptions {
  const line = /npx ibwire simulate([^`\n]*)/.exec(text)?.[1] ?? '';
  const accounts = /--accounts (all|advisor)/.exec(line)?.[1];
  if (accounts === 'all' || accounts === 'advisor') return { seed: 1, accounts };
  return { seed: 1 };
}

async function run(page: Page): Promise<readonly string[]> {
  await using gateway = await simulate(optionsOf(page));
  const text = programOf(page).replaceAll('port: 4002', `port: ${gateway.port}`);
  const waiting: (() => unknown)[] = [];
  const test = (_name: string, body: () => unknown): void => void waiting.push(body);
  const runner = { test, it: test, expect };
  const modules = { vitest: runner, '@jest/globals': runner, 'node:test': runner, 'node:assert/strict': assert };
  process.chdir(folder);
  try {
    const lines = await runProgram(text, { modules });
    for (const body of waiting) await body();
    return lines;
  } finally {
    process.chdir(home);
  }
}
