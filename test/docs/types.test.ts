// The programs of the pages are correct in their types, those that are not run among them.

import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkedProgramOf, pages, programPages, root } from './pages.js';

/** Written in the language of the page: a program may end a sentence without using every name. */
const options: ts.CompilerOptions = {
  ...ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, root).options,
  noUnusedLocals: false,
  noUnusedParameters: false,
};
/** Programs of the README are JavaScript, and are pasted into files of TypeScript too. */
const pasted = pages.flatMap(({ path, blocks }) =>
  blocks.filter(({ language }) => language === 'js').map(({ text }, at) => [join(root, `${path}.${at}.ts`), text] as const),
);
const texts = new Map([
  ...programPages.map((page) => [join(root, `${page.path}.program.ts`), `${checkedProgramOf(page)}\nexport {}\n`] as const),
  ...pasted,
]);

function diagnostics(): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, ...more) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, ...more) : ts.createSourceFile(name, text, options.target ?? 99);
  };
  const program = ts.createProgram(
    [...texts.keys()],
    { ...options, paths: { ...options.paths, '@jest/globals': ['./node_modules/vitest'] } },
    host,
  );
  return [...texts.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return ts.getPreEmitDiagnostics(program, file).map(({ messageText, start = 0 }) => {
      const line = file?.text.slice(0, start).split('\n').length ?? 0;
      const said = file?.text.split('\n')[line - 1];
      return `${name.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} at: ${said}`;
    });
  });
}

describe('the programs of the pages', () => {
  it('have correct types', { timeout: 120_000 }, () => {
    expect(texts.size).toBeGreaterThan(5);
    expect(pasted).toHaveLength(2);
    expect(diagnostics()).toEqual([]);
  });
});
