// The page of migration holds every request of the registry, and calls that there are.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { named, withTable } from '../../scripts/migration-docs.js';
import { simulate } from '../../src/gateway/index.js';
import { connect } from '../../src/index.js';
import { root } from './pages.js';

describe('docs/migration.md', () => {
  it('is what its script writes', () => {
    const text = readFileSync(join(root, 'docs/migration.md'), 'utf8');
    expect(withTable(text)).toBe(text);
  });

  it('names calls that there are', async () => {
    await using gateway = await simulate();
    await using ib = await connect({ port: gateway.port, clientId: 1 });
    const faces = ib as unknown as Readonly<Record<string, object>>;
    const handles = new Set(['trade.modify', 'trade.cancel']);
    const missing = named.filter((name) => {
      const [family = '', method = ''] = name.split('.');
      return !handles.has(name) && !(method in (faces[family] ?? {}));
    });
    expect(named.length).toBeGreaterThan(80);
    expect(missing).toEqual([]);
  });
});
