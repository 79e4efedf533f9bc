// What the calls about contracts may be given.
import { amount, type Checks, date, list, named, number, oneOf, plainOr, record, text } from '../../input/checks.js';
import { asks, type Calls, contract, gives, onlyCall, question } from '../input/check-call.js';
import type { DayOverride } from './day-overrides.js';
import type { ContractsFacade, HoursQuestion } from './facade.js';

type Session = DayOverride['sessions'][number];

const session: Checks<Session> = { open: text, close: text };
const day: Checks<DayOverride> = { date: text, sessions: list(record(session, ['open', 'close'])) };
const hours = question<HoursQuestion>({
  hours: oneOf('liquid', 'trading'),
  at: plainOr(number(), date),
  days: list(record(day, ['date', 'sessions'])),
});

export const contractCalls: Calls<ContractsFacade> = {
  qualify: asks(contract, onlyCall),
  qualifyMany: asks(named('contracts', list(contract)), onlyCall),
  details: asks(contract, onlyCall),
  detailsStream: gives(contract, onlyCall),
  search: asks(named('pattern', text), onlyCall),
  marketRule: asks(named('marketRuleId', number()), onlyCall),
  grid: asks(contract, onlyCall),
  snap: asks(contract, named('price', amount), named('side', oneOf('BUY', 'SELL', 'down', 'up', 'nearest')), onlyCall),
  hours: asks(contract, hours),
  isOpen: asks(contract, hours),
  nextOpen: asks(contract, hours),
};
