// The public face as the compiler sees it: every entry of the package, and what it exports.
import { resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const files = ['index', 'protocol/index', 'rules/index', 'capture/index', 'gateway/index', 'compat/stoqey/index'];

export interface Entry {
  /** As programs import it: `ibwire/rules`. */
  readonly name: string;
  /** What it exports, by the name that programs write; each as it is declared. */
  readonly exports: ReadonlyMap<string, ts.Symbol>;
}

function open(): { readonly checker: ts.TypeChecker; readonly entries: readonly Entry[] } {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}/tsconfig.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  const sources = files.map((file) => `${root}/src/${file}.ts`);
  const program = ts.createProgram(sources, config?.options ?? {});
  const checker = program.getTypeChecker();
  const entries = sources.map((source, i) => {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${source} exports nothing`);
    const exports = new Map(checker.getExportsOfModule(module).map((one) => [one.name, declared(checker, one)]));
    return { name: ['ibwire', ...(files[i] ?? '').split('/').slice(0, -1)].join('/'), exports };
  });
  return { checker, entries };
}

function declared(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Path inside `src` of the file that declares a symbol; undefined for what is not ours. */
export function fileOf(symbol: ts.Symbol | undefined): string | undefined {
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
  return file?.startsWith(`${root}/src/`) ? file.slice(root.length + 5) : undefined;
}

export const face = open();
