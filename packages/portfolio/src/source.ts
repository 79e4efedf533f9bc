// The one interface of a source: a name and a read. Another package (a web session, a new broker) plugs in by making one.

import { readFile } from 'node:fs/promises';
import { mappingOf, readMapped } from './csv/mapping.js';
import type { HttpTools } from './http.js';
import type { Reading } from './model.js';
import { PortfolioError } from './problem.js';
import { readText } from './read-text.js';

export interface Source {
  readonly name: string;
  /** Reads all of it, or throws: never half. */
  read(tools?: HttpTools): Promise<Reading>;
}

/** A broker's CSV, a Flex XML or a recorded answer; with a mapping, any CSV. */
export function fileSource(path: string, options: { name?: string; account?: string; mapping?: string } = {}): Source {
  const { name = path, account, mapping } = options;
  const terms = { source: name, ...(account !== undefined && { account }) };
  return {
    name,
    async read() {
      const text = await readFile(path, 'utf8');
      if (mapping === undefined) return { ...readText(text, terms), source: name };
      return readMapped(text, mappingOf(JSON.parse(await readFile(mapping, 'utf8'))), terms);
    },
  };
}

export type Attempt =
  | { readonly at: 'read'; readonly reading: Reading }
  | { readonly at: 'failed'; readonly source: string; readonly error: PortfolioError };

/** Reads all sources side by side; one that fails is named and leaves the others whole. */
export function readAll(sources: readonly Source[], tools?: HttpTools): Promise<readonly Attempt[]> {
  return Promise.all(
    sources.map(async (source): Promise<Attempt> => {
      try {
        return { at: 'read', reading: await source.read(tools) };
      } catch (error) {
        const known = error instanceof PortfolioError ? error : new PortfolioError('config', wordsOf(error));
        return { at: 'failed', source: source.name, error: known };
      }
    }),
  );
}

/** The system's own code only: texts of foreign errors may hold what was asked with. */
function wordsOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? `it could not be read (${code})` : 'it could not be read';
}
