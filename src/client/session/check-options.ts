// What the options of `connect` may be: each is looked at before anything is opened.

import {
  type Check,
  type Checks,
  callback,
  deadline,
  flag,
  list,
  listOr,
  milliseconds,
  number,
  object,
  oneOf,
  plainOr,
  record,
  signal,
  text,
  whole,
} from '../../input/checks.js';
import { shown } from '../../input/shown.js';
import { policyNames } from '../../rules/policy.js';
import { type AdmissionLimits, lanes } from '../admission/limits.js';
import type { ContractOptions } from '../contracts/facade.js';
import { mustBe } from '../input/check-call.js';
import type { OptionsOptions } from '../options/facade.js';
import type { AccountRulesOptions } from '../orders/judge/accounts.js';
import type { OrderOptions } from '../orders/policy.js';
import type { Patience } from '../orders/record/order-record.js';
import type { ReconcileTimes } from '../orders/recover/reconcile.js';
import type { BackOff } from '../time/back-off.js';
import { regions } from '../time/maintenance.js';
import type { ConnectOptions } from './connect-options.js';
import type { RestartTime } from './options.js';

const ms = milliseconds();
/** A wait of none at all would be an attempt at every turn. */
const wait = milliseconds(1);
const backOff: Checks<BackOff> = { baseMs: wait, capMs: wait, floorMs: wait };
const restart: Checks<RestartTime> = { at: text, zone: text, quietMs: ms };
const contracts: Checks<ContractOptions> = { detailsLifetimeMs: deadline, unknownLifetimeMs: deadline, store: object };
const greeks: Checks<OptionsOptions> = { chainLifetimeMs: deadline, greeksLifetimeMs: deadline };
const patience: Checks<Patience> = { reason: ms, commissions: ms, fills: ms, silence: ms };
const reconcile: Checks<ReconcileTimes> = { openOrders: ms, executions: ms };

const accounts: Checks<AccountRulesOptions> = {
  kinds: plainOr(callback, object),
  watch: oneOf('restricted', 'all'),
  policy: policyNames,
  maxOrdersAgeSeconds: number(0),
  facts: callback,
  more: callback,
};
const orders: Checks<OrderOptions> = {
  guards: list(callback),
  accounts: plainOr(oneOf('none'), record(accounts)),
  journal: object,
  live: listOr(list(text), flag),
  killSwitch: object,
  rawOrders: flag,
  killCancels: oneOf('own', 'all'),
  patience: record(patience),
  reconcile: record(reconcile),
  lastPrice: callback,
  days: callback,
  rate: callback,
  closes: callback,
  confirm: object,
};

const some = number(0);
const limits: Checks<AdmissionLimits> = {
  messagesPerSecond: number(1),
  burst: number(1),
  shares: record(Object.fromEntries(lanes.map((lane) => [lane, number(0, 1)])) as Checks<AdmissionLimits['shares']>),
  lines: some,
  depth: some,
  tickByTick: some,
  scanners: some,
  accountSummaries: some,
  openHistory: some,
  smallBarsPerTenMinutes: some,
  sameContractPerTwoSeconds: some,
  identicalAfterMs: ms,
  tickByTickAfterMs: ms,
  matchingSymbolsAfterMs: ms,
  regulatorySnapshotAfterMs: ms,
  marginMs: ms,
  forgetAfterMs: ms,
  regainEveryMs: ms,
};

const version = whole(1, 9_999);
const versions: Check = (path, value) => {
  if (!Array.isArray(value) || value.length !== 2)
    return { path, why: `must be the lowest and the highest server version, got ${shown(value)}` };
  return version(`${path}[0]`, value[0]) ?? whole(Number(value[0]), 9_999)(`${path}[1]`, value[1]);
};

const options: Checks<ConnectOptions> = {
  port: whole(1, 65_535),
  host: text,
  clientId: whole(0, 2_147_483_647),
  versions,
  connectOptions: text,
  optionalCapabilities: text,
  connectWithin: ms,
  stepWithin: ms,
  silence: ms,
  probeWithin: ms,
  reconnect: flag,
  backOff: record(backOff, ['baseMs', 'capMs', 'floorMs']),
  onClientIdInUse: oneOf('wait', 'next'),
  clientIdWithin: deadline,
  startWithin: deadline,
  readOnly: flag,
  orders: record(orders),
  contracts: record(contracts),
  options: record(greeks),
  region: oneOf(...regions),
  restart: record(restart, ['at', 'zone']),
  limits: plainOr(oneOf('none'), record(limits)),
  signal,
  tap: callback,
  timer: object,
  random: callback,
};

const given = record(options, ['port']);

/** @throws {InputError} that names the option and what it may be. */
export function checkOptions(options: ConnectOptions): void {
  mustBe(given, '', options);
}
