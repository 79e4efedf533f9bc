/** The gateway's order refusals: code and text. What depends on the order comes in as an argument. */
import type { Refusal } from '../accounts/admission.js';

const fixed = (code: number, text: string): Refusal => ({ code, text });

export const refusals = {
  duplicateId: fixed(103, 'Duplicate order id'),
  filled: fixed(104, 'Cannot modify a filled order.'),
  differs: fixed(105, 'Order being modified does not match original order.'),
  incomplete: fixed(107, 'Cannot transmit incomplete order.'),
  percentage: fixed(
    109,
    'Price is out of the range defined by the Percentage setting at order defaults frame. The order will not be transmitted.',
  ),
  offGrid: fixed(110, 'The price does not conform to the minimum price variation for this contract.'),
  tifAndType: fixed(111, 'The TIF (Tif type) and the order type are incompatible.'),
  closeIsDay: fixed(113, 'The Tif option should be set to DAY for MOC and LOC orders.'),
  noOrder: (orderId: number): Refusal => fixed(135, `Can't find order with id =${orderId}`),
  shareAllocation: fixed(144, 'Order size does not match total share allocation.'),
  triggerMethod: fixed(146, 'Invalid trigger method.'),
  conditionContract: fixed(147, 'The conditional contract info is incomplete.'),
  hidden: fixed(152, "The 'hidden' order attribute may not be specified for this order."),
  halted: fixed(154, 'Orders cannot be transmitted for a halted security.'),
  icebergDiscretion: fixed(
    157,
    'An order can be EITHER Iceberg or Discretionary. Please remove either the Discretionary amount or the Display size.',
  ),
  noOffset: fixed(158, 'You must specify an offset amount or a percent offset value.'),
  offsetRange: fixed(159, 'The percent offset value must be between 0% and 100%.'),
  notCancellable: (permId: string): Refusal =>
    fixed(161, `Cancel attempted when order is not in a cancellable state.  Order permId =${permId}`),
  noContract: fixed(200, 'No security definition has been found for the request'),
  expiresFirst: fixed(201, 'Order rejected - reason:Order will be expired before market opens.'),
  beingCancelled: fixed(201, 'Order rejected - reason:Order is already being cancelled by another user'),
  changeRefused: fixed(201, 'Order rejected - reason:The exchange does not take this change.'),
  noLink: fixed(201, 'Order rejected - reason:The connection to the broker is lost.'),
  rejected: (reason: string): Refusal => fixed(201, `Order rejected - reason:${reason}`),
  canceled: (reason: string): Refusal => fixed(202, `Order Canceled - reason:${reason}`),
  comboDetails: fixed(312, 'The combo details are invalid.'),
  comboLeg: (leg: number): Refusal => fixed(313, `The combo details for leg '${leg}' are invalid.`),
  noLegs: fixed(314, "Security type 'BAG' requires combo leg details."),
  invalid: (cause: string): Refusal => fixed(321, `Error validating request.-'bF' : cause - ${cause}`),
  attachedOrder: fixed(320, 'Invalid value for Stop Loss order-id or order-type'),
  twoTrails: fixed(320, 'Cannot specify Trailing Amount and Trailing Percent at the same time'),
  trailParent: fixed(328, 'Trailing stop orders can be attached to limit or stop-limit orders only.'),
  newType: (type: string): Refusal => fixed(329, `Order modify failed. Cannot change to the new order type:${type}`),
  goodTillDate: fixed(334, 'Invalid Good Till Date order'),
  dateTime: fixed(
    337,
    'The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xxx where yyyymmdd and xxx are optional.',
  ),
  comboWhatIf: fixed(360, 'No whatif check support for smart combo order.'),
  adjustTrigger: fixed(361, 'Invalid trigger price.'),
  adjustStop: fixed(362, 'Invalid adjusted stop price.'),
  adjustStopLimit: fixed(363, 'Invalid adjusted stop limit price.'),
  adjustTrail: fixed(364, 'Invalid adjusted trailing amount.'),
  ticks: fixed(382, 'The price specified violates the number of ticks constraint specified in the default order settings.'),
  sizeLimit: fixed(383, 'The size specified violates the size constraint specified in the default order settings.'),
  unsupported: fixed(387, 'Unsupported order type for this exchange and security type.'),
  tooSmall: fixed(388, 'Order size is smaller than the minimum requirement.'),
  expired: fixed(392, 'Invalid order: contract expired.'),
  stopPrice: fixed(403, 'Invalid stop price.'),
  locate: fixed(
    404,
    'Shares for this order are not immediately available for short sale. The order will be held while we attempt to locate the shares.',
  ),
  outsideRth: fixed(411, "The 'Outside Regular Trading Hours' flag is not valid for this order."),
  whatIfTransmit: fixed(413, 'What-if order should have the transmit flag set to true.'),
  zeroSize: fixed(434, 'The order size cannot be zero.'),
  noAccount: fixed(435, 'You must specify an account.'),
  noAllocation: fixed(436, 'You must specify an allocation (either a single account, group, or profile).'),
  noAlgo: fixed(439, 'Order processing failed. Algorithm definition not found.'),
  algoChange: fixed(440, 'Order modify failed. Algorithm cannot be modified.'),
  algoNotAllowed: fixed(442, 'Specified algorithm is not allowed for this order.'),
  algoAttribute: (tag: string): Refusal => fixed(443, `Order processing failed. Unknown algo attribute:${tag}`),
  newTif: (tif: string): Refusal => fixed(462, `Order modify failed. Cannot change to the new Time in Force.${tif}`),
  conflict: (asked: string, found: string): Refusal =>
    fixed(
      478,
      `Parameters in request conflicts with contract parameters received by contract id: requested ${asked}, in contract ${found};`,
    ),
  noTif: fixed(10052, 'Invalid time in force:Empty'),
  needsCash: fixed(10289, 'You must set Cash Quantity for this order.'),
  cashAndSize: fixed(10293, 'Cash quantity orders of this instrument cannot have a size.'),
  noParent: fixed(10006, 'Missing parent order.'),
  hedgeType: fixed(10007, 'Invalid hedge type.'),
  hedgeBeta: fixed(10008, 'Invalid beta value.'),
  hedgeRatio: fixed(10009, 'Invalid hedge ratio.'),
  hedgeDelta: fixed(10010, 'Invalid delta hedge order.'),
  hedgeCurrency: fixed(
    10063,
    'Invalid FX hedge order. Hedging contract can only be a currency pair where one of the currencies is the same as in parent order.',
  ),
  notFound: (orderId: number): Refusal => fixed(10147, `OrderId ${orderId} that needs to be cancelled is not found.`),
  cannotCancel: (orderId: number, state: string): Refusal =>
    fixed(10148, `OrderId ${orderId} that needs to be cancelled cannot be cancelled, state: ${state}.`),
  attribute: (name: string): Refusal => fixed(10255, `The '${name}' order attribute may not be specified for this order.`),
  conditionsOvernight: fixed(
    10371,
    'Conditions include overnight is not supported for this instrument or is not enabled for this account.',
  ),
  fractional: fixed(10318, "This order doesn't support fractional quantity trading"),
  ocaGroupChange: fixed(10326, 'OCA group revision is not allowed.'),
  ocaTypeChange: fixed(10327, 'OCA group type revision is not allowed.'),
  noPreset: fixed(10355, 'No order preset is defined for the attached orders.'),
  contractDate: fixed(
    10372,
    'lastTradeDateOrContractMonth: The date entered is invalid. The correct format is yyyyMM for a contract month or yyyyMMdd for a date. E.g.: 202607 or 20260724.',
  ),
} as const;

/** Texts of notices on orders that live on. */
export const notices = {
  notUntil: (description: string, opening: string): Refusal =>
    fixed(399, `Order Message:\n${description}\nWarning: Your order will not be placed at the exchange until ${opening}.`),
  tifPreset: fixed(10349, 'Order TIF was set to DAY based on order preset.'),
  algoDate: (description: string): Refusal =>
    fixed(
      2111,
      `<html>The Start and/or End Time for algo order ${description}<br>was adjusted to use the next trading date.<br>To modify this setting, use the <i>Auto-adjust algo order date</i> item on the <b>Orders</b> configuration page</html>`,
    ),
} as const;
