// The pages of the guide with their blocks of code.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface Block {
  /** `ts`, `text`, `sh` … */
  readonly language: string;
  /** What stands behind the language: `type-only`, `prints`. */
  readonly info: string;
  readonly text: string;
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)(?: ([^\n]+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', info = '', body = '']): Block => ({ language, info, text: body }),
  );
  return { path, text, blocks };
}

/** README, what stands beside it, and everything in `docs/`. */
export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'examples/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map(readPage);

export const programPages: readonly Page[] = pages.filter(({ blocks }) => blocks.some(isTypeScript));

export function isTypeScript({ language }: Block): boolean {
  return language === 'ts';
}

/** All but those that say why not: `type-only` blocks need what no test should do, or take too long. */
export function isRun(block: Block): boolean {
  return isTypeScript(block) && block.info !== 'type-only';
}

/** The blocks of a page that run, one after the other as one program. */
export function programOf({ blocks }: Page): string {
  return joined(blocks.map((block, at) => (isRun(block) ? marked(block, at) : '')).join('\n'));
}

/** The same with its `type-only` blocks, in functions that nobody calls. */
export function checkedProgramOf({ blocks }: Page): string {
  const parts = blocks.map((block, at) => {
    if (!isTypeScript(block)) return '';
    if (isRun(block)) return marked(block, at);
    const imports = block.text.match(IMPORT) ?? [];
    return `${imports.join('\n')}\nasync function typeOnly${at}() {\n${block.text.replaceAll(IMPORT, '')}\n}\n`;
  });
  return joined(parts.join('\n'));
}

const marked = ({ text }: Block, at: number): string => `${text}\nconsole.log(${JSON.stringify(endOf(at))});\n`;

/** What is printed where a block has ended. */
export function endOf(at: number): string {
  return `--- end of block ${at}`;
}

const IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)';?$/gm;

/** The imports of all blocks as one of each module: a page may show the same name twice. */
function joined(text: string): string {
  const byModule = new Map<string, Set<string>>();
  const rest = text.replaceAll(IMPORT, (_, type: string | undefined, names: string, from: string) => {
    const found = byModule.get(from) ?? new Set();
    for (const name of names.split(',').map((one) => one.trim())) {
      if (name !== '') found.add(type === undefined ? name : `type ${name}`);
    }
    byModule.set(from, found);
    return '';
  });
  const imports = [...byModule].map(([from, names]) => `import { ${[...names].join(', ')} } from '${from}'`);
  return `${imports.join('\n')}\n${rest}`;
}
