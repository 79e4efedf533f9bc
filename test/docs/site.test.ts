// The site of the documentation: every link of every page leads to a file and a heading of the site, and the search has them all.
import { dirname, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../scripts/site/pages.js';

const site = buildSite();
const htmls = [...site.files].filter((one): one is [string, string] => one[0].endsWith('.html') && typeof one[1] === 'string');
const idsOf = new Map(
  htmls.map(([path, html]) => [path, new Set([...html.matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id))]),
);

describe('the site', () => {
  it('has a page for the README, the guide, the report and the examples', () => {
    expect(htmls.length).toBeGreaterThan(30);
    for (const path of ['index.html', 'docs/start.html', 'docs/api/ibwire.html', 'examples/README.html'])
      expect(idsOf.has(path), path).toBe(true);
  });

  it('leads somewhere with every link', () => {
    const broken = htmls.flatMap(([path, html]) =>
      [...html.matchAll(/ (?:href|src)="([^"]+)"/g)]
        .map(([, to = '']) => to)
        .filter((to) => !leadsSomewhere(path, to))
        .map((to) => `${path}: ${to}`),
    );
    expect(broken).toEqual([]);
  });

  it('finds every heading, and each result leads to its heading', () => {
    expect(site.sections.length).toBeGreaterThan(500);
    const lost = site.sections.filter(({ page, anchor }) => anchor !== '' && idsOf.get(page)?.has(anchor) !== true);
    expect(lost).toEqual([]);
    expect(site.sections.some(({ heading, page }) => heading === 'BarsRequest' && page === 'docs/api/ibwire.html')).toBe(true);
  });

  it('names a page that is there for every entry of the navigation', () => {
    const [, start = ''] = htmls.find(([path]) => path === 'docs/start.html') ?? [];
    expect(start).toContain('aria-current="page"');
    expect(start).toContain('href="api/ibwire.html"');
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  if (/^(https?:|mailto:)/.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const to = path === '' ? from : posix.normalize(posix.join(dirname(from), path));
  if (!site.files.has(to)) return false;
  return anchor === undefined || idsOf.get(to)?.has(anchor) !== false || !to.endsWith('.html');
}
