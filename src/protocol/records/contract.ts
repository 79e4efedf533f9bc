// An instrument, as requests name it and answers return it.

import { bool, conId, doubleMax, numeric, or, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, of, record, recordTable, repeated } from '../schema/rows.js';
import { comboLeg } from './combo-leg.js';
import { deltaNeutralContract } from './delta-neutral-contract.js';

export const contract = recordTable('Contract', {
  conId: field(1, conId),
  symbol: field(2, string),
  secType: field(3, string),
  lastTradeDateOrContractMonth: field(4, string),
  /** 0 is a value from 202 on; in text empty and 0 are not told apart. */
  strike: field(5, or(doubleMax, '', 0)),
  /** C or P; `?`, `0` or nothing for what is no option. */
  right: field(6, or(string, '', '', '?', '0')),
  /** A number in protobuf, text in text; gateways tell 0 of what has none. */
  multiplier: field(7, or(numeric, '', '', '0')),
  exchange: field(8, string),
  primaryExchange: field(9, string, {}, { as: 'primaryExch' }),
  currency: field(10, string),
  localSymbol: field(11, string),
  tradingClass: field(12, string),
  secIdType: field(13, string),
  secId: field(14, string),
  description: field(15, string, {}, { told: true }),
  issuerId: field(16, string),
  deltaNeutralContract: record(17, deltaNeutralContract),
  includeExpired: field(18, bool),
  /** conId|ratio pairs. */
  comboLegsDescrip: field(19, string, {}, { told: true }),
  comboLegs: repeated(20, comboLeg),
  lastTradeDate: field(21, string, {}, { never: true }),
});
/** A contract as messages carry it. Undefined: not on the wire. */
export interface Contract extends Of<typeof contract> {}

/** The rows that name an instrument in most requests, in their order on the text wire. */
export const namedContract = of(
  'contract',
  'conId',
  'symbol',
  'secType',
  'lastTradeDateOrContractMonth',
  'strike',
  'right',
  'multiplier',
  'exchange',
  'primaryExchange',
  'currency',
  'localSymbol',
  'tradingClass',
);
/** The same in answers about what is held or ordered: they leave the primary exchange out. */
export const heldContract = namedContract.filter((path) => path !== 'contract.primaryExchange');
