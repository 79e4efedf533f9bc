// What the calls of accounts may be given.
import { flag, hint, list, named, number, type Problem, text } from '../../input/checks.js';
import type { Call } from '../core.js';
import { asks, type Calls, gives, onlyCall, question } from '../input/check-call.js';
import type { AccountsFacade } from './facade.js';
import { summaryTags } from './summary-tags.js';

type Options<K extends keyof AccountsFacade> = AccountsFacade[K] extends (...args: infer A) => unknown
  ? Extract<A[number], Call>
  : never;

const account = named('account', text);
const positions = question<Options<'positions'>>({ account: text, modelCode: text });
const ofModel = question<Options<'pnl'>>({ modelCode: text });

/** A tag that no summary has is left out of the answer without a word by gateways; `All` is a group and not a tag. */
const tag = (path: string, value: unknown): Problem | undefined => {
  const wrong = text(path, value);
  if (wrong !== undefined) return wrong;
  const name = String(value);
  if (summaryTags.includes(name) || /^\$LEDGER(:[A-Z]+)?$/.test(name)) return undefined;
  if (name === 'All') return { path, why: "'All' is a group: summary(['NetLiquidation'], { group: 'All' })" };
  return { path, why: `'${name}' is no tag of a summary${hint(name, summaryTags) || `: ${summaryTags.join(', ')}`}` };
};

export const accountCalls: Calls<AccountsFacade> = {
  linked: asks(onlyCall),
  positions: asks(positions),
  livePositions: gives(positions),
  summary: asks(named('tags', list(tag)), question<Options<'summary'>>({ group: text })),
  numbers: asks(account, ofModel),
  liveNumbers: gives(account, question<Options<'liveNumbers'>>({ modelCode: text, ledgerAndNLV: flag })),
  portfolio: gives(account, onlyCall),
  pnl: gives(account, ofModel),
  positionPnl: gives(account, named('conId', number()), ofModel),
  live: gives(question<Options<'live'>>({ accounts: list(text) })),
  holdings: asks(question<Options<'holdings'>>({ prices: flag })),
  familyCodes: asks(onlyCall),
  managed: asks(onlyCall),
};
