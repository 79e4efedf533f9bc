// Remembers what the gateway says an account is, from whichever message says it.

import type { MessageOf } from '../../protocol/registry.js';
import type { Router } from '../conversation/router.js';

type Said = MessageOf<'accountSummary'> | MessageOf<'updateAccountValue'> | MessageOf<'accountUpdateMulti'>;

/** Keeps the `AccountType` of every account that any of its three messages tells. */
export function listenForTypes(router: Router, types: Map<string, string>): void {
  for (const kind of ['accountSummary', 'updateAccountValue', 'accountUpdateMulti'] as const)
    router.listen(kind, (said) => noteType(types, said));
}

/** A login of an advisor has hundreds. */
const MOST_ACCOUNTS = 10_000;

function hasRoom(types: ReadonlyMap<string, string>, account: string): boolean {
  return types.size < MOST_ACCOUNTS || types.has(account);
}

function noteType(types: Map<string, string>, said: Said): void {
  const key = said.kind === 'accountSummary' ? said.tag : said.key;
  const account = said.kind === 'updateAccountValue' ? said.accountName : said.account;
  if (key === 'AccountType' && account !== undefined && said.value !== undefined && hasRoom(types, account))
    types.set(account, said.value);
}
