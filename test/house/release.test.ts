// What stands in the way of publishing, and the list of parts that goes with it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { obstacles, type Release } from '../../scripts/release/ready.js';

const ready: Release = {
  version: '1.2.3',
  manifest: { version: '1.2.3', repository: { type: 'git', url: 'git+https://example.org/ibwire.git' } },
  changelog: '# Changelog\n\n## 1.2.3 — 2026-12-01\n',
  status: '',
  tags: ['v1.2.2'],
  hasWorkflowToken: true,
};

describe('a release', () => {
  it('goes out when nothing stands in its way', () => expect(obstacles(ready)).toEqual([]));

  it.each<[string, Partial<Release>, RegExp]>([
    ['no version', { version: 'next' }, /next is no version/],
    ['another version in the manifest', { manifest: { ...ready.manifest, version: '1.2.2' } }, /package\.json says 1\.2\.2/],
    ['another section on top', { changelog: '## 1.2.2 — 2026-11-01\n' }, /first section of CHANGELOG\.md is 1\.2\.2/],
    ['a section without a day', { changelog: '## 1.2.3 — unreleased\n' }, /calls it unreleased/],
    ['changes', { status: ' M src/index.ts\n' }, /not committed/],
    ['a tag', { tags: ['v1.2.3'] }, /tag v1\.2\.3 is there/],
    ['dependencies', { manifest: { ...ready.manifest, dependencies: { left: '1' } } }, /has dependencies/],
    ['no repository', { manifest: { version: '1.2.3' } }, /names no repository/],
    ['a machine of one’s own', { hasWorkflowToken: false }, /provenance cannot be signed here/],
  ])('is held up by %s', (_, change, says) => {
    expect(obstacles({ ...ready, ...change }).join('\n')).toMatch(says);
  });
});

describe('the list of parts', () => {
  it('is CycloneDX, and names what the bundles hold, each with its licence and in LICENSES.md', { timeout: 120_000 }, () => {
    const cwd = resolve(import.meta.dirname, '../..');
    const text = execFileSync('npm', ['run', '-s', 'sbom'], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const sbom = JSON.parse(text) as {
      bomFormat: string;
      metadata: { component: { name: string } };
      components: readonly { name: string; version: string; purl: string; licenses: readonly unknown[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(sbom.metadata.component.name).toBe('ibwire');
    const names = sbom.components.map(({ name }) => name);
    for (const inlined of ['big.js', 'eventemitter3', '@msgpack/msgpack', 'commander', 'cli-table3', 'picocolors'])
      expect(names, inlined).toContain(inlined);
    expect(names.filter((name) => ['vitest', 'typescript', 'esbuild'].includes(name))).toEqual([]);
    const licences = readFileSync(resolve(cwd, 'LICENSES.md'), 'utf8');
    for (const { name, version, purl, licenses } of sbom.components) {
      expect(purl).toContain(`@${version}`);
      expect(licenses, name).toHaveLength(1);
      expect(licences, name).toContain(name);
    }
  });
});
