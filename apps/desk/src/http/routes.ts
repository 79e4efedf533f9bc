// A route for every command: reads by GET with a query, everything else by POST with a body.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Command } from '../commands/command.js';
import { commands } from '../commands/list.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { checkScope } from './access.js';
import { queryReader } from './query.js';

export const pathOf = ({ name }: Pick<Command, 'name'>): string => `/v1/${name.replace('.', '/')}`;
export const methodOf = ({ need }: Pick<Command, 'need'>): 'GET' | 'POST' => (need === 'read' ? 'GET' : 'POST');

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

/** Ends with the connection of the caller. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const control = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) control.abort(new Problem(499, 'gone', 'The caller left', 'the connection was closed'));
  });
  return control.signal;
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
        const signal = method === 'GET' ? signalOf(reply) : undefined;
        const output = await row.run(input, { desk, who: caller, key: method === 'GET' ? undefined : keyOf(request), signal });
        if (validateAnswers) {
          const told = row.output.safeParse(output);
          if (!told.success) throw new Error(`${row.name} answers against its schema: ${z.prettifyError(told.error)}`);
        }
        reply.code(row.status?.(output) ?? 200);
        reply.header('content-type', 'application/json; charset=utf-8');
        return JSON.stringify(output);
      },
    });
  }
}
