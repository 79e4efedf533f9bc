// What the calls of an advisor may be given.
import { type Checks, list, named, oneOf, record, text } from '../../input/checks.js';
import { asks, type Calls, onlyCall } from '../input/check-call.js';
import type { AdvisorData, AdvisorFacade } from './facade.js';
import type { AdvisorGroup } from './groups.js';

const words = ['groups', 'profiles', 'aliases'] satisfies readonly AdvisorData[];
const data = named('data', oneOf(...words));
const member: Checks<AdvisorGroup['accounts'][number]> = { account: text, amount: text };
const group: Checks<AdvisorGroup> = { name: text, defaultMethod: text, accounts: list(record(member, ['account'])) };
const groups = named('groups', list(record(group, ['name', 'defaultMethod', 'accounts'])));

export const advisorCalls: Calls<AdvisorFacade> = {
  xml: asks(data, onlyCall),
  groups: asks(onlyCall),
  aliases: asks(onlyCall),
  replace: asks(data, named('xml', text), onlyCall),
  replaceGroups: asks(groups, onlyCall),
  softDollarTiers: asks(onlyCall),
};
