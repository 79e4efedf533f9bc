// What a tool answers: structured, with the same JSON as text; and errors that a model can correct.

import type { CallToolResult } from '@modelcontextprotocol/server';
import { GatewayError } from 'ibwire';
import * as z from 'zod';
import { iso } from '../clock.js';
import type { Desk } from '../desk.js';
import { problemOf } from '../http/problems.js';
import { marked, shownJson } from './outside.js';
import type { Json } from './schema.js';

export type DataState = 'live' | 'delayed' | 'stale' | 'unknown';

/** Members of every answer: when it was true, and how fresh that was; the instructions of the server name the states. */
export const envelope = { asOf: z.string(), state: z.string() } as const;

const BY_SOURCE: Readonly<Record<string, DataState>> = {
  live: 'live',
  delayed: 'delayed',
  frozen: 'stale',
  delayedFrozen: 'stale',
};

/** Of a quote by its kind of data; of everything else by whether the session stands. */
export function stateOf(desk: Desk, output: Json): DataState {
  const at = desk.connection.current?.ib.state.at;
  if (at !== 'ready' && at !== 'degraded') return 'stale';
  const { source } = output;
  if (typeof source === 'string') return BY_SOURCE[source] ?? 'unknown';
  return at === 'ready' ? 'live' : 'stale';
}

export function answered(desk: Desk, output: Json): CallToolResult {
  const asOf = typeof output['asOf'] === 'string' ? output['asOf'] : iso(desk.timer);
  const structuredContent = { ...(marked(output) as Json), asOf, state: stateOf(desk, output) };
  return { content: [{ type: 'text', text: shownJson(structuredContent) }], structuredContent };
}

/** Text that the gateway wrote is marked; the rest is the desk's own. */
export function failed(error: unknown): CallToolResult {
  const problem = problemOf(error);
  const { remedy, findings, retryAfter, extra } = problem.more;
  const body = {
    error: problem.slug,
    title: problem.title,
    detail: error instanceof GatewayError ? { untrusted: problem.message } : problem.message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(findings === undefined ? {} : { findings: marked(findings) }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
    ...(marked(extra ?? {}) as Json),
  };
  return { isError: true, content: [{ type: 'text', text: shownJson(body) }] };
}
