// What stands around every page of the site: head, navigation, search.
import { dirname, relative } from 'node:path';

export interface Shelled {
  /** Within the site. */
  readonly path: string;
  readonly title: string;
  readonly body: string;
}

/** The navigation: groups with their pages, as the guide has them. */
const groups: readonly (readonly [group: string, pages: readonly (readonly [title: string, path: string])[]])[] = [
  [
    'Begin',
    [
      ['Overview', 'index.html'],
      ['Start', 'docs/start.html'],
      ['Accounts and rules', 'docs/accounts.html'],
      ['Placing orders', 'docs/placing-orders.html'],
      ['Streams and gaps', 'docs/streams.html'],
      ['History and pacing', 'docs/history.html'],
      ['Options', 'docs/options.html'],
      ['Tests', 'docs/testing.html'],
      ['Captures', 'docs/captures.html'],
      ['Command line', 'docs/command-line.html'],
      ['Troubleshooting', 'docs/troubleshooting.html'],
      ['Limits', 'docs/limits.html'],
      ['Migration', 'docs/migration.html'],
      ['Examples', 'examples/README.html'],
    ],
  ],
  [
    'Reference',
    [
      ['ibwire', 'docs/api/ibwire.html'],
      ['ibwire/protocol', 'docs/api/ibwire-protocol.html'],
      ['ibwire/rules', 'docs/api/ibwire-rules.html'],
      ['ibwire/capture', 'docs/api/ibwire-capture.html'],
      ['ibwire/gateway', 'docs/api/ibwire-gateway.html'],
      ['ibwire/compat/stoqey', 'docs/api/ibwire-compat-stoqey.html'],
      ['Message kinds', 'docs/wire.html'],
      ['Error codes', 'docs/codes.html'],
      ['Account rules', 'docs/rules.html'],
      ['Settings', 'docs/settings.html'],
      ['Columns', 'docs/columns.html'],
    ],
  ],
  [
    'Inside',
    [
      ['Guide', 'docs/README.html'],
      ['Architecture', 'docs/architecture.html'],
      ['The way of an order', 'docs/orders.html'],
      ['Runtimes', 'docs/runtimes.html'],
      ['Performance', 'docs/performance.html'],
      ['Soak', 'docs/soak.html'],
      ['Faults', 'docs/faults.html'],
      ['Changes', 'CHANGELOG.html'],
    ],
  ],
];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The whole document of a page. */
export function shell({ path, title, body }: Shelled): string {
  const to = (page: string): string => relative(dirname(path), page);
  const navigation = groups
    .map(([group, pages]) => {
      const links = pages.map(([name, page]) => {
        const here = page === path ? ' aria-current="page"' : '';
        return `<li><a href="${to(page)}"${here}>${escaped(name)}</a></li>`;
      });
      return `<h2>${group}</h2><ul>${links.join('')}</ul>`;
    })
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · ibwire</title>
<link rel="stylesheet" href="${to('site.css')}">
<script defer src="${to('search.js')}" data-root="${to('.') || '.'}"></script>
</head>
<body>
<nav aria-label="Pages">
<label>Search <input id="search" type="search" autocomplete="off" placeholder="bars, 162, qualify …"></label>
<ol id="found" aria-live="polite"></ol>
${navigation}
</nav>
<main>
${body}
</main>
</body>
</html>
`;
}
