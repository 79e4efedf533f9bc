// What the options of `connect` may be: each is looked at before anything is opened.
import { type AdmissionLimits, defaultLimits, type Lane } from '../admission/limits.js';
import type { ContractOptions } from '../contracts/facade.js';
import { InputError, shown } from '../input/input-error.js';
import { COUNT, checkNumber, checkNumbers, DEADLINE, MILLISECONDS, type NumberRange, type Ranges } from '../input/numbers.js';
import type { OptionsOptions } from '../options/facade.js';
import type { Patience } from '../orders/record/order-record.js';
import type { ReconcileTimes } from '../orders/recover/reconcile.js';
import type { BackOff } from '../time/back-off.js';
import type { ConnectOptions } from './connect-options.js';
import type { RestartTime } from './options.js';

const options = {
  port: { least: 1, most: 65_535, whole: true },
  clientId: { least: 0, most: 2_147_483_647, whole: true },
  connectWithin: MILLISECONDS,
  stepWithin: MILLISECONDS,
  silence: MILLISECONDS,
  probeWithin: MILLISECONDS,
  clientIdWithin: DEADLINE,
  startWithin: DEADLINE,
} satisfies Ranges<ConnectOptions>;

/** A wait of none at all would be an attempt at every turn. */
const wait: NumberRange = { least: 1, most: MILLISECONDS.most, of: 'milliseconds' };
const backOff = { baseMs: wait, capMs: wait, floorMs: wait } satisfies Ranges<BackOff>;
const restart = { quietMs: MILLISECONDS } satisfies Ranges<RestartTime>;
const version: NumberRange = { least: 1, most: 9_999, whole: true };
const share: NumberRange = { least: 0, most: 1 };

const contracts = { detailsLifetimeMs: DEADLINE, unknownLifetimeMs: DEADLINE } satisfies Ranges<ContractOptions>;
const greeks = { chainLifetimeMs: DEADLINE, greeksLifetimeMs: DEADLINE } satisfies Ranges<OptionsOptions>;
const patience = {
  reason: MILLISECONDS,
  commissions: MILLISECONDS,
  fills: MILLISECONDS,
  silence: MILLISECONDS,
} satisfies Ranges<Patience>;
const reconcile = { openOrders: MILLISECONDS, executions: MILLISECONDS } satisfies Ranges<ReconcileTimes>;

const some: NumberRange = { least: 0, most: Number.POSITIVE_INFINITY };
const limits = {
  messagesPerSecond: COUNT,
  burst: COUNT,
  lines: some,
  depth: some,
  tickByTick: some,
  scanners: some,
  accountSummaries: some,
  openHistory: some,
  smallBarsPerTenMinutes: some,
  sameContractPerTwoSeconds: some,
  identicalAfterMs: MILLISECONDS,
  tickByTickAfterMs: MILLISECONDS,
  matchingSymbolsAfterMs: MILLISECONDS,
  regulatorySnapshotAfterMs: MILLISECONDS,
  marginMs: MILLISECONDS,
  forgetAfterMs: MILLISECONDS,
  regainEveryMs: MILLISECONDS,
} satisfies Ranges<AdmissionLimits>;

/** @throws {InputError} that names the option and what it may be. */
export function checkOptions(given: ConnectOptions): void {
  checkNumber('port', given.port, options.port);
  checkNumbers(options, given);
  checkVersions(given.versions);
  checkNumbers(backOff, given.backOff, 'backOff.', 'required');
  checkNumbers(restart, given.restart, 'restart.');
  checkNumbers(contracts, given.contracts, 'contracts.');
  checkNumbers(greeks, given.options, 'options.');
  checkNumbers(patience, given.orders?.patience, 'orders.patience.');
  checkNumbers(reconcile, given.orders?.reconcile, 'orders.reconcile.');
  if (given.limits !== 'none') checkLimits(given.limits);
}

function checkVersions(versions: ConnectOptions['versions']): void {
  if (versions === undefined) return;
  if (!Array.isArray(versions) || versions.length !== 2)
    throw new InputError('versions', `must be the lowest and the highest server version, got ${shown(versions)}`);
  checkNumber('versions[0]', versions[0], version);
  checkNumber('versions[1]', versions[1], { ...version, least: versions[0] });
}

function checkLimits(given: ConnectOptions['limits']): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null)
    throw new InputError('limits', `must be 'none' or an object of limits, got ${shown(given)}`);
  checkNumbers(limits, given, 'limits.');
  const { shares } = given as Partial<AdmissionLimits>;
  if (shares === undefined) return;
  for (const lane of Object.keys(defaultLimits.shares) as Lane[]) checkNumber(`limits.shares.${lane}`, shares[lane], share);
}
