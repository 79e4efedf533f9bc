// Publishes a version with provenance and its list of parts: `npm run release -- 1.2.3`. With `--dry-run` it packs and says what is missing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { obstacles, type Release } from './release/ready.js';

const root = resolve(import.meta.dirname, '..');
const [version = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isDry = process.argv.includes('--dry-run');

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const missing = obstacles({
  version,
  manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Release['manifest'],
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  status: run('git', 'status', '--porcelain'),
  tags: run('git', 'tag', '--list').split('\n'),
  hasWorkflowToken: process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined,
});
for (const one of missing) console.log(`- ${one}`);
if (missing.length > 0 && !isDry) process.exit(1);

run('bash', '.ci/run');
writeFileSync(join(root, 'sbom.cdx.json'), run('npm', 'run', '-s', 'sbom'));
if (isDry) console.log(run('npm', 'pack', '--dry-run'));
else {
  run('npm', 'publish', '--provenance', '--access', 'public');
  run('git', 'tag', `v${version}`);
  console.log(`${version} is published. Push the tag, and put sbom.cdx.json beside the release.`);
}
