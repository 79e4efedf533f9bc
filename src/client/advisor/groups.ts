// An advisor's groups, read from their XML and written to it.

import { type Keyed, KeyedMap } from '../../input/keyed.js';
import { insidesOf, plainXml, textOf } from '../wire/xml.js';

/** Accounts among which an order is shared out, and how. */
export interface AdvisorGroup {
  readonly name: string;
  /** For example `NetLiq`, `AvailableEquity`, `Equal`, `Ratio`, `Percent`, `MonetaryAmount`, `ContractsOrShares`. */
  readonly defaultMethod: string;
  /** Members with their share, where the method has one. */
  readonly accounts: readonly { readonly account: string; readonly amount?: string }[];
}

/** Both forms: accounts as bare text, and with amounts. Never throws: what is not there is empty. */
export function readGroups(xml: string): readonly AdvisorGroup[] {
  return [...insidesOf(xml, 'Group')].map((group) => ({
    name: textOf(group, 'name'),
    defaultMethod: textOf(group, 'defaultMethod'),
    accounts: members(group),
  }));
}

function members(group: string): AdvisorGroup['accounts'] {
  const accounts = [...insidesOf(group, 'Account')];
  if (accounts.length === 0) return [...insidesOf(group, 'String')].map((account) => ({ account: plainXml(account) }));
  return accounts.map((block) => {
    const amount = textOf(block, 'amount');
    return amount === '' ? { account: textOf(block, 'acct') } : { account: textOf(block, 'acct'), amount };
  });
}

/** The XML that `replaceGroups` sends. */
export function writeGroups(groups: readonly AdvisorGroup[]): string {
  const one = ({ name, defaultMethod, accounts }: AdvisorGroup): string => {
    const rows = accounts.map(({ account, amount }) => {
      const share = amount === undefined ? '' : `<amount>${escaped(amount)}</amount>`;
      return `<Account><acct>${escaped(account)}</acct>${share}</Account>`;
    });
    const list = `<ListOfAccts varName="list">${rows.join('')}</ListOfAccts>`;
    return `<Group><name>${escaped(name)}</name>${list}<defaultMethod>${escaped(defaultMethod)}</defaultMethod></Group>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?><ListOfGroups>${groups.map(one).join('')}</ListOfGroups>`;
}

/** Accounts and what their owner calls them. */
export function readAliases(xml: string): Keyed<string, string> {
  return new KeyedMap([...insidesOf(xml, 'AccountAlias')].map((block) => [textOf(block, 'account'), textOf(block, 'alias')]));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
