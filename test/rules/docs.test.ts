import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesPage } from '../../scripts/rules-docs.js';
import { ruleCodes } from '../../src/rules/book/list.js';
import { runCases } from './cases.js';

const own: unknown = JSON.parse(readFileSync(new URL('../../fixtures/rules/examples.json', import.meta.url), 'utf8'));

describe('documentation of the rules', () => {
  it('docs/rules.md is what the code list says today', () => {
    expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesPage());
  });

  it('every code is shown with a message and a remedy', () => {
    const page = rulesPage();
    for (const code of Object.keys(ruleCodes)) expect(page).toContain(`\n### ${code}\n`);
    expect(page.match(/^remedy +\S/gm)?.length).toBe(Object.keys(ruleCodes).length);
  });

  it('what a message names it does not call unknown as well', () => {
    const messages = rulesPage().match(/^(?:reject|warn|info) {2,}.*/gm) ?? [];
    expect(messages.length).toBeGreaterThan(50);
    expect(messages.filter((one) => /not known/.test(one) && /below \d|can be borrowed\. /.test(one))).toEqual([]);
  });

  it('the worked examples beside the public cases hold', () => {
    expect(runCases(own)).toMatchObject({ failed: 0, skipped: 0, failures: [] });
  });
});
