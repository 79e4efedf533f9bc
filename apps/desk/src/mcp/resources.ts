// What a host can read and watch: accounts, orders, the log. Changes are told by the same events that streams carry.

import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { GatewayError } from 'ibwire';
import type { Caller, CallOf } from '../commands/command.js';
import { commandOf } from '../commands/list.js';
import type { Desk } from '../desk.js';
import { problemOf } from '../http/problems.js';
import type { RingEvent } from '../ring.js';
import { accountsFor } from '../session/account.js';
import { marked, shownJson } from './outside.js';

const ACCOUNTS = 'ibwire://accounts/';
const ORDERS = 'ibwire://orders/';
const JOURNAL = 'ibwire://journal';
const NEWEST = 50;

export interface ResourceParts {
  readonly desk: Desk;
  readonly who: Caller;
  readonly isLegacy: boolean;
}

async function answer(uri: string, work: () => Promise<unknown>): Promise<ReadResourceResult> {
  try {
    const text = shownJson(marked(await work()));
    return { contents: [{ uri, mimeType: 'application/json', text }] };
  } catch (error) {
    const problem = problemOf(error);
    // What the gateway wrote has no marked field here: the code's meaning is enough.
    const text = error instanceof GatewayError ? problem.title : `${problem.title}: ${problem.message}`;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, text, { uri });
  }
}

async function run(name: string, input: Record<string, unknown>, call: CallOf): Promise<unknown> {
  const row = commandOf(name);
  if (row === undefined) throw new TypeError(`no command ${name}`);
  return row.run(row.input.parse(input), call);
}

/** By 2025 a host names what it watches; afterwards its connection does. */
const watched = new WeakMap<McpServer, Set<string>>();

export function resources(server: McpServer, { desk, who, isLegacy }: ResourceParts): void {
  const json = { mimeType: 'application/json' };
  server.registerResource(
    'account',
    new ResourceTemplate(`${ACCOUNTS}{id}`, {
      list: () => {
        const { current } = desk.connection;
        const ids = current === undefined ? [] : accountsFor(current, who);
        return { resources: ids.map((id) => ({ uri: `${ACCOUNTS}${id}`, name: `account ${id}`, ...json })) };
      },
    }),
    { title: 'An account', description: 'Its numbers and positions', ...json },
    (uri, { id }, { mcpReq: { signal } }) =>
      answer(uri.href, async () => {
        const call = { desk, who, signal };
        const summary = (await run('accounts.summary', { account: id }, call)) as object;
        return { ...summary, positions: await run('portfolio.positions', { account: id }, call) };
      }),
  );
  server.registerResource(
    'order',
    new ResourceTemplate(`${ORDERS}{id}`, {
      list: async () => {
        const drafts = await desk.drafts.list({ accounts: who.accounts, limit: NEWEST });
        return {
          resources: drafts.map(({ id, state }) => ({ uri: `${ORDERS}${id}`, name: `order ${id}`, description: state, ...json })),
        };
      },
    }),
    { title: 'An order', description: 'A draft and everything the log tells of it', ...json },
    (uri, { id }, { mcpReq: { signal } }) => answer(uri.href, () => run('journal.explain', { id }, { desk, who, signal })),
  );
  server.registerResource(
    'journal',
    JOURNAL,
    { title: 'The order log', description: 'Its newest lines', ...json },
    (uri, { mcpReq: { signal } }) => answer(uri.href, () => run('journal.entries', { limit: NEWEST }, { desk, who, signal })),
  );
  if (!isLegacy) return;
  const mine = new Set<string>();
  watched.set(server, mine);
  server.server.setRequestHandler('resources/subscribe', ({ params }) => {
    mine.add(params.uri);
    return {};
  });
  server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    mine.delete(params.uri);
    return {};
  });
}

interface Told {
  readonly draft?: { readonly id: string; readonly account: string };
  readonly fill?: { readonly draftId?: string; readonly account: string };
}

/** Which resources an event of the desk changes. */
export function changedBy({ topic, data }: RingEvent): readonly string[] {
  if (topic !== 'orders' && topic !== 'session') return [];
  const { draft, fill } = data as Told;
  const order = draft?.id ?? fill?.draftId;
  const { is } = data as { readonly is?: string };
  return [
    ...(order === undefined ? [] : [`${ORDERS}${order}`]),
    ...(fill === undefined ? [] : [`${ACCOUNTS}${fill.account}`]),
    ...((topic === 'orders' && is !== 'order') || is === 'stopped' || is === 'released' ? [JOURNAL] : []),
  ];
}

/** Over a connection that stays: tells of a change, where the host watches it. */
export async function tellChange(server: McpServer, uri: string): Promise<void> {
  const mine = watched.get(server);
  if (!server.isConnected() || mine?.has(uri) === false) return;
  await server.server.sendResourceUpdated({ uri });
}
