// The dashboard as files, from the same origin and version as the routes. Nothing in it is secret: what it shows needs a token.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** No script and no style but from files of this origin, no frame, no form, no foreign host. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const MISSING = `<!doctype html><html lang="en"><meta charset="utf-8"><title>ibwire desk</title>
<p>The desk runs; its dashboard is not built. In a clone: <code>npm run -s build:web</code>, then load this page again.</p></html>`;

/** Beside the program that was built, or where a clone builds it. */
const PLACES = ['./web/', '../web/', '../../dist/web/'];

function builtAt(): string | undefined {
  return PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((folder) =>
    existsSync(join(folder, 'assets')),
  );
}

const filesOf = (folder: string, inside = ''): readonly string[] =>
  readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(folder, `${inside}${entry.name}/`) : [`${inside}${entry.name}`],
  );

/** Paths of pages, which need no token. */
export function pageRoutes(app: FastifyInstance, folder = builtAt()): ReadonlySet<string> {
  const paths = new Set<string>();
  const page = (path: string, type: string, body: string | Buffer): void => {
    paths.add(path);
    app.get(path, (_, reply) => {
      reply.headers({
        'content-type': type,
        'content-security-policy': POLICY,
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        // The names of assets change with what is in them.
        'cache-control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
      });
      return body;
    });
  };
  if (folder === undefined) page('/', TYPES['.html'] ?? '', MISSING);
  else
    for (const name of filesOf(folder)) {
      const type = TYPES[extname(name)];
      if (type !== undefined) page(name === 'index.html' ? '/' : `/${name}`, type, readFileSync(join(folder, name)));
    }
  return paths;
}
