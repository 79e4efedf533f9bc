// Runs a program as its reader would, inside this process: imports by the package's name, a port and a console of its own.

import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import * as web from '@ibwire/web';
import { transform } from 'esbuild';
import * as capture from '../../src/capture/index.js';
import * as stoqey from '../../src/compat/stoqey/index.js';
import * as gateway from '../../src/gateway/index.js';
import * as ibwire from '../../src/index.js';
import * as protocol from '../../src/protocol/index.js';
import * as rules from '../../src/rules/index.js';

const require = createRequire(import.meta.url);
const rooms: Readonly<Record<string, unknown>> = {
  '@ibwire/web': web,
  ibwire,
  'ibwire/capture': capture,
  'ibwire/compat/stoqey': stoqey,
  'ibwire/gateway': gateway,
  'ibwire/protocol': protocol,
  'ibwire/rules': rules,
};

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  /** Modules by the name they are imported by, before those of the package and of node_modules. */
  readonly modules?: Readonly<Record<string, unknown>>;
  /** Called with every line that is printed. */
  readonly onLine?: (line: string) => void;
}

/** Runs it to its end and gives the lines it printed. @throws what it throws. */
export async function runProgram(text: string, options: ProgramOptions = {}): Promise<readonly string[]> {
  const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'es2022', supported: { using: false } });
  const lines: string[] = [];
  const print = (...values: readonly unknown[]): void => {
    const line = values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
    lines.push(line);
    options.onLine?.(line);
  };
  const surroundings = {
    use: (name: string) => options.modules?.[name] ?? rooms[name] ?? require(name),
    console: { log: print, error: print, warn: print, table: print },
    process: Object.create(process, {
      env: { value: { ...options.env } },
      argv: { value: ['node', 'program', ...(options.argv ?? [])] },
      exitCode: { value: undefined, writable: true },
    }),
  };
  const body = code.replaceAll(IMPORT, imported).replaceAll(/^export \{[^}]*\};?$/gm, '');
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = AsyncFunction(...Object.keys(surroundings), body) as (...given: readonly unknown[]) => Promise<void>;
  await run(...Object.values(surroundings));
  return lines;
}

const IMPORT = /^import (?:\* as (\w+)|(\w+)|\{([^}]*)\}) from "([^"]+)";$/gm;

function imported(_: string, whole?: string, alone?: string, names?: string, from?: string): string {
  const source = `use(${JSON.stringify(from)})`;
  if (names === undefined) return `const ${whole ?? alone} = ${source};`;
  return `const {${names.replaceAll(' as ', ': ')}} = ${source};`;
}
