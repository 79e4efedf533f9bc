// The nine routes of /api/ibkr: a small face over the same commands and the same one way through.

import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import type { Caller, CallOf } from '../commands/command.js';
import { commandOf } from '../commands/list.js';
import type { Desk } from '../desk.js';
import type { DraftOut } from '../orders/record.js';
import { checkScope } from './access.js';
import { keyOf, parsed } from './routes.js';

const marketType = z.enum(['USStock', 'HShare']);
const symbol = z.string().min(1).max(20);
const positive = z.union([z.number().positive().finite(), z.string().regex(/^\d+(\.\d+)?$/)]).transform((value) => plain(value));

const plain = (value: number | string): string => {
  const text = String(value);
  return text.includes('e')
    ? Number(value)
        .toFixed(10)
        .replace(/\.?0+$/, '')
    : text;
};

export const connectBody = z.object({
  host: z.string().max(255).default('127.0.0.1'),
  port: z.int().min(1).max(65_535),
  clientId: z.int().min(0).default(1),
  account: z.string().optional(),
  readonly: z.boolean().optional(),
});

export const orderBody = z
  .object({
    symbol,
    side: z.enum(['buy', 'sell']),
    quantity: positive,
    marketType,
    orderType: z.enum(['market', 'limit']).default('market'),
    price: positive.optional(),
    account: z.string().optional(),
  })
  .refine(({ orderType, price }) => orderType === 'market' || price !== undefined, {
    path: ['price'],
    error: 'a limit order needs a price',
  });

/** `USStock` is a ticker; `HShare` is 0700.HK, 00700 or 700, all the same share. */
export function contractFor(name: string, of: z.output<typeof marketType>): { readonly symbol: string; readonly market: string } {
  return { symbol: name.toUpperCase(), market: of === 'HShare' ? 'HK' : 'US' };
}

export const shownOrder = (draft: DraftOut): Record<string, unknown> => ({
  id: draft.id,
  orderId: draft.orderId ?? null,
  status: draft.state,
  outcome: draft.outcome?.status ?? null,
  filled: draft.outcome?.filled ?? '0',
  averagePrice: draft.outcome?.averagePrice ?? null,
  draft,
});

export function ibkrRoutes(app: FastifyInstance, desk: Desk): void {
  const run = async (name: string, input: object, who: Caller, more: Partial<CallOf> = {}): Promise<unknown> => {
    const row = commandOf(name);
    if (row === undefined) throw new TypeError(`no command ${name}`);
    checkScope(who, row.need);
    return row.run(parsed(row.input, input), { desk, who, ...more });
  };

  app.get('/api/ibkr/status', ({ caller }) => run('session.status', {}, caller));
  app.post('/api/ibkr/connect', async ({ caller, body }) => {
    checkScope(caller, 'operate');
    return run('session.connect', parsed(connectBody, body ?? {}), caller);
  });
  app.post('/api/ibkr/disconnect', ({ caller }) => run('session.disconnect', {}, caller));
  app.get('/api/ibkr/account', async ({ caller, query }) => {
    const asked = parsed(z.object({ account: z.string().optional() }), query);
    const [summary, values] = await Promise.all([run('accounts.summary', asked, caller), run('accounts.values', asked, caller)]);
    return { ...(values as object), ...(summary as object) };
  });
  app.get('/api/ibkr/positions', async ({ caller }) => ({ positions: await run('portfolio.positions', {}, caller) }));
  app.get('/api/ibkr/orders', async ({ caller }) => ({
    orders: await run('orders.list', { ended: true }, caller),
    waiting: await run('orders.drafts', { state: ['waiting'] }, caller),
  }));
  app.post('/api/ibkr/order', async (request, reply: FastifyReply) => {
    const { caller, body } = request;
    checkScope(caller, 'propose');
    const asked = parsed(orderBody, body ?? {});
    const { draft } = await desk.orders.draft(
      {
        contract: contractFor(asked.symbol, asked.marketType),
        order: {
          action: asked.side === 'buy' ? 'BUY' : 'SELL',
          orderType: asked.orderType === 'limit' ? 'LMT' : 'MKT',
          totalQuantity: asked.quantity,
          ...(asked.orderType === 'limit' && asked.price !== undefined ? { lmtPrice: asked.price } : {}),
        },
        ...(asked.account === undefined ? {} : { account: asked.account }),
      },
      caller,
      { key: keyOf(request), approve: caller.scopes.has('approve') },
    );
    reply.code(draft.state === 'waiting' ? 202 : 201);
    return shownOrder(draft);
  });
  app.delete('/api/ibkr/order/:id', async ({ caller, params }) => {
    const { id } = parsed(z.object({ id: z.string().regex(/^[A-Za-z0-9]{1,40}$/) }), params);
    return run('orders.cancel', { id }, caller);
  });
  app.get('/api/ibkr/quote', async ({ caller, query }) => {
    checkScope(caller, 'read');
    const asked = parsed(z.object({ symbol, marketType: marketType.default('USStock') }), query);
    return run('quotes.snapshot', contractFor(asked.symbol, asked.marketType), caller);
  });
}
