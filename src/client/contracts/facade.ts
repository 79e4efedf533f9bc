// Finding instruments.

import type { MessageOf, RequestInput } from '../../protocol/registry.js';
import { askList, askOne } from '../ask.js';
import { contractDetails, marketRule, matchingSymbols } from '../conversations/contracts.js';
import type { Call } from '../core.js';
import type { Session } from '../session.js';

/** A contract as requests take it. */
export type ContractInput = NonNullable<RequestInput<'reqContractDetails'>['contract']>;
/** What the gateway knows of an instrument. */
export type DetailsMessage = MessageOf<'contractDetails'> | MessageOf<'bondContractDetails'>;

export interface ContractsFacade {
  /** Everything that matches. @throws {GatewayError} code 200 when nothing does. */
  details(contract: ContractInput, call?: Call): Promise<readonly DetailsMessage[]>;
  /** Up to 16 instruments whose symbol or name begins so; at most one search a second. */
  search(pattern: string, call?: Call): Promise<MessageOf<'symbolSamples'>>;
  /** Price steps of a market rule. */
  marketRule(marketRuleId: number, call?: Call): Promise<MessageOf<'marketRule'>>;
}

export function createContracts(session: Session): ContractsFacade {
  return {
    details: (contract, call) => askList(session, contractDetails, { contract }, call),
    search: (pattern, call) => askOne(session, matchingSymbols, { pattern }, call),
    marketRule: (marketRuleId, call) => askOne(session, marketRule, { marketRuleId }, call),
  };
}
