// Remembers what the gateway says an account is, from whichever message says it.

import type { MessageOf } from '../../protocol/registry.js';

type Said = MessageOf<'accountSummary'> | MessageOf<'updateAccountValue'> | MessageOf<'accountUpdateMulti'>;

/** Keeps the `AccountType` of an account; other values are passed by. */
export function noteType(types: Map<string, string>, said: Said): void {
  const key = said.kind === 'accountSummary' ? said.tag : said.key;
  const account = said.kind === 'updateAccountValue' ? said.accountName : said.account;
  if (key === 'AccountType' && account !== undefined && said.value !== undefined) types.set(account, said.value);
}
