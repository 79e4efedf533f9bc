// The list of parts of the package, as CycloneDX: what its bundles hold, read from the bundler. `npm sbom` knows only dependencies, of which there are none.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly description?: string;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** `pkg:npm/%40msgpack/msgpack@3.1.3`, as package URLs write scopes. */
const purlOf = ({ name, version }: Manifest): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component(manifest: Manifest, type: 'library' | 'application'): object {
  const { name, version, license, description } = manifest;
  const licenses = license === undefined ? [] : [{ license: { id: license } }];
  return { type, 'bom-ref': purlOf(manifest), name, version, description, licenses, purl: purlOf(manifest) };
}

/** The packages whose files are in the bundles of the library and of the command line. */
async function inlined(): Promise<readonly Manifest[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      ...['index', 'protocol/index', 'rules/index', 'capture/index', 'gateway/index', 'compat/stoqey/index', 'cli/main'].map(
        (name) => `src/${name}.ts`,
      ),
    ],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'dist',
    platform: 'node',
    format: 'esm',
  });
  const folders = Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const found = [...new Set(folders)].map((folder) => manifestOf(resolve(root, folder)));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const own = manifestOf(root);
const parts = await inlined();
const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: component(own, 'library') },
  components: parts.map((part) => component(part, 'library')),
  dependencies: [
    { ref: purlOf(own), dependsOn: parts.map(purlOf) },
    ...parts.map((part) => ({ ref: purlOf(part), dependsOn: [] })),
  ],
};
console.log(JSON.stringify(sbom, undefined, 2));
