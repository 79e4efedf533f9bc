// /mcp: the same desk for assistants over HTTP. Who may call, from where and how often was decided before it comes here.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { changedBy } from './resources.js';
import { createDeskMcp, type McpOptions } from './server.js';

export interface McpHttp {
  /** Answers one request into `response`. `body`: as it came. */
  answer(
    caller: Caller,
    of: {
      readonly request: IncomingMessage;
      readonly response: ServerResponse;
      readonly body: string;
      /** Headers that every answer of the desk has. */
      readonly headers: Readonly<Record<string, string | number | readonly string[] | undefined>>;
    },
  ): Promise<void>;
  close(): Promise<void>;
}

/** Was read where the caller was let in, and goes no further. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie']);

export function createMcpHttp(desk: Desk, options: McpOptions & { readonly onError?: (text: string) => void }): McpHttp {
  const callers = new WeakMap<AuthInfo, Caller>();
  const mcp = createDeskMcp(desk, options);
  const handler = createMcpHandler(
    mcp.factory(({ authInfo }) => {
      const caller = authInfo === undefined ? undefined : callers.get(authInfo);
      if (caller === undefined) throw new TypeError('nobody stands behind this request');
      // Whoever holds the token can answer for a person: that counts only where the token may approve.
      return { who: caller, mayAsk: caller.scopes.has('approve') };
    }, 'http'),
  );
  const off = desk.ring.on((event) => {
    for (const uri of changedBy(event)) handler.notify.resourceUpdated(uri);
  });
  const open = new Set<AbortController>();

  return {
    async answer(caller, { request, response, body, headers }) {
      const control = new AbortController();
      open.add(control);
      const end = (): void => control.abort();
      response.once('close', end);
      const offRevoked = desk.tokens.onRevoked((id) => {
        if (id === caller.id) response.destroy();
      });
      try {
        const told = new Headers();
        for (const [name, value] of Object.entries(request.headers))
          if (value !== undefined && !SECRET.has(name)) told.set(name, Array.isArray(value) ? value.join(', ') : value);
        const method = request.method ?? 'GET';
        const asked = new Request(`http://desk.local${request.url ?? '/mcp'}`, {
          method,
          headers: told,
          signal: control.signal,
          ...(method === 'POST' ? { body } : {}),
        });
        const authInfo: AuthInfo = { token: '', clientId: caller.id, scopes: [...caller.scopes] };
        callers.set(authInfo, caller);
        const answer = await handler.fetch(asked, { authInfo });
        for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        if (answer.body === null) response.end();
        else await pipeline(answer.body, response);
      } catch (error) {
        if (control.signal.aborted) return;
        options.onError?.(error instanceof Error ? (error.stack ?? error.message) : String(error));
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      } finally {
        open.delete(control);
        offRevoked();
        response.off('close', end);
      }
    },
    async close() {
      off();
      await handler.close();
      for (const control of open) control.abort();
    },
  };
}
