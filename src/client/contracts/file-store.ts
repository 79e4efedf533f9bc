// Identities of instruments in a file: one JSON line each, appended; a damaged line is passed over.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { ContractStore } from './qualify.js';

/** Opens or makes the file. Instruments change rarely; delete the file to forget them. */
export function fileContractStore(path: string): ContractStore {
  const kept = new Map<string, string>();
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      try {
        const entry: unknown = JSON.parse(line);
        if (Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string') kept.set(entry[0], entry[1]);
      } catch {
        // a line that a crash has torn: the instrument is asked for again
      }
    }
  }
  return {
    get: (key) => kept.get(key),
    set(key, text) {
      if (kept.get(key) === text) return;
      kept.set(key, text);
      appendFileSync(path, `${JSON.stringify([key, text])}\n`);
    },
  };
}
