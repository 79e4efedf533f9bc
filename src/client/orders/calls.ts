// What the calls about orders may be given; those that send look at contract, order and options where they judge them.
import { flag, list, oneOf, optional } from '../../input/checks.js';
import { executionFilter } from '../../protocol/records/execution-filter.js';
import type { Call } from '../core.js';
import { asks, type Calls, contract, fields, onlyCall, question } from '../input/check-call.js';
import type { OrdersFacade, PrepareCall } from './facade.js';
import type { Which } from './recover/queries.js';

const which = ['own', 'all', 'autoBind'] satisfies readonly Which[];

export const orderCalls: Pick<Calls<OrdersFacade>, 'open' | 'completed' | 'executions' | 'prepare'> = {
  open: asks(question<Call & { readonly which?: Which }>({ which: oneOf(...which) })),
  completed: asks(question<Call & { readonly apiOnly?: boolean }>({ apiOnly: flag })),
  executions: asks(optional(fields('filter', executionFilter, 'a filter of executions')), onlyCall),
  prepare: asks(question<PrepareCall>({ contracts: list(contract) })),
};
