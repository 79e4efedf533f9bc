// The pages of the site: Markdown of the repository as HTML, links between them rewritten, headings with anchors.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';
import { shell } from './shell.js';

const root = resolve(import.meta.dirname, '../..');

/** A part of a page that the search finds: a heading and what stands under it. */
export interface Section {
  readonly page: string;
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

export interface Site {
  /** What is written, by its path within the site. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly sections: readonly Section[];
}

const inFolder = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);

const sources = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  ...inFolder('docs'),
  ...inFolder('docs/api'),
];

/** README is the page one begins with. */
const target = (source: string): string => (source === 'README.md' ? 'index.html' : source.replace(/\.md$/, '.html'));

/** As links of the repository name a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}

/** `bag` and `Bag` are two headings: the second is `bag-1`, as repositories have it. */
function unused(anchor: string, taken: Set<string>): string {
  let name = anchor;
  for (let i = 1; taken.has(name); i++) name = `${anchor}-${i}`;
  taken.add(name);
  return name;
}

/** Where a link of a page leads within the site; files that are no page are copied beside it. */
function linkOf(from: string, link: string, copied: Set<string>): string {
  if (/^(https?:|mailto:|#)/.test(link)) return link;
  const [path = '', anchor] = link.split('#');
  const file = posix.normalize(posix.join(dirname(from), path));
  const isPage = sources.includes(file);
  if (!isPage && existsSync(join(root, file))) copied.add(file);
  const to = relative(dirname(target(from)), isPage ? target(file) : file);
  return anchor === undefined ? to : `${to}#${anchor}`;
}

function rendered(source: string, copied: Set<string>): { readonly html: string; readonly sections: readonly Section[] } {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const text = readFileSync(join(root, source), 'utf8');
  const tokens = markdown.parse(text, {});
  const sections: { page: string; heading: string; anchor: string; text: string }[] = [];
  const taken = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const heading = tokens[i + 1]?.content.replaceAll('`', '') ?? '';
      const anchor = unused(anchorOf(heading), taken);
      token.attrSet('id', anchor);
      sections.push({ page: target(source), heading, anchor, text: '' });
    }
    const last = sections.at(-1);
    if (last !== undefined && (token.type === 'inline' || token.type === 'fence')) last.text += ` ${token.content}`;
    for (const child of token.children ?? []) {
      const [name, value] = child.type === 'image' ? ['src', child.attrGet('src')] : ['href', child.attrGet('href')];
      if (value !== null) child.attrSet(name, linkOf(source, String(value), copied));
    }
    if (token.type === 'table_open') token.attrSet('tabindex', '0');
  }
  return { html: markdown.renderer.render(tokens, markdown.options, {}), sections };
}

/** The whole site. */
export function buildSite(): Site {
  const copied = new Set<string>();
  const files = new Map<string, string | Uint8Array>();
  const sections: Section[] = [];
  for (const source of sources) {
    const page = rendered(source, copied);
    sections.push(...page.sections);
    files.set(target(source), shell({ path: target(source), title: page.sections[0]?.heading ?? source, body: page.html }));
  }
  for (const file of copied) files.set(file, readFileSync(join(root, file)));
  const rows = sections.map(({ page, heading, anchor, text }) => [heading, `${page}#${anchor}`, text.trim().slice(0, 600)]);
  files.set(
    'search.js',
    `globalThis.sections=${JSON.stringify(rows)};\n${readFileSync(join(import.meta.dirname, 'search.js'), 'utf8')}`,
  );
  files.set('site.css', readFileSync(join(import.meta.dirname, 'site.css'), 'utf8'));
  return { files, sections };
}
