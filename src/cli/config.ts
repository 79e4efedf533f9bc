// Settings that hold for every command: a file of the user's, behind the command line and the environment.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { nearest } from '../input/nearest.js';
import { CliError, EXIT } from './exit-codes.js';

type Env = { readonly [name: string]: string | undefined };

/** `IBWIRE_CONFIG`, or `ibwire/config.json` where this system keeps settings; undefined: nowhere. */
export function configPath(env: Env): string | undefined {
  if (env['IBWIRE_CONFIG']) return env['IBWIRE_CONFIG'];
  const folder = env['XDG_CONFIG_HOME'] || env['APPDATA'] || (env['HOME'] && join(env['HOME'], '.config'));
  return folder ? join(folder, 'ibwire', 'config.json') : undefined;
}

/** A file may set what the environment may: one statement for both. */
function settable(program: Command): ReadonlySet<string> {
  const all = [...program.commands, ...program.commands.flatMap((one) => one.commands)];
  return new Set(
    all.flatMap(({ options }) => options.filter((one) => one.envVar !== undefined).map((one) => one.attributeName())),
  );
}

/**
 * Gives a command the settings that nothing else has given it. @throws {CliError} usage: a file that cannot be read, a setting
 * that nobody knows, a value that the option does not take.
 */
export function takeConfig(program: Command, command: Command, env: Env): void {
  const path = configPath(env);
  if (path === undefined) return;
  const names = settable(program);
  for (const [name, value] of Object.entries(settingsIn(path, env['IBWIRE_CONFIG'] !== undefined))) {
    if (!names.has(name)) {
      const meant = nearest(name, names);
      const problem = `${path}: nobody knows the setting ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
      throw new CliError(EXIT.usage, problem, `Settings: ${[...names].join(', ')}.`);
    }
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new CliError(EXIT.usage, `${path}: ${name} cannot be ${JSON.stringify(value)}: it is text or a number.`);
    const option = command.options.find((one) => one.attributeName() === name);
    const source = command.getOptionValueSource(name);
    if (option === undefined || (source !== undefined && source !== 'default')) continue;
    try {
      const text = String(value);
      command.setOptionValueWithSource(name, option.parseArg?.(text, undefined) ?? text, 'config');
    } catch (error) {
      throw new CliError(EXIT.usage, `${path}: ${name} cannot be ${JSON.stringify(value)}. ${(error as Error).message}`);
    }
  }
}

function settingsIn(path: string, isNamed: boolean): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return {};
    throw new CliError(EXIT.usage, `The settings cannot be read: ${message}.`);
  }
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch {}
  throw new CliError(EXIT.usage, `${path} is not a JSON object.`, 'Such as {"port": 4002, "account": "DU9000001"}.');
}
