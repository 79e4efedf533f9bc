import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wirePage } from '../../scripts/wire-docs.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';

describe('docs/wire.md', () => {
  const page = readFileSync(new URL('../../docs/wire.md', import.meta.url), 'utf8');

  it('is what the registry says: npx tsx scripts/wire-docs.ts writes it', () => {
    expect(page === wirePage()).toBe(true);
  });

  it('lists every kind', () => {
    for (const { kind } of [...incomingKinds, ...outgoingKinds]) expect(page).toContain(`### ${kind}\n`);
  });

  it('has no link into nothing', () => {
    const titles = new Set([...page.matchAll(/^### (.+)$/gm)].map((match) => match[1]!.toLowerCase()));
    for (const match of page.matchAll(/\]\(#([^)]+)\)/g)) expect(titles, match[1]).toContain(match[1]);
  });
});
