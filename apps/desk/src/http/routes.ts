// A route for every command: reads by GET with a query, everything else by POST with a body.

import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { CallOf, Command } from '../commands/command.js';
import { commands } from '../commands/list.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { checkScope } from './access.js';
import { queryReader } from './query.js';

export const pathOf = ({ name }: Pick<Command, 'name'>): string => `/v1/${name.replace('.', '/')}`;
export const methodOf = ({ need, changes }: Pick<Command, 'need' | 'changes'>): 'GET' | 'POST' =>
  need === 'read' && changes !== true ? 'GET' : 'POST';

export interface RouteOptions {
  /** Holds every answer against its schema; for tests. */
  readonly validateAnswers: boolean;
}

export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const errors = found.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
  throw new Problem(400, 'input', 'The request cannot be read', errors.map(({ at, message }) => `${at}: ${message}`).join('; '), {
    remedy: 'See /openapi.json for what the command takes.',
    extra: { errors },
  });
}

/** A key of the caller's choice; @throws {Problem} 400 for one that is none. */
export function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem(400, 'key', 'No such key', 'Idempotency-Key is 1 to 255 visible characters');
  return key;
}

const signals = new WeakMap<Socket, AbortSignal>();

/** Ends with the connection of the caller: one for all of its requests, since a signal costs more than a quote. */
function signalOf({ raw: { socket } }: FastifyRequest): AbortSignal {
  const known = signals.get(socket);
  if (known !== undefined) return known;
  const control = new AbortController();
  socket.once('close', () => control.abort(new Problem(499, 'gone', 'The caller left', 'the connection was closed')));
  signals.set(socket, control.signal);
  return control.signal;
}

async function answerOf(
  row: Command,
  input: z.output<z.ZodObject>,
  call: CallOf,
): Promise<{ readonly status: number; readonly text: string }> {
  if (row.json !== undefined) return { status: 200, text: await row.json(input, call) };
  const output = await row.run(input, call);
  return { status: row.status?.(output) ?? 200, text: JSON.stringify(output) };
}

/** @throws where the answer lacks what its schema names, or holds what it does not name. */
function checkAnswer({ name, output }: Command, text: string): void {
  const answer: unknown = JSON.parse(text);
  const told = output.safeParse(answer);
  if (!told.success) throw new Error(`${name} answers against its schema: ${z.prettifyError(told.error)}`);
  if (!isDeepStrictEqual(told.data, answer)) throw new Error(`${name} answers more than its schema names: ${text}`);
}

export function commandRoutes(app: FastifyInstance, desk: Desk, { validateAnswers }: RouteOptions): void {
  for (const row of commands) {
    const method = methodOf(row);
    const read = method === 'GET' ? queryReader(row.input) : undefined;
    app.route({
      method,
      url: pathOf(row),
      async handler(request, reply) {
        const { caller } = request;
        checkScope(caller, row.need);
        const input = parsed(
          row.input,
          read === undefined ? (request.body ?? {}) : read(request.query as Record<string, unknown>),
        );
        // What changes something is finished even when nobody waits for the answer any more.
        const signal = method === 'GET' ? signalOf(request) : undefined;
        const key = method === 'GET' ? undefined : keyOf(request);
        const { status, text } = await answerOf(row, input, { desk, who: caller, key, signal });
        if (validateAnswers) checkAnswer(row, text);
        reply.code(status);
        reply.header('content-type', 'application/json; charset=utf-8');
        return text;
      },
    });
  }
}
