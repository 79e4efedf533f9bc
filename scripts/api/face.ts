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

interface Face {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly entries: readonly Entry[];
}

function open(): Face {
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
  const options = { ...config?.options, noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true };
  const program = ts.createProgram(sources, options);
  const checker = program.getTypeChecker();
  const entries = sources.map((source, i) => {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${source} exports nothing`);
    const exports = new Map(checker.getExportsOfModule(module).map((one) => [one.name, declared(checker, one)]));
    return { name: ['ibwire', ...(files[i] ?? '').split('/').slice(0, -1)].join('/'), exports };
  });
  return { program, checker, entries };
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

/** The docstring of a symbol; empty where it has none. */
export function docOf(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(face.checker)).trim();
}

/** What of a declaration a program can see: no bodies, no initial values, nothing private, no constructor of a type alone. */
function isHidden(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isBlock(node) || ts.isPrivateIdentifier(node)) return true;
  if (ts.isConstructorDeclaration(node)) return true;
  if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) return true;
  if (ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name)) return true;
  const isHolder = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent);
  return isHolder && parent.initializer === node && parent.type !== undefined;
}

/** The types of ours that a declaration names, with what of big.js is in it. */
export function typesIn(symbol: ts.Symbol): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const walk = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const named = face.checker.getSymbolAtLocation(ts.isTypeReferenceNode(node) ? node.typeName : node.expression);
      const type = named && declared(face.checker, named);
      if (type !== undefined && !(type.flags & ts.SymbolFlags.TypeParameter) && isOurs(type)) found.add(type);
    }
    ts.forEachChild(node, (child) => {
      if (!isHidden(child, node)) walk(child);
    });
  };
  for (const declaration of symbol.declarations ?? []) walk(declaration);
  return found;
}

function isOurs(symbol: ts.Symbol): boolean {
  return fileOf(symbol) !== undefined || symbol.name === 'Big';
}
