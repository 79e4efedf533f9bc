// Contracts as requests take them, and as the gateway describes them.
import type { MessageOf, RequestInput } from '../../protocol/registry.js';

/** A contract as requests take it. */
export type ContractInput = NonNullable<RequestInput<'reqContractDetails'>['contract']>;
/** What the gateway knows of an instrument. */
export type DetailsMessage = MessageOf<'contractDetails'> | MessageOf<'bondContractDetails'>;
