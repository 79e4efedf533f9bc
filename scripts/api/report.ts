// The report of the public face: for each entry of the package a page with every export, its docstring and its declaration.
import ts from 'typescript';
import { docOf, type Entry, face } from './face.js';

/** A declaration longer than this is inferred from a table: the page of message kinds shows it better. */
const MOST_TEXT = 6_000;

/** The declarations of every source, as the compiler writes them for programs that use the package. */
const declarations = new Map<string, ts.SourceFile>();

function declarationsOf(source: ts.SourceFile): ts.SourceFile {
  const known = declarations.get(source.fileName);
  if (known !== undefined) return known;
  let text = '';
  const keep = (_: string, written: string): void => {
    text = written;
  };
  face.program.emit(source, keep, undefined, true);
  const made = ts.createSourceFile(source.fileName, text, ts.ScriptTarget.Latest, true);
  declarations.set(source.fileName, made);
  return made;
}

function isNamed(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some((one) => ts.isIdentifier(one.name) && one.name.text === name);
  const named = statement as ts.DeclarationStatement;
  return named.name !== undefined && ts.isIdentifier(named.name) && named.name.text === name;
}

/** The text of a symbol's declarations, overloads together. */
function textOf(symbol: ts.Symbol): string {
  const sources = new Set((symbol.declarations ?? []).map((one) => one.getSourceFile()));
  const texts = [...sources].flatMap((source) =>
    declarationsOf(source)
      .statements.filter((statement) => isNamed(statement, symbol.name))
      .map((statement) => statement.getText().replace(/^export (default )?(declare )?/, '')),
  );
  const text = texts
    .join('\n')
    .replaceAll(/^\s*private .*;\n/gm, '')
    .replaceAll(/^\s*#private;\n/gm, '');
  return text.length > MOST_TEXT ? `${text.slice(0, text.indexOf(':') + 1)} /* inferred from its table */` : text;
}

/** How links name a page and a heading. */
export const fileOfEntry = ({ name }: Entry): string => `${name.replaceAll('/', '-')}.md`;

/** The page of an entry, as Markdown. */
export function pageOf(entry: Entry): string {
  const names = [...entry.exports.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const parts = names.map((name) => {
    const symbol = entry.exports.get(name) as ts.Symbol;
    const alias = symbol.name === name ? '' : `\nExported as \`${name}\`; its declaration says \`${symbol.name}\`.\n`;
    return `## ${name}\n${alias}\n${docOf(symbol)}\n\n\`\`\`ts\n${textOf(symbol)}\n\`\`\`\n`;
  });
  const intro = 'Every export with its declaration. Written by `npm run docs`; a test holds it against the sources.';
  return `# ${entry.name}\n\n${intro}\n\n${names.length} exports: ${names.map((name) => `\`${name}\``).join(' ')}\n\n${parts.join('\n')}`;
}

/** Every page by its file name. */
export function report(): ReadonlyMap<string, string> {
  return new Map(face.entries.map((entry) => [fileOfEntry(entry), pageOf(entry)]));
}
