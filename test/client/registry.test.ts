// Everything of the protocol is reachable: each request kind belongs to a conversation, is sent by a facade, or is raw with a reason.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outgoingKinds } from '../../src/protocol/registry.js';

/** What only `ib.raw` sends, and why. */
const rawOnly: Readonly<Record<string, string>> = {
  reqIds: 'order ids are taken from the start of each connection on and never asked for again',
  verifyRequest: 'authentication of the broker’s own partners, with keys that users do not have',
  verifyMessage: 'as verifyRequest',
  verifyAndAuthRequest: 'as verifyRequest',
  verifyAndAuthMessage: 'as verifyRequest',
};

const client = new URL('../../src/client/', import.meta.url);

function sources(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sources(new URL(`${entry.name}/`, folder));
    return entry.name.endsWith('.ts') ? [readFileSync(new URL(entry.name, folder), 'utf8')] : [];
  });
}

// Declared in a conversation (open, cancel) or handed to send.
const spoken = new Set(
  sources(client).flatMap((text) =>
    [...text.matchAll(/(?:open|cancel|kind|asked):\s*'(\w+)'|(?:send|encode)\(\s*'(\w+)'/g)].map(
      ([, named, sent]) => named ?? sent ?? '',
    ),
  ),
);

describe('every request', () => {
  it.each(outgoingKinds.map(({ kind }) => kind))('%s has a way out', (kind) => {
    if (rawOnly[kind] === undefined) expect(spoken.has(kind)).toBe(true);
    else expect(spoken.has(kind)).toBe(false);
  });

  it('that is raw only is a request at all', () => {
    const kinds = new Set<string>(outgoingKinds.map(({ kind }) => kind));
    expect(Object.keys(rawOnly).filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
