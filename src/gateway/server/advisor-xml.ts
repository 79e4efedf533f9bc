// Advisor groups and account aliases as the XML that clients exchange with the gateway.
import type { AccountBook } from '../accounts/account-book.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function groupsXml({ groups }: AccountBook): string {
  const each = [...groups.values()].map(({ name, defaultMethod, members }) => {
    const accounts = members.map(
      ({ account, amount }) =>
        `\t\t\t<Account>\n\t\t\t\t<acct>${account}</acct>\n${amount === undefined ? '' : `\t\t\t\t<amount>${amount}</amount>\n`}\t\t\t</Account>\n`,
    );
    return `\t<Group>\n\t\t<name>${name}</name>\n\t\t<defaultMethod>${defaultMethod}</defaultMethod>\n\t\t<ListOfAccts varName="list">\n${accounts.join('')}\t\t</ListOfAccts>\n\t</Group>\n`;
  });
  return `${HEAD}<ListOfGroups>\n${each.join('')}</ListOfGroups>\n`;
}

export function aliasesXml({ accounts }: AccountBook): string {
  const each = [...accounts.keys()].map(
    (account) => `\t<AccountAlias>\n\t\t<account>${account}</account>\n\t\t<alias>${account}</alias>\n\t</AccountAlias>\n`,
  );
  return `${HEAD}<ListOfAccountAliases>\n${each.join('')}</ListOfAccountAliases>\n`;
}
