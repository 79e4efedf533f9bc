// OpenAPI 3.1 from the table of commands, and the nine routes beside it.

import * as z from 'zod';
import type { Command } from '../commands/command.js';
import { commandOf, commands } from '../commands/list.js';
import { connectBody, orderBody } from './ibkr.js';
import { methodOf, pathOf } from './routes.js';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  return rest;
};

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

const answers = (schema: Json, ...more: readonly number[]): Json => ({
  200: { description: 'Done', content: json(schema) },
  ...Object.fromEntries(
    more.map((status) => [status, { description: status === 201 ? 'Sent' : 'Waits for approval', content: json(schema) }]),
  ),
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
    responses: isDraft ? answers(output, 201, 202) : answers(output),
  };
}

const out = (name: string): Json => schemaOf(commandOf(name)?.output ?? z.unknown());
const path = (name: string, summary: string, of: Json): Json => ({ operationId: `ibkr${name}`, tags: ['ibkr'], summary, ...of });
const query = (name: string, schema: Json, required: boolean): Json => ({ name, in: 'query', required, schema });
const market = { type: 'string', enum: ['USStock', 'HShare'] };

function ninePaths(): Json {
  const list = (name: string, of: Json): Json => ({ type: 'object', properties: { [name]: of }, required: [name] });
  const order = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      orderId: { type: ['integer', 'null'] },
      status: { type: 'string' },
      draft: out('orders.get'),
    },
    required: ['id', 'orderId', 'status', 'draft'],
  };
  const body = (schema: z.ZodType): Json => ({ requestBody: { required: true, content: json(schemaOf(schema)) } });
  const status = answers(out('session.status'));
  return {
    '/api/ibkr/status': { get: path('Status', 'Status', { responses: status }) },
    '/api/ibkr/connect': { post: path('Connect', 'Connect', { ...body(connectBody), responses: status }) },
    '/api/ibkr/disconnect': { post: path('Disconnect', 'Disconnect', { responses: status }) },
    '/api/ibkr/account': { get: path('Account', 'Numbers of the account', { responses: answers({ type: 'object' }) }) },
    '/api/ibkr/positions': {
      get: path('Positions', 'Positions', { responses: answers(list('positions', out('portfolio.positions'))) }),
    },
    '/api/ibkr/orders': { get: path('Orders', 'Orders', { responses: answers(list('orders', out('orders.list'))) }) },
    '/api/ibkr/order': {
      post: path('Order', 'Place an order, or draft it', {
        parameters: [KEY],
        ...body(orderBody),
        responses: answers(order, 201, 202),
      }),
    },
    '/api/ibkr/order/{id}': {
      delete: path('Cancel', 'Cancel an order', {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: answers(out('orders.cancel')),
      }),
    },
    '/api/ibkr/quote': {
      get: path('Quote', 'Quote', {
        parameters: [query('symbol', { type: 'string' }, true), query('marketType', market, false)],
        responses: answers(out('quotes.snapshot')),
      }),
    },
  };
}

export function openapi(version: string): Json {
  const paths = Object.fromEntries(commands.map((row) => [pathOf(row), { [methodOf(row).toLowerCase()]: operationOf(row) }]));
  return {
    openapi: '3.1.0',
    info: { title: 'ibwire desk', version, description: 'One session with TWS or IB Gateway, under one policy' },
    security: [{ bearer: [] }],
    paths: { ...paths, ...ninePaths() },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
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
