// Debian's Chromium on a desk of the test's own, with the dashboard on it.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Stage, type StageOptions, stage } from '../stage.js';
import { builtPages } from './pages.js';

const CHROMIUM = '/usr/bin/chromium';

/** Without a browser these tests are left out, except where CI demands them. */
export const hasBrowser = existsSync(CHROMIUM) || process.env['IBWIRE_NEEDS_CHROMIUM'] === '1';

export interface Screens extends AsyncDisposable {
  /** Folder of the built page. */
  readonly pages: string;
  /** A page that is signed in, and everything that went wrong on it. `before`: runs on the empty page. */
  open(at: Stage, options?: BrowserContextOptions, before?: (page: Page) => Promise<unknown>): Promise<Screen>;
  /** Closes the pages of a desk: a page whose desk is gone asks for it without end, and draws meanwhile. */
  leave(at: Stage): Promise<void>;
}

export interface Screen {
  readonly page: Page;
  readonly errors: readonly string[];
}

export async function screens(): Promise<Screens> {
  const pages = await builtPages();
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  const contexts = new Map<string, BrowserContext[]>();
  return {
    pages,
    async leave({ url }) {
      const open = contexts.get(url) ?? [];
      // A route that still waits for the desk has nobody left to answer.
      const pages = open.flatMap((context) => context.pages());
      await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
      await Promise.all(open.map((context) => context.close()));
      contexts.delete(url);
    },
    async open(at, options = {}, before = async () => {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      contexts.set(at.url, [...(contexts.get(at.url) ?? []), context]);
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (said) => {
        // A refusal is an answer of the desk, which the page shows.
        if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) errors.push(said.text());
      });
      await before(page);
      await page.goto(`${at.url}/#token=${at.tokens.owner}`);
      await page.getByRole('tablist').waitFor();
      return { page, errors };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
    },
  };
}

/** A desk with the dashboard on it; its pages go with it. */
export async function deskWith(all: Screens, options: StageOptions = {}): Promise<Stage> {
  const at = await stage({ ...options, server: { pages: all.pages, ...options.server } });
  return {
    ...at,
    async [Symbol.asyncDispose]() {
      await all.leave(at);
      await at[Symbol.asyncDispose]();
    },
  };
}

const AXE = readFileSync(resolve(import.meta.dirname, '../../../../node_modules/axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What axe finds on a page that was opened with `bypassCSP`. */
export async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<readonly Violation[]>('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
