// The arguments of a request vector, in the official API's names, as the input of our encoder.

import { outgoingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import type { FieldRow, Rows } from '../../src/protocol/schema/rows.js';
import { isList, isObject, type Json, type JsonObject } from './json.js';
import { visibleDefaults } from './official-defaults.js';

export type Input = { [name: string]: unknown };

/** The kind of that method; undefined when there is none. */
export function kindOf(method: string): MessageTable | undefined {
  return outgoingKinds.find((table) => table.kind.toLowerCase() === method.toLowerCase());
}

// Arguments whose members are members of a data class of the official client.
const CLASSES: { readonly [argument: string]: string } = {
  contract: 'Contract',
  order: 'Order',
  orderCancel: 'OrderCancel',
  filter: 'ExecutionFilter',
  subscription: 'ScannerSubscription',
  wshEventData: 'WshEventData',
};
const ATTACHED = ['slOrderId', 'slOrderType', 'ptOrderId', 'ptOrderType'];

/** Input for our encoder. Unset members get the official client's visible defaults, as the vectors were made with them. */
export function inputOf(table: MessageTable, args: JsonObject): Input {
  const whole: Input = {};
  for (const [name, value] of Object.entries(args)) {
    const className = CLASSES[name];
    if (name === 'connectOptions') continue; // part of the handshake
    if (className === undefined || !isObject(value)) whole[name] = value;
    else if (name === 'wshEventData') Object.assign(whole, withDefaults(className, value));
    else whole[name] = withDefaults(className, value);
  }
  // Official clients always hand these over, empty when nothing is set.
  for (const name of ['orderCancel', 'filter']) if (table.rows[name]?.row === 'record') whole[name] ??= {};
  const { contract, order, subscription } = whole as { contract?: Input; order?: Input; subscription?: Input };
  if (contract !== undefined) fillContract(contract);
  if (order !== undefined) fillOrder(order, contract, whole);
  if (subscription !== undefined) {
    for (const list of ['scannerSubscriptionOptions', 'scannerSubscriptionFilterOptions']) {
      if (whole[list] !== undefined) subscription[list] = whole[list];
      delete whole[list];
    }
  }
  return fitted(table.rows, whole, '');
}

function withDefaults(className: string, value: JsonObject): Input {
  return { ...visibleDefaults(className), ...value };
}

function fillContract(contract: Input): void {
  const { comboLegs, deltaNeutralContract } = contract;
  if (isList(comboLegs)) contract['comboLegs'] = comboLegs.map((leg) => (isObject(leg) ? withDefaults('ComboLeg', leg) : leg));
  if (isObject(deltaNeutralContract)) {
    contract['deltaNeutralContract'] = withDefaults('DeltaNeutralContract', deltaNeutralContract);
  }
}

function fillOrder(order: Input, contract: Input | undefined, whole: Input): void {
  const prices = order['orderComboLegs'];
  delete order['orderComboLegs'];
  if (isList(prices) && contract !== undefined) {
    const legs = isList(contract['comboLegs']) ? contract['comboLegs'] : [];
    const count = Math.max(legs.length, prices.length);
    contract['comboLegs'] = Array.from({ length: count }, (_, i) => ({
      ...(isObject(legs[i]) ? legs[i] : {}),
      ...(prices[i] === undefined ? {} : { perLegPrice: priceOf(prices[i]) }),
    }));
  }
  const attached: Input = {};
  for (const name of ATTACHED) {
    if (order[name] !== undefined) attached[name] = order[name];
    delete order[name];
  }
  whole['attachedOrders'] = attached;
  const tier = order['softDollarTier'];
  order['softDollarTier'] = isObject(tier)
    ? { name: tier['name'], value: tier['value'] ?? tier['val'], displayName: tier['displayName'] }
    : {};
  const { conditions } = order;
  if (isList(conditions)) {
    order['conditions'] = conditions.map((condition) => {
      if (!isObject(condition)) return condition;
      const { condType, ...rest } = condition;
      return { conditionType: condType ?? rest['conditionType'], ...rest };
    });
  }
}

function priceOf(price: Json): Json | undefined {
  return isObject(price) ? price['price'] : price;
}

/** Values in the types of their rows. Members that no row knows are an error, unless they are defaults of fresh objects. */
function fitted(rows: Rows, value: Input, path: string): Input {
  const out: Input = {};
  for (const [name, member] of Object.entries(value)) {
    const row = rows[name];
    if (member === undefined && row !== undefined) out[name] = undefined; // there, and not set: the price of a leg
    if (member === undefined || member === null) continue;
    const at = path === '' ? name : `${path}.${name}`;
    if (row === undefined) throw new Error(`no row for the argument '${at}'`);
    if (row.row === 'field') out[name] = fittedField(row, member as Json);
    else if (row.row === 'record') out[name] = fitted(row.record.rows, member as Input, at);
    else if (row.row === 'list') out[name] = (member as Input[]).map((element) => fitted(row.record.rows, element, at));
    else out[name] = member;
  }
  return out;
}

function fittedField(row: FieldRow<unknown>, value: Json): unknown {
  switch (row.codec.read) {
    case 'bool':
    case 'boolThreeState':
    case 'conjunction':
      return typeof value === 'number' ? value !== 0 : value;
    case 'int':
    case 'intMax':
      return typeof value === 'boolean' ? Number(value) : value;
    case 'double':
      return typeof value === 'string' ? Number(value) : value;
    case 'text':
    case 'escaped':
    case 'amount':
      return typeof value === 'number' ? String(value) : value;
    case 'long':
    case 'longMax':
      return String(value);
    default:
      return value;
  }
}
