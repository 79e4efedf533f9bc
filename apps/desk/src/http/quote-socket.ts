// One WebSocket for what moves: `{"subscribe":["AAPL"]}` in, `{"quotes":[…]}` out in batches; the newest state, never a backlog.
// `{"depth":"AAPL"}` and `{"trades":"AAPL"}` follow the book and the trades of one instrument, `null` gives them back.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { openLine } from '../commands/quotes.js';
import { type ContractAsked, contractInput } from '../commands/schemas.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { qualified } from '../session/contract.js';
import { checkScope } from './access.js';
import { depthFeed, type Feed, tradeFeed } from './depth-feed.js';
import { problemBody, problemOf } from './problems.js';
import { createQuoteFeed } from './quote-feed.js';

const named: z.ZodType<ContractAsked> = z.union([
  z
    .string()
    .min(1)
    .max(40)
    .transform((symbol) => ({ symbol })),
  contractInput,
]);
type Named = ContractAsked;
const nameOf = ({ conId, symbol }: Named): string | number | undefined => conId ?? symbol;
const message = z.union([
  z.strictObject({ subscribe: z.array(named).min(1).max(80) }),
  z.strictObject({ unsubscribe: z.array(z.int().positive()).min(1).max(80).describe('conIds') }),
  z.strictObject({ depth: named.nullable() }),
  z.strictObject({ trades: named.nullable() }),
]);

/** More than this unsent, and a batch waits: what is newest then is all that it holds. */
const MOST_UNSENT = 1024 * 1024;
/** Instruments that one socket looks up at once; the rest wait their turn. */
const AT_ONCE = 16;

/** Runs so many at once, in the order in which they were given. */
function inTurn(most: number): (work: () => Promise<void>) => void {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const next = (): void => {
    const work = running < most ? waiting.shift() : undefined;
    if (work === undefined) return;
    running++;
    work().finally(() => {
      running--;
      next();
    });
  };
  return (work) => {
    waiting.push(work);
    next();
  };
}

export function quoteSocket(app: FastifyInstance, desk: Desk): void {
  const preValidation = async ({ caller }: FastifyRequest): Promise<void> => checkScope(caller, 'read');
  app.get('/v1/quotes/socket', { websocket: true, preValidation }, (socket, request) => {
    const isOpen = (): boolean => socket.readyState === socket.OPEN;
    const send = (body: unknown): void => {
      if (isOpen()) socket.send(JSON.stringify(body));
    };
    /** Of what comes again and again: not while the reader is behind. */
    const offer = (body: unknown): boolean => {
      if (socket.bufferedAmount >= MOST_UNSENT) return false;
      send(body);
      return true;
    };
    const bodyOf = (error: unknown) => problemBody(problemOf(error), request.id, '/v1/quotes/socket');
    /** `of`: what was asked for, as it was asked. */
    const problem = (error: unknown, of?: Named): void =>
      send({ problem: bodyOf(error), ...(of === undefined ? {} : { of: nameOf(of) }) });
    const feed = createQuoteFeed(
      desk.timer,
      (quotes, notes) => offer({ quotes, ...notes }),
      ({ contract }, cause, names) => {
        for (const of of names.size === 0 ? [contract.conId] : names) send({ problem: bodyOf(cause), of });
      },
    );
    const subscribe = inTurn(AT_ONCE);
    const subscribed = async (asked: Named): Promise<void> => {
      if (!isOpen()) return;
      try {
        const line = await openLine(desk, asked, undefined, 'watched');
        if (isOpen()) feed.watch(line, nameOf(asked));
      } catch (error) {
        problem(error, asked);
      }
    };
    const feeds = { depth: undefined as Feed | undefined, trades: undefined as Feed | undefined };
    const rounds = { depth: 0, trades: 0 };
    /** One of each at a time: the next takes the place of the last. */
    const follow = async (what: 'depth' | 'trades', asked: Named | null): Promise<void> => {
      const round = ++rounds[what];
      feeds[what]?.close();
      feeds[what] = undefined;
      if (asked === null) return;
      const of = nameOf(asked);
      const failed = (error: unknown): void => {
        if (round === rounds[what]) send({ [what]: { of, problem: bodyOf(error) } });
      };
      try {
        const contract = await qualified(desk.connection.need().ib, asked);
        if (!isOpen() || round !== rounds[what]) return;
        const tell = (told: object): boolean => offer({ [what]: { of, conId: contract.conId, ...told } });
        feeds[what] = (what === 'depth' ? depthFeed : tradeFeed)(desk, contract, { tell, failed });
      } catch (error) {
        failed(error);
      }
    };
    const take = async (text: string): Promise<void> => {
      const read = message.safeParse(JSON.parse(text));
      if (!read.success) throw new Problem(400, 'input', 'The message cannot be read', z.prettifyError(read.error));
      if ('unsubscribe' in read.data) for (const conId of read.data.unsubscribe) feed.unwatch(conId);
      else if ('subscribe' in read.data) for (const asked of read.data.subscribe) subscribe(() => subscribed(asked));
      else if ('depth' in read.data) await follow('depth', read.data.depth);
      else await follow('trades', read.data.trades);
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
      for (const what of ['depth', 'trades'] as const) {
        rounds[what]++;
        feeds[what]?.close();
      }
    });
  });
}
