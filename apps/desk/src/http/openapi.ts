// OpenAPI 3.1 from the table of commands, and the nine routes beside it.

import * as z from 'zod';
import type { Command } from '../commands/command.js';
import { commandOf, commands } from '../commands/list.js';
import { COOKIE } from './access.js';
import { connectBody, orderBody } from './ibkr.js';
import { methodOf, pathOf } from './routes.js';

type Json = Record<string, unknown>;

/** Schemas that have a name, by it. */
const named: Record<string, Json> = {};

const inComponents = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  for (const [name, of] of Object.entries($defs as Record<string, Json>)) named[name] = inComponents(of);
  return inComponents(rest);
}

const json = (schema: Json): Json => ({ 'application/json': { schema } });
const problem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parametersOf(input: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(input) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name) && schema['default'] === undefined,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A repeat with the same key and body gets the first answer; another body is 422',
  schema: { type: 'string', maxLength: 255 },
};

const done = (schema: Json): Json => ({ 200: { description: 'Done', content: json(schema) }, default: problem });
/** An order is sent, or it waits. */
const sent = (schema: Json): Json => ({
  201: { description: 'Sent', content: json(schema) },
  202: { description: 'Waits for approval', content: json(schema) },
  default: problem,
});

export const operationId = (name: string): string => name.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase());

function operationOf(row: Command): Json {
  const isDraft = row.status !== undefined;
  const output = schemaOf(row.output);
  return {
    operationId: operationId(row.name),
    tags: [row.name.split('.')[0]],
    summary: row.title,
    description: row.text,
    'x-needs': row.need,
    ...(methodOf(row) === 'GET'
      ? { parameters: parametersOf(row.input) }
      : { ...(isDraft ? { parameters: [KEY] } : {}), requestBody: { required: true, content: json(schemaOf(row.input)) } }),
    responses: isDraft ? sent(output) : done(output),
  };
}

const out = (name: string): Json => schemaOf(commandOf(name)?.output ?? z.unknown());
const path = (name: string, summary: string, of: Json): Json => ({ operationId: `ibkr${name}`, tags: ['ibkr'], summary, ...of });
const query = (name: string, schema: Json, required: boolean): Json => ({ name, in: 'query', required, schema });
const market = { type: 'string', enum: ['USStock', 'HShare'] };

function ninePaths(): Json {
  const object = (properties: Json): Json => ({ type: 'object', properties, required: Object.keys(properties) });
  const order = object({
    id: { type: 'string' },
    orderId: { type: ['integer', 'null'] },
    status: { type: 'string' },
    outcome: { type: ['string', 'null'] },
    filled: { type: 'string' },
    averagePrice: { type: ['string', 'null'] },
    draft: out('orders.get'),
  });
  const body = (schema: z.ZodType): Json => ({ requestBody: { required: true, content: json(schemaOf(schema)) } });
  const status = done(out('session.status'));
  return {
    '/api/ibkr/status': { get: path('Status', 'Status', { responses: status }) },
    '/api/ibkr/connect': { post: path('Connect', 'Connect', { ...body(connectBody), responses: status }) },
    '/api/ibkr/disconnect': { post: path('Disconnect', 'Disconnect', { responses: status }) },
    '/api/ibkr/account': {
      get: path('Account', 'Numbers of the account', {
        responses: done({ allOf: [out('accounts.summary'), out('accounts.values')] }),
      }),
    },
    '/api/ibkr/positions': {
      get: path('Positions', 'Positions', { responses: done(object({ positions: out('portfolio.positions') })) }),
    },
    '/api/ibkr/orders': {
      get: path('Orders', 'Orders', { responses: done(object({ orders: out('orders.list'), waiting: out('orders.drafts') })) }),
    },
    '/api/ibkr/order': {
      post: path('Order', 'Place an order, or draft it', {
        parameters: [KEY],
        ...body(orderBody),
        responses: sent(order),
      }),
    },
    '/api/ibkr/order/{id}': {
      delete: path('Cancel', 'Cancel an order', {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: done(out('orders.cancel')),
      }),
    },
    '/api/ibkr/quote': {
      get: path('Quote', 'Quote', {
        parameters: [query('symbol', { type: 'string' }, true), query('marketType', market, false)],
        responses: done(out('quotes.snapshot')),
      }),
    },
  };
}

const LAST_EVENT_ID = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The last number that was seen: what came after it is told first',
  schema: { type: 'string' },
};

function streamPaths(): Json {
  const events = {
    200: {
      description: 'Events as they come: `id`, `event`, `data` as JSON; an event `gap` where some are no longer kept',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    default: problem,
  };
  const stream = (topic: string, summary: string, parameters: readonly Json[] = []): Json => ({
    [`/v1/streams/${topic}`]: {
      get: {
        ...{ operationId: `streams${topic[0]?.toUpperCase()}${topic.slice(1)}`, tags: ['streams'], summary, 'x-needs': 'read' },
        ...{ parameters: [...parameters, LAST_EVENT_ID], responses: events },
      },
    },
  });
  const some = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 80 };
  const after = {
    ...query('after', { type: 'string' }, false),
    description: '`lastEvent` of the status: the same for a reader that has seen none yet',
  };
  return {
    ...stream('orders', 'Drafts, fills and the circuit breaker', [after]),
    ...stream('session', 'States of the session, notices of the gateway, the stop', [after]),
    ...stream('quotes', 'Quotes that change', [query('symbol', some, true), query('market', { type: 'string' }, false)]),
  };
}

/** What needs no token. */
function openPaths(): Json {
  const fact = (name: string): Json => ({ type: 'object', properties: { [name]: { type: 'boolean' } }, required: [name] });
  const open = (id: string, summary: string, responses: Json): Json => ({
    get: { operationId: id, tags: ['open'], summary, security: [], responses },
  });
  return {
    '/healthz': open('healthz', 'The process runs', done(fact('ok'))),
    '/readyz': open('readyz', 'The session with the gateway stands', {
      ...done(fact('ready')),
      503: { description: 'It does not', content: json(fact('ready')) },
    }),
    '/openapi.json': open('openapi', 'This document', done({ type: 'object' })),
  };
}

const cookiePath: Json = {
  post: {
    ...{ operationId: 'cookie', tags: ['open'], summary: 'A cookie for a page of this origin, made of the token' },
    responses: done({ type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] }),
  },
};

export function openapi(version: string): Json {
  const paths = Object.fromEntries(commands.map((row) => [pathOf(row), { [methodOf(row).toLowerCase()]: operationOf(row) }]));
  return {
    openapi: '3.1.0',
    info: { title: 'ibwire desk', version, description: 'One session with TWS or IB Gateway, under one policy' },
    security: [{ bearer: [] }, { cookie: [] }],
    paths: { ...paths, ...ninePaths(), ...streamPaths(), ...openPaths(), '/session': cookiePath },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: COOKIE } },
      schemas: {
        ...named,
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          required: ['type', 'title', 'status', 'detail', 'requestId'],
          properties: {
            ...{ type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
            ...{ instance: { type: 'string' }, requestId: { type: 'string' }, remedy: { type: 'string' } },
            ...{ retryAfter: { type: 'integer' }, findings: { type: 'array', items: { type: 'object' } } },
          },
        },
      },
    },
  };
}
