// Codes of the guards, which hold for every kind of account.
import { entry } from './entry.js';

const ALL = 'all';
const OURS = 'decision of this library';

export const guardCodes = {
  'READ-ONLY': entry('reject', ALL, 'the switch that keeps every order at home', 'Read-only mode: nothing is sent.', 'Switch read-only mode off on purpose.', 'D', OURS),
  'ACCOUNT-UNKNOWN': entry('reject', ALL, 'an account whose kind is not known', 'Account type "{accountType}" is not mapped to a kind of account.', 'Map it in the configuration: ira-cash, ira-margin, cash, reg-t or portfolio-margin.', 'D', OURS),
  'ACCOUNT-MISSING': entry('reject', ALL, 'no account named although the session sees several', 'The session sees several accounts and the order names none.', 'Set the account on the order.', 'C', 'working knowledge'),
  'ACCOUNT-MISMATCH': entry('reject', ALL, 'an order for one account judged with the data of another', ['The order is for {orderAccount}, the balances are of {account}.', 'The configuration says {configuredKind}, the account type "{accountType}" is taxable.'], 'Use data and configuration that match the account.', 'D', OURS),
  'SNAPSHOT-STALE': entry('reject', ALL, 'balances too old to open anything', 'Balances are {age} s old, at most {limit} s are allowed.', 'Refresh the account data and check again.', 'D', OURS),
  'CONTRACT-UNKNOWN': entry('reject', ALL, 'a kind of contract that is not supported', 'Kind "{secType}" is not supported.', 'Use a kind that can be judged: STK OPT FUT FOP CASH BAG BOND FUND CRYPTO CFD WAR CMDTY.', 'D', OURS),
  'CONTRACT-DETAILS-MISSING': entry('reject', ALL, 'contract facts without which no judgement is possible', 'Cannot judge {contract} without {missing}.', 'Request contract details and supply {missing}.', 'D', OURS),
  'CONTRACT-EXPIRED': entry('reject', ALL, 'a series that has expired', '{contract} expired on {expiry}; today is {asOf}.', 'Choose a live series.', 'D', OURS),
  'ORDER-INVALID': entry('reject', ALL, 'a side, order type or time in force that is not accepted', ['Side "{action}" is not accepted.', 'Order type "{orderType}" is not known.', 'Time in force "{tif}" is not known.', 'The order is malformed: {malformed}.'], ['Use BUY or SELL; a short is the result of a sale, not a mark.', 'Use an order type and time in force of the API.'], 'C', 'working knowledge'),
  'QTY-INVALID': entry('reject', ALL, 'a size that is not a positive decimal', 'Size "{quantity}" is not a positive number.', 'Give a positive plain decimal of at most 18 places, or a cash amount.', 'D', OURS),
  'PRICE-INVALID': entry('reject', ALL, 'a price that is missing, malformed or not positive', '{field} "{price}" is not a valid price for {orderType}.', 'Give a plain decimal; zero and below only for combinations, futures and futures options.', 'D', OURS),
  'PRICE-UNKNOWN': entry('reject', ALL, 'a cost that cannot be bounded', ['The cost of {order} cannot be bounded: no limit and no reference price.', 'The cost in base currency cannot be told: no exchange rate for {currency}.'], ['Use a limit or supply a quote.', 'Supply the exchange rate of {currency}.', 'Or cancel {cancel}.'], 'D', OURS),
  'PRICE-TICK': entry('reject', ALL, 'a limit between two ticks', '{price} is between ticks of {tick}.', 'Use {lower} or {upper}.', 'C', 'broker error 110'),
  'LOT-SIZE': entry('reject', ALL, 'a size that is no whole number of lots', ['{quantity} is not a multiple of {lot}.', '{quantity} is below the smallest size of {minSize}.'], ['Use {floor} or {ceil}.', 'Use {ceilOnly}.', 'The odd-lot market applies.'], 'B', 'exchange lot sizes in contract details'),
  'FRACTIONAL-API': entry('reject', ALL, 'a fraction where this interface takes whole units', 'A fraction ({quantity}) is refused on this interface (error 10243).', 'Round down to {floor}, or use the broker\'s own application.', 'B', 'broker error 10243'),
  'MAX-QUANTITY': entry('reject', ALL, 'a size above the cap of the policy', '{quantity} exceeds the cap of {cap} for {secType}.', 'Send at most {cap}, split the order, or raise the cap on purpose.', 'D', OURS),
  'MAX-NOTIONAL': entry('reject', ALL, 'an opening order worth more than the cap of the policy', ['{notional} {currency} exceeds {cap} {currency}.', 'The value in {currency} cannot be told, and a cap of {cap} {currency} is set.'], ['At most {maxQuantity}.', 'Supply price and exchange rate, or raise the cap on purpose.'], 'D', OURS),
  'PRICE-COLLAR': entry('reject', ALL, 'a stock limit far through the market', '{price} is {percent} percent through {reference}.', 'Use a limit between {low} and {high}.', 'D', OURS),
  'DUPLICATE-ORDER': entry('reject', ALL, 'a repeat of an order sent moments ago', 'Looks like a repeat of {orderId}, sent {age} s ago.', 'Mark the order as deliberate if it is meant.', 'D', OURS),
  RESTRICTED: entry('reject', ALL, 'a symbol on the restricted list', '{symbol} is restricted ({mode}).', 'Choose another symbol, or change the list on purpose.', 'D', OURS),
  'HOURS-CLOSED': entry('reject', ALL, 'an order while the venue is shut', ['The venue is closed.', 'It opens at {opensAt}.'], 'Use a limit; it waits for the opening.', 'D', OURS),
  'CONFIRMATION-REQUIRED': entry('reject', ALL, 'an order that a person has to confirm', 'The policy wants a person to confirm this order.', 'Confirm this exact order.', 'D', OURS),
  'CORP-ACTION': entry('warn', ALL, 'a pending corporate action', ['{symbol}: {kind} {ratio} pending; positions, open orders and option terms may change.', '{symbol}: {plainKind} pending; positions, open orders and option terms may change.', 'Date: {date}.'], 'Check again after it.', 'D', OURS),
  'FX-ODD-LOT': entry('warn', ALL, 'a small order in the interbank currency book', 'Worth {worth} {currency}, small for the interbank book (25000 {currency}).', 'Use FXCONV for a conversion, or accept the odd-lot price.', 'C', 'broker practice for IDEALPRO'),
  'TOO-COMPLEX': entry('reject', 'ira-cash, ira-margin, cash', 'too many orders that can interact', '{count} coupled orders on {underlying}; at most {cap} are judged exactly.', 'Cancel some, for example {cancel}.', 'D', OURS),
} as const;
