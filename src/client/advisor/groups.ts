// An advisor's groups, read from their XML and written to it.

export interface AdvisorGroup {
  readonly name: string;
  /** For example `NetLiq`, `AvailableEquity`, `Equal`, `Ratio`, `Percent`, `MonetaryAmount`, `ContractsOrShares`. */
  readonly defaultMethod: string;
  /** Members with their share, where the method has one. */
  readonly accounts: readonly { readonly account: string; readonly amount?: string }[];
}

/** Both forms: accounts as bare text, and with amounts. Never throws: what is not there is empty. */
export function readGroups(xml: string): readonly AdvisorGroup[] {
  return all(xml, 'Group').map((group) => ({
    name: first(group, 'name'),
    defaultMethod: first(group, 'defaultMethod'),
    accounts: members(group),
  }));
}

function members(group: string): AdvisorGroup['accounts'] {
  const accounts = all(group, 'Account');
  if (accounts.length === 0) return all(group, 'String').map((account) => ({ account: plain(account) }));
  return accounts.map((block) => {
    const amount = first(block, 'amount');
    return amount === '' ? { account: first(block, 'acct') } : { account: first(block, 'acct'), amount };
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
export function readAliases(xml: string): ReadonlyMap<string, string> {
  return new Map(all(xml, 'AccountAlias').map((block) => [first(block, 'account'), first(block, 'alias')]));
}

function all(xml: string, tag: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, inner = '']) => inner);
}

function first(xml: string, tag: string): string {
  return plain(all(xml, tag)[0] ?? '');
}

function plain(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
