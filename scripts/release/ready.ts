// What has to be true before a version is published, as pure questions.

export interface Release {
  /** What is asked for: `1.2.3`. */
  readonly version: string;
  readonly manifest: {
    readonly version: string;
    readonly repository?: unknown;
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  readonly changelog: string;
  /** `git status --porcelain`. */
  readonly status: string;
  /** Tags that are there. */
  readonly tags: readonly string[];
  /** Provenance is signed by the token of a workflow: a machine of one's own has none. */
  readonly hasWorkflowToken: boolean;
}

/** Everything that stands in the way, for people; empty: it can be published. */
export function obstacles(release: Release): readonly string[] {
  const { version, manifest, changelog, status, tags, hasWorkflowToken } = release;
  const heading = changelog.match(/^## (\S+)(.*)$/m);
  const found: string[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(version)) found.push(`${version} is no version such as 1.2.3`);
  if (manifest.version !== version) found.push(`package.json says ${manifest.version}`);
  if (heading?.[1] !== version) found.push(`the first section of CHANGELOG.md is ${heading?.[1] ?? 'missing'}`);
  if (heading?.[2]?.includes('unreleased') === true) found.push('CHANGELOG.md calls it unreleased: write the day');
  if (status.trim() !== '') found.push('there are changes that are not committed');
  if (tags.includes(`v${version}`)) found.push(`the tag v${version} is there already`);
  if (Object.keys(manifest.dependencies ?? {}).length > 0) found.push('the package has dependencies');
  if (manifest.repository === undefined) found.push('package.json names no repository: provenance is held against it');
  if (!hasWorkflowToken) found.push('no token of a workflow (id-token: write): provenance cannot be signed here');
  return found;
}
