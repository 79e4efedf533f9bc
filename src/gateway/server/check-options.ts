// Every option of `simulate` with what it may be; what is in no table here is refused by its name.
import { type Check, type Checks, each, flag, list, number, oneOf, plainOr, record, text, whole } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import { MAX_VERSION, MIN_VERSION } from '../../protocol/handshake.js';
import { accountKinds } from '../accounts/account-kind.js';
import { type AdvisorGroup, allocationMethods, type GroupMember } from '../accounts/advisor.js';
import type { Clock } from '../clock.js';
import { type AccountOptions, type SimulateOptions, START_STEPS } from './options.js';
import type { PacingLimits } from './pacing/limits.js';
import { type TerminalSettings, TOLD_ZONES } from './terminal-settings.js';

const amount = number(0);
const kind = oneOf(...Object.keys(accountKinds));

const account: Checks<AccountOptions> = {
  account: text,
  kind,
  baseCurrency: text,
  cash: each(number()),
  holdings: each(number()),
  permissions: list(text),
  noCurrencyLeverage: flag,
};

const member: Checks<GroupMember> = { account: text, amount: number() };
const group: Checks<AdvisorGroup> = {
  name: text,
  defaultMethod: oneOf(...allocationMethods),
  members: list(record(member, ['account'])),
};

type Orders = NonNullable<SimulateOptions['orders']>;
const delays: Checks<NonNullable<Orders['delays']>> = { acknowledge: amount, cancel: amount, commission: amount };
const precautions: Checks<NonNullable<Orders['precautions']>> = { percent: amount, ticks: amount, size: amount };
const orders: Checks<Orders> = {
  echo: oneOf('real', 'plain'),
  acknowledge: oneOf('stepwise', 'direct'),
  cancelling: oneOf('pending', 'direct'),
  delays: record(delays),
  presetTif: flag,
  overnightConditions: flag,
  submitter: text,
  usedOrderIds: each(whole(0, 2_147_483_647)),
  precautions: record(precautions),
};

const pacing: Checks<PacingLimits> = {
  messagesPerSecond: amount,
  strikes: amount,
  lines: amount,
  depth: amount,
  tickByTick: amount,
  tickByTickAgain: amount,
  sameWithin: amount,
  burst: amount,
  burstWithin: amount,
  inWindow: amount,
  window: amount,
  openHistory: amount,
  summaries: amount,
  scanners: amount,
};

const terminal: Checks<TerminalSettings> = {
  ledgerPrefix: flag,
  compatibilityModeNasdaqStocks: flag,
  sendMarketDataInLotsForUsStocks: flag,
  sendInstrumentTimezone: oneOf(...TOLD_ZONES),
  roundAccountValuesToNearestWholeNumber: flag,
  sendZeroPositionsForTodayOnly: flag,
  includeVirtualFxPositions: flag,
  showForexDataIn1_10Pips: flag,
  allowForexTradingIn1_10Pips: flag,
  splitInsuredDepositFromCashBalance: flag,
  letApiAccountRequestsSwitchSubscription: flag,
  maintainAndResubmitOrdersOnReconnect: flag,
  maintainConnectionOnIncorrectFields: flag,
};

const cadence: Checks<NonNullable<SimulateOptions['cadence']>> = { account: amount, pnl: amount };

/** A clock of the caller's own. */
const clock: Check = (path, value) => {
  const { now, at, every } = value as Partial<Clock>;
  const isClock = [now, at, every].every((method) => typeof method === 'function');
  return isClock ? undefined : { path, why: 'a clock has the methods now, at and every' };
};

const options: Checks<SimulateOptions> = {
  seed: whole(0, 4_294_967_295),
  port: whole(0, 65_535),
  host: text,
  serverVersion: whole(MIN_VERSION, MAX_VERSION),
  clock: plainOr(oneOf('wall', 'virtual'), clock),
  startAt: number(0, 8.64e15),
  speed: number(Number.MIN_VALUE),
  accounts: plainOr(oneOf('all', 'advisor'), list(plainOr(kind, record(account, ['kind'])))),
  groups: list(record(group, ['name', 'defaultMethod', 'members'])),
  orders: record(orders),
  terminal: record(terminal),
  readOnly: flag,
  hostZone: text,
  hostZoneText: text,
  masterClientId: whole(0, 2_147_483_647),
  maxClients: whole(1),
  maxWaiting: whole(1),
  clientIdHeldFor: amount,
  patience: amount,
  start: list(oneOf(...START_STEPS)),
  firstOrderId: whole(1, 2_147_483_647),
  wire: oneOf('text', 'protobuf'),
  marketData: oneOf('live', 'delayed', 'none'),
  refusal: oneOf(354, 10089),
  pacing: plainOr(oneOf('off'), record(pacing)),
  cadence: record(cadence),
  maxUnread: whole(1),
  keep: whole(0),
  faults: plainOr(text, list(text)),
};

const check = record(options);

/** @throws {OptionError} for an option that does not exist, or that has no such value. */
export function checkOptions(given: SimulateOptions): void {
  insist(check, '', given);
}
