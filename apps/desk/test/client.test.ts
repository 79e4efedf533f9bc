// Every route through HTTP by a client generated from /openapi.json; every answer against the schema that the document gives it.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_TYPES, clientTypes } from '../scripts/client-types.js';
import { DESK_PAGE, exchangesOf } from '../scripts/routes-page.js';
import { type Stage, stage } from './stage.js';
import { type Exchange, recordingClient, tour } from './tour.js';

type Document = { readonly paths: Readonly<Record<string, object>> };

/** What is wrong with an answer by what the document says of it; an answer that it does not name is wrong too. */
function checker(document: Document): (exchange: Pick<Exchange, 'method' | 'path' | 'status' | 'type' | 'answer'>) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'desk');
  const part = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
  return ({ method, path, status, type, answer }) => {
    const at = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const check = ajv.getSchema(`desk#/${at.map(part).join('/')}`);
    if (check === undefined) return `the document knows no ${status} ${type}`;
    return check(answer) === true ? '' : ajv.errorsText(check.errors);
  };
}

const operationsOf = ({ paths }: Document): readonly string[] =>
  Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));

const named = ({ method, path }: Pick<Exchange, 'method' | 'path'>): string => `${method} ${path}`;

describe('a client generated from /openapi.json', () => {
  let at: Stage;
  let exchanges: readonly Exchange[] = [];
  let document: Document = { paths: {} };
  beforeAll(async () => {
    at = await stage({ simulate: { accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100, MSFT: 20 } }] } });
    const recorded = recordingClient(at.url, at.tokens.owner);
    await tour(recorded.api, at.desk.gateway?.port ?? 0);
    exchanges = recorded.exchanges;
    document = exchanges.find(({ path }) => path === '/openapi.json')?.answer as Document;
  });
  afterAll(() => at[Symbol.asyncDispose]());

  it('has the types that the document gives today', async () => {
    expect(readFileSync(CLIENT_TYPES, 'utf8')).toBe(await clientTypes());
  });

  it('goes through every route, and each lets it', () => {
    expect([...new Set(exchanges.map(named))].sort()).toEqual([...operationsOf(document)].sort());
    expect(exchanges.filter(({ status }) => status >= 300)).toEqual([]);
  });

  it('gets answers that their schemas describe', () => {
    const check = checker(document);
    const wrong = exchanges.map((one) => `${named(one)}: ${check(one)}`).filter((text) => !text.endsWith(': '));
    expect(wrong).toEqual([]);
  });

  it('the check finds an answer that lacks a field, has one of another kind, or comes with another status', () => {
    const check = checker(document);
    const status = exchanges.find(({ path }) => path === '/v1/session/status');
    if (status === undefined) throw new Error('no status');
    const { connected: _, ...less } = status.answer as Record<string, unknown>;
    expect(check({ ...status, answer: less })).toContain("required property 'connected'");
    expect(check({ ...status, answer: { ...less, connected: 'yes' } })).toContain('must be boolean');
    expect(check({ ...status, status: 201 })).toBe('the document knows no 201 application/json');
  });

  it('docs/desk.md shows every route with an answer of today', () => {
    const shown = exchangesOf(readFileSync(DESK_PAGE, 'utf8'));
    expect([...new Set(shown.map(named))].sort()).toEqual([...operationsOf(document)].sort());
    const check = checker(document);
    expect(shown.map((one) => `${named(one)}: ${check(one)}`).filter((text) => !text.endsWith(': '))).toEqual([]);
  });
});
