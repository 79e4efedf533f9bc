// The example files of the package.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)), 'utf8');
}

export const csvNames = ['robinhood-1', 'schwab-1', 'fidelity-activity-1', 'vanguard-1'] as const;
