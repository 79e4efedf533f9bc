// Codes that only guards report: switches and limits that users put in. What guards share with the book stands in `shared-codes.ts`.
import { type CodeEntry, code } from './row.js';

/** Every finding of a guard: what it means, its words, and what to do. */
export const guardCodes = {
  'KILL-SWITCH': code(
    'the switch that stops every order',
    'The kill switch is on: {reason}.',
    'Release it when the cause is gone.',
  ),
  'LIVE-ACCOUNT': code(
    'an order for a live account while live trading is off',
    'The account {account} is a live one and live trading is off.',
    'Allow this account explicitly, or use a paper account.',
  ),
  'ACCOUNT-FOREIGN': code(
    'an account that is none of the login',
    'The account {account} does not belong to this login.',
    'Name one of the accounts of the login instead of {account}.',
  ),
  'GROUP-UNKNOWN': code('a group of an advisor whose members are not known', '{problem}.', '{help}.'),
  'NOT-ALLOWED': code(
    'a contract that is on no list of what may be traded',
    '{contract} is not on the list of what may be traded.',
    'Add it to the list.',
  ),
  'DENY-UNKNOWN': code(
    'a contract that a deny list cannot tell',
    '{contract} has no {missing}, so the deny list cannot be applied.',
    'Qualify the contract first.',
  ),
  'HOURS-UNKNOWN': code(
    'a market whose hours are not published',
    'Whether the market is open is not published.',
    'Fetch the trading hours of this week.',
  ),
  'MARKET-DATA-NOT-LIVE': code(
    'an order on prices that are not live',
    ['No price of this contract has been seen{none}.', 'Its last price is {source}, {ageMs} ms old.'],
    'Subscribe to its quotes, with an entitlement to live data, and supply the price with its source.',
  ),
  'QUANTITY-UNKNOWN': code(
    'a quantity that is not known while it is limited',
    'The quantity of the order is not known.',
    'Supply a quantity, or a fresh price for an order sized by money.',
  ),
  'COLLAR-UNKNOWN': code(
    'a distance from the market that cannot be told while it is limited',
    'No price of at most {maxAgeMs} ms is known to compare with (age: {ageMs}).',
    'Follow the contract with market.quotes, or supply its last price.',
  ),
  'ORDER-RATE': code(
    'more orders in a minute than the cap',
    '{sent} orders in the last minute, the cap is {cap}.',
    'Wait {waitMs} ms.',
  ),
  'RATE-UNKNOWN': code(
    'orders that are counted while it is not known what was sent',
    'What was sent before is not known.',
    'Supply the orders sent in the last minute.',
  ),
  'DUPLICATE-UNKNOWN': code(
    'repeats that are refused while it is not known what was sent',
    'What was sent before is not known.',
    'Supply the orders of the last {withinMs} ms.',
  ),
  'MAX-OPEN-ORDERS': code(
    'more orders at work than the cap',
    '{open} orders work, the cap is {cap}.',
    'Cancel one of them first.',
  ),
  'OPEN-ORDERS-UNKNOWN': code(
    'working orders that are counted while they are not known',
    'How many orders work is not known.',
    'Supply the orders that work.',
  ),
  'ORDER-REF-USED': code(
    'a reference that another order bears',
    'An order with the reference {orderRef} was sent before.',
    'Give a new reference.',
  ),
  'ORDER-REF-UNKNOWN': code(
    'references that must be unique while it is not known which are in use',
    'Which references are in use is not known.',
    'Supply the orders that work and were sent.',
  ),
  'CONFIRMATION-UNKNOWN': code(
    'a confirmation nobody gave',
    'The confirmation is not known, or was used.',
    'Request a token for this order and send it within its time.',
  ),
  'CONFIRMATION-LATE': code(
    'a confirmation that is too old',
    'The confirmation is too old.',
    'Request a token for this order and send it within its time.',
  ),
  'CONFIRMATION-OTHER': code(
    'a confirmation of something else',
    'The confirmation was given for another order.',
    'Request a token for this order and send it within its time.',
  ),
  'KIND-UNPROVEN': code(
    'an account that passes as a kind that may borrow on its owner’s word alone',
    'The gateway has not told the kind of this account; it passes as {kind} on your word alone.',
    'Make sure that it is none that may not borrow.',
    'warn',
  ),
  'ODD-LOT': code(
    'a size between customary lots',
    'Size {size} is not a multiple of the customary lot {lot}.',
    'Use multiples of {lot}.',
    'warn',
  ),
  'MODIFY-FIELD': code(
    'a change of what cannot be changed on a working order',
    '{field} cannot be changed on a working order, from {from} to {to}.',
    'cancel-replace',
  ),
  'MODIFY-FILLED': code(
    'a total at or below what is filled',
    '{filled} are filled, the total cannot become {totalQuantity}.',
    'Use a total above {filled}, or cancel the rest.',
  ),
  'GUARD-FAILED': code('a guard that broke', 'A guard could not decide: {failure}.', 'Supply complete data, or mend the guard.'),
} as const satisfies Record<string, CodeEntry>;
/** The code of a guard's finding. */
export type GuardCode = keyof typeof guardCodes;
