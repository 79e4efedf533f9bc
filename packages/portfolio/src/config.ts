// The configuration file: sources with the places of their secrets, never the secrets.

import { dirname, resolve } from 'node:path';
import { fetchFlex } from './flex/service.js';
import { readFlex } from './flex/statement.js';
import { PortfolioError } from './problem.js';
import { type SecretPlace, secretOf } from './secrets.js';
import { fileSource, type Source } from './source.js';
import { fetchAlpaca } from './sources/alpaca.js';
import { sessionSource } from './sources/session.js';
import { fetchSnapTrade } from './sources/snaptrade.js';
import { webSource } from './sources/web.js';

export type SourceConfig =
  | { readonly kind: 'file'; readonly name?: string; readonly path: string; readonly account?: string; readonly mapping?: string }
  | { readonly kind: 'session'; readonly name?: string; readonly host?: string; readonly port: number; readonly clientId: number }
  | { readonly kind: 'web'; readonly name?: string; readonly base: string }
  | { readonly kind: 'flex'; readonly name?: string; readonly token: SecretPlace; readonly queryId: string }
  | {
      readonly kind: 'alpaca';
      readonly name?: string;
      readonly keyId: SecretPlace;
      readonly secretKey: SecretPlace;
      readonly paper?: boolean;
      readonly since?: string;
    }
  | {
      readonly kind: 'snaptrade';
      readonly name?: string;
      readonly clientId: string;
      readonly consumerKey: SecretPlace;
      readonly userId?: string;
      readonly userSecret?: SecretPlace;
      readonly since?: string;
    };

export interface Config {
  readonly sources: readonly SourceConfig[];
  /** `broker:number` → `broker:number`: by the owner's word two ways to one account. */
  readonly sameAccounts?: Readonly<Record<string, string>>;
}

function isPlace(value: unknown): value is SecretPlace {
  return typeof value === 'object' && value !== null && ('env' in value || 'file' in value || 'command' in value);
}

const SECRETS = ['token', 'keyId', 'secretKey', 'consumerKey', 'userSecret'] as const;

function sinceOf({ since }: { readonly since?: string }): { since?: string } {
  if (since === undefined) return {};
  if (!/^\d{4}-\d\d-\d\d$/.test(since)) throw new PortfolioError('config', 'since must be a day: YYYY-MM-DD');
  return { since };
}

/** A source of the configuration. Paths are meant from the folder of the file. */
export function sourceOf(config: SourceConfig, folder: string): Source {
  for (const name of SECRETS)
    if (name in config && !isPlace((config as unknown as Record<string, unknown>)[name]))
      throw new PortfolioError('config', `${name} must say where the secret is: {"env": …}, {"file": …} or {"command": […]}`);
  const name = config.name ?? config.kind;
  switch (config.kind) {
    case 'file':
      return fileSource(resolve(folder, config.path), {
        name: config.name ?? config.path,
        ...(config.account !== undefined && { account: config.account }),
        ...(config.mapping !== undefined && { mapping: resolve(folder, config.mapping) }),
      });
    case 'session':
      return sessionSource({
        name,
        port: config.port,
        clientId: config.clientId,
        ...(config.host !== undefined && { host: config.host }),
      });
    case 'web':
      return webSource({ name, base: config.base });
    case 'flex':
      return {
        name,
        read: async (tools) =>
          readFlex(await fetchFlex({ token: await secretOf(config.token), queryId: config.queryId }, tools), name),
      };
    case 'alpaca':
      return {
        name,
        read: async (tools) => {
          const [keyId, secretKey] = [await secretOf(config.keyId), await secretOf(config.secretKey)];
          return fetchAlpaca(
            {
              keyId,
              secretKey,
              source: name,
              ...sinceOf(config),
              ...(config.paper && { base: 'https://paper-api.alpaca.markets' }),
            },
            tools,
          );
        },
      };
    case 'snaptrade':
      return {
        name,
        read: async (tools) => {
          const { clientId, userId, userSecret } = config;
          const secret = userSecret === undefined ? undefined : await secretOf(userSecret);
          const consumerKey = await secretOf(config.consumerKey);
          const user = { ...(userId !== undefined && { userId }), ...(secret !== undefined && { userSecret: secret }) };
          return fetchSnapTrade({ clientId, consumerKey, source: name, ...user, ...sinceOf(config) }, tools);
        },
      };
    default:
      throw new PortfolioError('config', `no source is of the kind ${JSON.stringify((config as { kind?: unknown }).kind)}`);
  }
}

export function configOf(
  text: string,
  path: string,
): { sources: readonly Source[]; sameAccounts: Readonly<Record<string, string>> } {
  let config: Config;
  try {
    config = JSON.parse(text) as Config;
  } catch {
    throw new PortfolioError('config', `${path} is no JSON`);
  }
  if (!Array.isArray(config.sources)) throw new PortfolioError('config', `${path} has no list of sources`);
  return { sources: config.sources.map((one) => sourceOf(one, dirname(path))), sameAccounts: config.sameAccounts ?? {} };
}
