// Commands that talk to a desk that runs.

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { NEEDS } from '../commands/command.js';
import { commandOf, commands } from '../commands/list.js';
import { methodOf, pathOf } from '../http/routes.js';
import { besideDb, defaultDb, readOwn } from './owner.js';
import type { Io } from './program.js';

interface Where {
  readonly url?: string;
  readonly db?: string;
}

interface Desk {
  readonly url: string;
  readonly token: string;
}

/** The desk that is named, else the one that wrote down where it runs. Tokens come from the environment or the owner's file. */
function find({ url, db }: Where): Desk {
  const bases = db === undefined ? [defaultDb(false), defaultDb(true)] : [db];
  const base = bases.find((one) => readOwn(besideDb(one, 'running')) !== undefined) ?? bases[0] ?? '';
  const running = readOwn(besideDb(base, 'running'));
  const at =
    url ?? process.env['IBWIRE_DESK_URL'] ?? (running === undefined ? undefined : (JSON.parse(running) as { url: string }).url);
  if (at === undefined) throw new Error('no desk is known: start one, or name it with --url');
  const token = process.env['IBWIRE_DESK_TOKEN'] ?? readOwn(besideDb(base, 'owner-token'));
  if (token === undefined) throw new Error('no token: set IBWIRE_DESK_TOKEN');
  return { url: at, token };
}

async function ask(
  { url, token }: Desk,
  name: string,
  input: Record<string, unknown>,
): Promise<{ readonly ok: boolean; readonly body: unknown }> {
  const row = commandOf(name);
  if (row === undefined) throw new Error(`no command ${name}; there are ${commands.map((one) => one.name).join(', ')}`);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const target = new URL(pathOf(row), url);
  const isGet = methodOf(row) === 'GET';
  if (isGet)
    for (const [key, value] of Object.entries(input))
      for (const one of Array.isArray(value) ? value : [value]) target.searchParams.append(key, String(one));
  const request = isGet ? { headers } : { method: 'POST', headers, body: JSON.stringify(input) };
  const answer = await fetch(target, request).catch((cause: unknown) => {
    throw new Error(`no desk answers at ${url}`, { cause });
  });
  return { ok: answer.ok, body: (await answer.json()) as unknown };
}

function inputOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`the input is no JSON: ${text}`, { cause });
  }
}

export function remoteCommands(program: Command, io: Io, failed: (code: number) => void): void {
  const add = (words: string, text: string): Command =>
    program
      .command(words)
      .description(text)
      .option('--url <url>', 'where the desk is')
      .option('--db <file|url>', 'the database of the desk, beside which its files are');
  const run = async (where: Where, name: string, input: Record<string, unknown>): Promise<void> => {
    const { ok, body } = await ask(find(where), name, input);
    (ok ? io.out : io.err)(JSON.stringify(body, null, 2));
    if (!ok) failed(1);
  };
  add('drafts', 'drafts that wait for a decision').action((where: Where) => run(where, 'orders.drafts', { state: ['waiting'] }));
  add('approve <id>', 'approve a draft').action((id: string, where: Where) => run(where, 'orders.approve', { id }));
  add('decline <id> [reason...]', 'decline a draft').action((id: string, reason: readonly string[], where: Where) =>
    run(where, 'orders.decline', { id, reason: reason.join(' ') }),
  );
  add('stop [reason...]', 'STOP ALL TRADING').action((reason: readonly string[], where: Where) =>
    run(where, 'control.stop', reason.length === 0 ? {} : { reason: reason.join(' ') }),
  );
  add('release', 'end the stop, close the circuit breaker').action((where: Where) => run(where, 'control.release', {}));
  add('log [draft]', 'the order log, or the story of one draft').action((draft: string | undefined, where: Where) =>
    draft === undefined ? run(where, 'journal.entries', {}) : run(where, 'journal.explain', { id: draft }),
  );
  add('call <command> [json]', 'any command of the desk, input as JSON or - for the standard input').action(
    (name: string, text: string | undefined, where: Where) => {
      const given = text === '-' ? readFileSync(0, 'utf8') : (text ?? '{}');
      return run(where, name, inputOf(given));
    },
  );
  const token = program.command('token').description('tokens of programs and people');
  const under = (words: string, text: string): Command =>
    token
      .command(words)
      .description(text)
      .option('--url <url>', 'where the desk is')
      .option('--db <file|url>', 'the database of the desk');
  under('create', 'make a token, shown this once')
    .requiredOption('--name <name>', 'whose it is')
    .requiredOption('--scope <scopes>', `of ${NEEDS.join(', ')}, with commas`)
    .option('--account <accounts>', 'only these accounts, with commas; default all of the login')
    .action(({ name, scope, account, ...where }: Where & { name: string; scope: string; account?: string }) =>
      run(where, 'control.createToken', {
        name,
        scopes: scope.split(','),
        ...(account === undefined ? {} : { accounts: account.split(',') }),
      }),
    );
  under('list', 'every token').action((where: Where) => run(where, 'control.tokens', {}));
  under('revoke <id>', 'from now on it opens nothing').action((id: string, where: Where) =>
    run(where, 'control.revokeToken', { id }),
  );
}
