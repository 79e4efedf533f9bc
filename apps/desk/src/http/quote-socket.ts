// One WebSocket for quotes: `{"subscribe":["AAPL"]}` in, `{"quotes":[…]}` out in batches; the newest state, never a backlog.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { lineOf } from '../commands/quotes.js';
import { contractInput } from '../commands/schemas.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { checkScope } from './access.js';
import { problemBody, problemOf } from './problems.js';
import { createQuoteFeed } from './quote-feed.js';

const named = z.union([
  z
    .string()
    .min(1)
    .max(40)
    .transform((symbol) => ({ symbol })),
  contractInput,
]);
const message = z.union([
  z.strictObject({ subscribe: z.array(named).min(1).max(80) }),
  z.strictObject({ unsubscribe: z.array(z.int().positive()).min(1).max(80).describe('conIds') }),
]);

/** More than this unsent, and a batch is left out: the next one holds the newest state all the same. */
const MOST_UNSENT = 1024 * 1024;

export function quoteSocket(app: FastifyInstance, desk: Desk): void {
  const preValidation = async ({ caller }: FastifyRequest): Promise<void> => checkScope(caller, 'read');
  app.get('/v1/quotes/socket', { websocket: true, preValidation }, (socket, request) => {
    const send = (body: unknown): void => {
      if (socket.readyState === socket.OPEN && socket.bufferedAmount < MOST_UNSENT) socket.send(JSON.stringify(body));
    };
    const feed = createQuoteFeed(desk.timer, (quotes) => send({ quotes }));
    const problem = (error: unknown): void => send({ problem: problemBody(problemOf(error), request.id, '/v1/quotes/socket') });
    const take = async (text: string): Promise<void> => {
      const read = message.safeParse(JSON.parse(text));
      if (!read.success) throw new Problem(400, 'input', 'The message cannot be read', z.prettifyError(read.error));
      if ('unsubscribe' in read.data) {
        for (const conId of read.data.unsubscribe) feed.unwatch(conId);
        return;
      }
      await Promise.all(
        read.data.subscribe.map(async (asked) => {
          try {
            const line = await lineOf(desk, asked);
            if (socket.readyState === socket.OPEN) feed.watch(line);
          } catch (error) {
            problem(error);
          }
        }),
      );
    };
    socket.on('message', (data: Buffer) => {
      take(data.toString('utf8')).catch((error: unknown) =>
        problem(error instanceof SyntaxError ? new Problem(400, 'input', 'The message cannot be read', 'it is no JSON') : error),
      );
    });
    const offRevoked = desk.tokens.onRevoked((id) => {
      if (id === request.caller.id) socket.close(1008, 'the token is revoked');
    });
    socket.on('close', () => {
      offRevoked();
      feed.close();
    });
  });
}
