// Finding instruments and what is known of them: identity, details, prices that exist, hours.
import type Big from 'big.js';
import type { MessageOf } from '../../protocol/registry.js';
import { askList, askOne } from '../conversation/ask.js';
import { damageOf, insistOn } from '../conversation/damage.js';
import { lifetimeCache } from '../conversation/lifetime-cache.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { currentTime } from '../terminal/conversations.js';
import { contractDetails, contractDetailsStream, marketRule, matchingSymbols } from './conversations.js';
import { type DayOverride, withOverrides } from './day-overrides.js';
import type { ContractInput, DetailsMessage } from './details.js';
import { withExpiryDay } from './expiry.js';
import { createKnowledge, damageOfRule, gridOfRule, type Identified, type Knowledge } from './knowledge.js';
import { limitMode, type PriceGrid, priceGrid, type SnapMode, snap } from './price-grid.js';
import { createQualifier, type Qualification, type QualifiedContract, type QualifyOptions } from './qualify.js';
import { isOpen, nextOpen, type TradingHours } from './trading-hours.js';
import { within } from './within.js';

/** Which hours are asked for, and for when. */
export interface HoursQuestion extends Call {
  /** `liquid` (default): the regular session. `trading`: with what lies outside it. */
  readonly hours?: 'liquid' | 'trading';
  /** Epoch milliseconds or a Date; default now, by the clock of the gateway where that is another one. */
  readonly at?: number | Date;
  /** Days that are not as published: a holiday, a half day, or a day beyond the published week. */
  readonly days?: readonly DayOverride[];
}

/** `ib.contracts`: which instrument is meant, what is known of it, and which prices and hours it has. */
export interface ContractsFacade {
  /** The one instrument that is meant. @throws {AmbiguousContractError} with candidates; {UnknownContractError}, which is remembered. */
  qualify(contract: ContractInput, call?: Call): Promise<QualifiedContract>;
  /** Many at once, a result for each in their order; never rejects for one of them. */
  qualifyMany(contracts: readonly ContractInput[], call?: Call): Promise<readonly Qualification[]>;
  /** Everything that matches. @throws {GatewayError} code 200 when nothing does. */
  details(contract: ContractInput, call?: Call): Promise<readonly DetailsMessage[]>;
  /** The same one by one as they come, for answers of thousands of rows; ends by itself. */
  detailsStream(contract: ContractInput, call?: Call): Subscription<DetailsMessage>;
  /** Up to 16 instruments whose symbol or name begins so; at most one search a second. */
  search(pattern: string, call?: Call): Promise<MessageOf<'symbolSamples'>>;
  /** Price steps of a market rule; asked for once. */
  marketRule(marketRuleId: number, call?: Call): Promise<MessageOf<'marketRule'>>;
  /** The prices that exist on the contract's route. Without a market rule they rest on `minTick`, which is only the finest step. */
  grid(contract: ContractInput, call?: Call): Promise<PriceGrid>;
  /** The nearest price that exists. `BUY` rounds down and `SELL` up, so that a limit is never worse than asked. */
  snap(contract: ContractInput, price: number | string | Big, side: 'BUY' | 'SELL' | SnapMode, call?: Call): Promise<Big>;
  /**
   * The sessions of the published week, and the time that they speak for; with `days` put over them. Undefined where the details name no
   * hours, or no zone that is known. `at` does not matter.
   * ```ts
   * const thanksgiving = { date: '20261126', sessions: [] }
   * const dayAfter = { date: '20261127', sessions: [{ open: '09:30', close: '13:00' }] }
   * const hours = await ib.contracts.hours(aapl, { days: [thanksgiving, dayAfter] })
   * ```
   */
  hours(contract: ContractInput, question?: HoursQuestion): Promise<TradingHours | undefined>;
  /** `unknown` outside the published week and the days given. */
  isOpen(contract: ContractInput, question?: HoursQuestion): Promise<'open' | 'closed' | 'unknown'>;
  /** When the next session opens; undefined when it is not published. */
  nextOpen(contract: ContractInput, question?: HoursQuestion): Promise<Date | undefined>;
  /** What has been learned so far, without asking. */
  readonly known: Knowledge;
}

/** What is remembered of instruments: for how long, and in which store beyond the session. */
export interface ContractOptions extends QualifyOptions {
  /** Milliseconds for which details count as current; default 12 hours. */
  readonly detailsLifetimeMs?: number;
}

/** Details are of a contract with a conId. */
function missingOf({ contract }: DetailsMessage): string | undefined {
  if (contract === undefined) return 'contract';
  return (contract.conId ?? 0) === 0 ? 'contract.conId' : undefined;
}

export function createContracts(core: Core, options: ContractOptions = {}): ContractsFacade {
  const now = (): number => core.timer.now();
  const known = createKnowledge(now, core.told, options.detailsLifetimeMs);
  const rules = lifetimeCache<MessageOf<'marketRule'>>({ lifetimeMs: 24 * 3_600_000, now });

  const details = async (contract: ContractInput, call?: Call): Promise<readonly DetailsMessage[]> => {
    const found = (await askList(core, contractDetails, { contract }, call)).map(withExpiryDay);
    // Passed over, the others would look like all that fit.
    for (const one of found) {
      const row = missingOf(one);
      if (row !== undefined) throw damageOf(core, { kind: one.kind, row }, 'is missing');
    }
    known.learn(found);
    return found;
  };
  // Callers with the same question share one; each keeps its own deadline and signal.
  const qualifier = createQualifier(
    (contract) => details(contract),
    now,
    (error) => core.thrown(error),
    options,
  );
  /** One kept beyond the session is certain too, though this connection has not told of it. */
  const kept = (found: QualifiedContract): QualifiedContract => {
    if (core.told.of(found.conId) === undefined) core.told.take(found);
    return found;
  };
  const one = async (contract: ContractInput): Promise<QualifiedContract> => kept(await qualifier.one(contract));
  const rule = (marketRuleId: number, call?: Call): Promise<MessageOf<'marketRule'>> =>
    within(core, call, () =>
      rules.load(String(marketRuleId), async () => {
        const found = await askOne(core, marketRule, { marketRuleId });
        const damage = damageOfRule(found);
        if (damage !== undefined) throw damageOf(core, { kind: found.kind, row: damage.row }, damage.reason);
        known.learnRule(found);
        return found;
      }),
    );
  /** The contract with its conId, its details known. */
  const identified = async (contract: ContractInput, call?: Call): Promise<Identified> => {
    const found = contract.conId === undefined || contract.conId === 0 ? await within(core, call, () => one(contract)) : contract;
    if (known.detailsOf(found) === undefined) await details({ ...found }, call);
    return found;
  };
  const grid = async (contract: ContractInput, call?: Call): Promise<PriceGrid> => {
    const found = await identified(contract, call);
    const id = known.ruleIdOf(found);
    if (id !== undefined) {
      const made = gridOfRule(await rule(id, call));
      if (made !== undefined) return made;
    }
    return priceGrid(undefined, known.detailsOf(found)?.contractDetails?.minTick);
  };
  // A gateway whose greeting shows another time than ours, as a simulated one may, is asked for its own.
  const gatewayNow = async (): Promise<number> => {
    if (core.hostOffset !== undefined || core.connectionTime === '') return now();
    const told = await askOne(core, currentTime, {}, { timeout: 1_000 }).catch(() => undefined);
    return told?.time === undefined ? now() : told.time * 1000;
  };
  const hours = async (contract: ContractInput, question: HoursQuestion): Promise<TradingHours | undefined> => {
    const found = await identified(contract, question);
    const published = known.hoursOf(found, question.hours ?? 'liquid');
    const zone = known.zoneOf(found);
    const { days = [] } = question;
    return published === undefined || zone === undefined || days.length === 0 ? published : withOverrides(published, days, zone);
  };
  const instant = async ({ at }: HoursQuestion): Promise<number> => {
    const asked = at ?? (await gatewayNow());
    return asked instanceof Date ? asked.getTime() : asked;
  };
  return {
    qualify: (contract, call) => within(core, call, () => one(contract)),
    async qualifyMany(contracts, call) {
      const all = await within(core, call, () => qualifier.many(contracts));
      for (const each of all) if (each.at === 'found') kept(each.contract);
      return all;
    },
    details,
    detailsStream: (contract, call) =>
      openStream(
        core,
        contractDetailsStream,
        { contract },
        {
          isSnapshot: true,
          take(message, push: (item: DetailsMessage) => void, asking) {
            const row = missingOf(message);
            if (row !== undefined) {
              asking.misread(message.kind, row, 'is missing');
              return;
            }
            const told = withExpiryDay(message);
            known.learn([told]);
            push(told);
          },
        },
        call,
      ),
    async search(pattern, call) {
      const found = await askOne(core, matchingSymbols, { pattern }, call);
      insistOn(core, { kind: found.kind, list: 'contractDescriptions' }, found.contractDescriptions, 'contract');
      return found;
    },
    marketRule: rule,
    grid,
    async snap(contract, price, side, call) {
      const mode = side === 'BUY' || side === 'SELL' ? limitMode(side) : side;
      return snap(price, await grid(contract, call), mode);
    },
    hours: (contract, question = {}) => hours(contract, question),
    async isOpen(contract, question = {}) {
      const found = await hours(contract, question);
      return found === undefined ? 'unknown' : isOpen(found, await instant(question));
    },
    async nextOpen(contract, question = {}) {
      const found = await hours(contract, question);
      const at = found === undefined ? undefined : nextOpen(found, await instant(question));
      return at === undefined ? undefined : new Date(at);
    },
    known,
  };
}
