import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../src/endpoints/decode.js';
import { type EndpointName, endpoints, find, rowOf } from '../src/endpoints/list.js';
import { fieldsOf, type Shape } from '../src/endpoints/shape.js';

interface Documented {
  readonly method: string;
  readonly path: string;
  readonly needs: string;
  readonly pacing: string;
  readonly params: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly body?: unknown;
  readonly responses: Readonly<Record<string, { readonly schema?: unknown }>>;
}

const { endpoints: documented } = JSON.parse(
  gunzipSync(readFileSync(new URL('../fixtures/endpoints.json.gz', import.meta.url))).toString(),
) as { endpoints: readonly Documented[] };

const nameOf = ({ method, path }: Documented): EndpointName =>
  `${method} ${path.replace('{accountid}', '{accountId}').replace('{notificationID}', '{notificationId}')}` as EndpointName;

/** Every name that a shape has, at any depth. */
function allNames(shape: Shape): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (one: Shape): void => {
    if (typeof one === 'string') return;
    if (one.is === 'object') {
      for (const [name, inner] of namesOf(one)) {
        found.add(name);
        walk(inner);
      }
    } else if (one.is === 'either') for (const option of one.of as readonly Shape[]) walk(option);
    else walk(one.of as Shape);
  };
  walk(shape);
  return found;
}

function documentedNames(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(documentedNames);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(/^(oneOf|allOf|<.*>|PLACEHOLDER|U\d+(?:\.Core)?|[A-Z]{3,6}|\dD)$/.test(key) ? [] : [key.replace(/!$/, '')]),
    ...documentedNames(value),
  ]);
}

describe('the table of endpoints', () => {
  it('has a row for every endpoint that is documented, and no other', () => {
    expect(Object.keys(endpoints).sort()).toEqual([...new Set(documented.map(nameOf))].sort());
    expect(documented.length).toBe(126);
  });

  it('asks for the session that each needs', () => {
    const needs: Readonly<Record<string, string>> = {
      'outer session': 'outer',
      'outer session (topics differ)': 'outer',
      'brokerage session': 'brokerage',
      'brokerage session + hmds bridge': 'hmds',
      'OAuth 2.0 access token': 'token',
      none: 'nothing',
    };
    for (const one of documented) expect([nameOf(one), rowOf(nameOf(one)).needs]).toEqual([nameOf(one), needs[one.needs]]);
  });

  it('has a budget of its own wherever one is documented', () => {
    const paced = documented.filter(({ pacing }) => /\d+\/\d*(s|min)/.test(pacing));
    expect(paced.length).toBeGreaterThan(15);
    for (const one of paced) expect([nameOf(one), rowOf(nameOf(one)).pace !== undefined]).toEqual([nameOf(one), true]);
    const snapshots = rowOf('GET /iserver/marketdata/snapshot').pace;
    expect([snapshots, rowOf('GET /iserver/account/orders').pace]).toEqual(['10/1s', '1/5s']);
  });

  it('knows every name of a query, and which of them must be sent', () => {
    for (const one of documented) {
      const wanted = one.params
        .filter((param) => param.in === 'query')
        .map(({ name, required }) => `${name}${required ? '!' : ''}`);
      const fields = fieldsOf(rowOf(nameOf(one)).query ?? '').map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`);
      expect([nameOf(one), fields]).toEqual([nameOf(one), wanted]);
    }
  });

  it('knows every documented name of bodies and of answers', () => {
    let counted = 0;
    // Keys of the summary are open: they are one shape under any name.
    for (const one of documented.filter(({ path }) => path !== '/portfolio/{accountId}/summary')) {
      const row = rowOf(nameOf(one));
      const answers = documentedNames(one.responses['200']?.schema);
      const missing = answers.filter((name) => !allNames(row.answer).has(name));
      const unsent = documentedNames(one.body).filter((name) => row.body === undefined || !allNames(row.body).has(name));
      expect([nameOf(one), missing, unsent]).toEqual([nameOf(one), [], []]);
      counted += answers.length;
    }
    expect(counted).toBeGreaterThan(1_200);
  });

  it('finds the row of a path, the fixed before the open', () => {
    expect(find('GET', '/iserver/account/orders?force=true')?.name).toBe('GET /iserver/account/orders');
    expect(find('GET', '/portfolio/DU9000001/positions/0')).toEqual({
      name: 'GET /portfolio/{accountId}/positions/{pageId}',
      values: ['DU9000001', '0'],
    });
    expect(find('GET', '/iserver/account/DU9000001/positions')).toBeUndefined();
    expect(find('GET', '/iserver/auth/status')?.name).toBe('POST /iserver/auth/status');
  });
});
