// Every endpoint of the Web API, by method and path. Client, budgets, simulated gateway and documents come from it.

import type { Endpoint } from './endpoint.js';
import { accountsEndpoints } from './table/accounts.js';
import { advisorEndpoints } from './table/advisor.js';
import { alertsEndpoints } from './table/alerts.js';
import { allocationEndpoints } from './table/allocation.js';
import { analysisEndpoints } from './table/analysis.js';
import { contractsEndpoints } from './table/contracts.js';
import { forecastEndpoints } from './table/forecast.js';
import { fyiEndpoints } from './table/fyi.js';
import { hmdsEndpoints } from './table/hmds.js';
import { marketEndpoints } from './table/market.js';
import { ordersEndpoints } from './table/orders.js';
import { portfolioEndpoints } from './table/portfolio.js';
import { sessionEndpoints } from './table/session.js';
import { watchlistsEndpoints } from './table/watchlists.js';

export const endpoints = {
  ...sessionEndpoints,
  ...accountsEndpoints,
  ...portfolioEndpoints,
  ...ordersEndpoints,
  ...marketEndpoints,
  ...contractsEndpoints,
  ...hmdsEndpoints,
  ...watchlistsEndpoints,
  ...alertsEndpoints,
  ...fyiEndpoints,
  ...analysisEndpoints,
  ...allocationEndpoints,
  ...advisorEndpoints,
  ...forecastEndpoints,
} as const;

export type EndpointName = keyof typeof endpoints;

export const rowOf = (name: EndpointName): Endpoint => endpoints[name];

const names = Object.keys(endpoints) as EndpointName[];
/** Paths with fewer open parts first: `/iserver/account/orders` is no account. */
const patterns = names
  .map((name) => ({ name, open: name.split('{').length, pattern: new RegExp(`^${name.replace(/\{\w+\}/g, '([^/]+)')}$`) }))
  .sort((a, b) => a.open - b.open);

/** Other methods that answer the same. */
const alsoBy: Readonly<Record<string, EndpointName>> = {
  'GET /iserver/auth/status': 'POST /iserver/auth/status',
  'GET /tickle': 'POST /tickle',
  'GET /fyi/notifications/more': 'GET /fyi/notifications',
};

/** What cannot be decoded stays as it is: it names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** The row of a path by whatever method: some gateways answer others than the pages have. */
export const findByPath = (method: string, path: string): ReturnType<typeof find> =>
  [method, ...methods].map((one) => find(one, path)).find((found) => found !== undefined);

/** The row that a request is for, and the values of its path; undefined when no row has this path. */
export function find(
  method: string,
  path: string,
): { readonly name: EndpointName; readonly values: readonly string[] } | undefined {
  const [bare = ''] = path.replace(/^\/v1\/(?:api|portal)(?=\/)/, '').split('?');
  const asked = `${method.toUpperCase()} ${bare.length > 1 ? bare.replace(/\/+$/, '') : bare}`;
  const alias = alsoBy[asked];
  if (alias !== undefined) return { name: alias, values: [] };
  for (const { name, pattern } of patterns) {
    const match = pattern.exec(asked);
    if (match !== null) return { name, values: match.slice(1).map(decoded) };
  }
  return undefined;
}
