// Runs the desk on the simulated gateway, goes through every route, and writes docs/desk.md and the client's types: `npm run -s docs:desk`.

import { readFileSync, writeFileSync } from 'node:fs';
import { openapi } from '../src/http/openapi.js';
import { VERSION } from '../src/http/server.js';
import { stage } from '../test/stage.js';
import { type Exchange, recordingClient, tour } from '../test/tour.js';
import { CLIENT_TYPES, clientTypes } from './client-types.js';
import { DESK_PAGE, type Described, deskPage } from './routes-page.js';

interface Operation {
  readonly tags: readonly [string];
  readonly summary: string;
  readonly description?: string;
  readonly 'x-needs'?: string;
}

await using at = await stage({ simulate: { accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100, MSFT: 20 } }] } });
const { api, exchanges } = recordingClient(at.url, at.tokens.owner);
await tour(api, at.desk.gateway?.port ?? 0);

const document = openapi(VERSION) as { paths: Record<string, Record<string, Operation>> };
const describe = ({ path, method }: Exchange): Described => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`the document has no ${method} ${path}`);
  return { tag: operation.tags[0], summary: operation.summary, text: operation.description ?? '', need: operation['x-needs'] };
};
// The document would show itself here: its first lines are enough.
const shown = exchanges.map((one) =>
  one.path === '/openapi.json' ? { ...one, answer: { openapi: '3.1.0', info: (one.answer as { info: object }).info } } : one,
);
writeFileSync(DESK_PAGE, deskPage(readFileSync(DESK_PAGE, 'utf8'), shown, describe));
writeFileSync(CLIENT_TYPES, await clientTypes());
