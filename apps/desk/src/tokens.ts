// Tokens: made once, shown once, kept as hashes. What a token may do stands with it, nowhere else.

import { createHash, randomBytes } from 'node:crypto';
import { iso, type Timer } from './clock.js';
import { type Caller, NEEDS, type Need } from './commands/command.js';
import { notFound } from './problem.js';
import type { Store } from './store/store.js';

export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Need[];
  /** The only accounts that it may see and name; undefined: all of the login. */
  readonly accounts: readonly string[] | undefined;
  readonly created: string;
  readonly revoked: string | undefined;
}

export interface Tokens {
  /** Who a token stands for; undefined for one that is unknown or revoked. */
  find(token: string): Caller | undefined;
  create(name: string, scopes: readonly Need[], accounts?: readonly string[]): Promise<TokenInfo & { readonly token: string }>;
  /** A token that was made elsewhere, such as the owner's from its file. */
  adopt(token: string, name: string, scopes: readonly Need[]): Promise<TokenInfo>;
  list(): readonly TokenInfo[];
  revoke(id: string): Promise<TokenInfo>;
  /** Called with the id of a token that is revoked; returns what takes the listener out again. */
  onRevoked(listener: (id: string) => void): () => void;
}

export const newToken = (): string => `ibd_${randomBytes(32).toString('base64url')}`;
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export async function openTokens(store: Store, timer: Timer): Promise<Tokens> {
  const rows = await store.db.selectFrom('tokens').selectAll().orderBy('created').execute();
  const limited = new Map<string, string[]>();
  for (const { token_id, account } of await store.db.selectFrom('token_accounts').selectAll().execute())
    limited.set(token_id, [...(limited.get(token_id) ?? []), account]);
  const infos = new Map<string, TokenInfo>();
  const byHash = new Map<string, Caller>();
  /** Good tokens that were shown since the last one was revoked: hashing each time costs more than a quote. */
  const shown = new Map<string, Caller>();
  const listeners = new Set<(id: string) => void>();
  const take = (info: TokenInfo, hash: string): void => {
    infos.set(info.id, info);
    if (info.revoked !== undefined) return;
    const { id, name, scopes, accounts } = info;
    byHash.set(hash, { id, name, scopes: new Set(scopes), accounts: accounts === undefined ? undefined : new Set(accounts) });
  };
  const scopesOf = (text: string): readonly Need[] => NEEDS.filter((need) => text.split(',').includes(need));
  for (const { id, name, scopes, created, revoked, hash } of rows)
    take({ id, name, scopes: scopesOf(scopes), accounts: limited.get(id), created, revoked: revoked ?? undefined }, hash);
  const adopt = async (token: string, name: string, given: readonly Need[], accounts?: readonly string[]): Promise<TokenInfo> => {
    const hash = hashOf(token);
    const known = byHash.get(hash);
    const info = known === undefined ? undefined : infos.get(known.id);
    if (info !== undefined) return info;
    const scopes = NEEDS.filter((need) => given.includes(need));
    const made = { id: `tok_${randomBytes(8).toString('hex')}`, name, scopes, accounts, created: iso(timer), revoked: undefined };
    // Before the token itself: what is there is never wider than it was meant.
    for (const account of accounts ?? [])
      await store.db.insertInto('token_accounts').values({ token_id: made.id, account }).execute();
    await store.db
      .insertInto('tokens')
      .values({ id: made.id, name, hash, scopes: scopes.join(','), created: made.created, revoked: null })
      .execute();
    take(made, hash);
    return made;
  };
  return {
    find(token) {
      const known = shown.get(token) ?? byHash.get(hashOf(token));
      if (known !== undefined) shown.set(token, known);
      return known;
    },
    adopt,
    async create(name, scopes, accounts) {
      const token = newToken();
      return { ...(await adopt(token, name, scopes, accounts)), token };
    },
    list: () => [...infos.values()],
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async revoke(id) {
      const info = infos.get(id);
      if (info === undefined) throw notFound('token of this id');
      const revoked = info.revoked ?? iso(timer);
      for (const [hash, caller] of byHash) if (caller.id === id) byHash.delete(hash);
      shown.clear();
      for (const listener of [...listeners]) listener(id);
      await store.db.updateTable('tokens').set({ revoked }).where('id', '=', id).execute();
      const now = { ...info, revoked };
      infos.set(id, now);
      return now;
    },
  };
}
