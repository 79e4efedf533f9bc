// Two-step confirmation: an order is described first, and leaves only with the token that was given for exactly that order.
import { callback, milliseconds, record } from '../../input/checks.js';
import type { Guard } from '../../rules/guards/guard.js';
import { confirmed } from '../../rules/guards/permission.js';
import { known } from '../../rules/guards/worth.js';
import type { OrderFacts } from '../../rules/types.js';
import { canonical } from '../conversation/canonical.js';
import { mustBe } from '../input/check-call.js';
import type { TradedContract } from './record/trade-types.js';

/** What is read of an order that a token is for. */
export interface AttemptedOrder {
  readonly account?: string | undefined;
  readonly action: string;
  readonly orderType: string;
  readonly totalQuantity?: string | undefined;
  readonly tif?: string | undefined;
  readonly transmit?: boolean | undefined;
  /** Of an exercise or a lapse: against the system's natural action. */
  readonly override?: boolean | undefined;
}

/** Something that wants to leave, as it was written. */
export interface Attempt {
  /** What is done; unset: a change where `orderId` is set, else place. */
  readonly act?: 'place' | 'modify' | 'exercise' | 'lapse' | undefined;
  /** All orders that leave together, this one among them: they are confirmed as one, and have one token. */
  readonly group?: readonly AttemptedMember[] | undefined;
  readonly contract: TradedContract;
  readonly order: AttemptedOrder;
  /** Token of a confirmation, where the caller has one. */
  readonly token?: string | undefined;
  /** Id of the order that is changed; unset for a new order. A token for one is no token for the other. */
  readonly orderId?: number | undefined;
  /** Its account is the only one of the login, so that a token for an order that names none is meant for it. */
  readonly isOnlyAccount?: boolean | undefined;
}

/** One of several orders that leave together. `parent`: its place as in the group; where no member says one, any links are meant. */
export interface AttemptedMember extends Pick<Attempt, 'contract' | 'order'> {
  readonly parent?: number | undefined;
}

/** What a desk of confirmations needs: a clock in epoch milliseconds, and chance that nobody can guess. */
export interface ConfirmationOptions {
  readonly now: () => number;
  /** Text nobody can guess, new at each call. */
  readonly random: () => string;
  /** How long a token is good, milliseconds. Default 60 seconds. */
  readonly lifetimeMs?: number;
  /** Which orders need one. Default: all. */
  readonly needed?: (attempt: Attempt) => boolean;
}

/** A desk that hands out tokens: an order leaves only with the one that was made for it. */
export interface Confirmations {
  /** A token for this order and no other; `act` and `orderId` name a change, `group` all members of a group (first of them: the order). */
  request(attempt: Attempt): { readonly token: string; readonly expiresAt: number };
  /** How an attempt stands; undefined where none is needed. Looking does not use a token up. */
  standing(attempt: Attempt): OrderFacts['confirmation'];
  /** Refuses what needs a token and has none, a wrong, late or used one. */
  readonly guard: Guard;
  /** Uses the token up; false when it was not good. Call it when the order is about to leave, after every check. */
  redeem(attempt: Attempt): boolean;
}

const MOST_OPEN = 1_000;
const confirmationOptions = record<ConfirmationOptions>(
  { now: callback, random: callback, lifetimeMs: milliseconds(), needed: callback },
  ['now', 'random'],
);

/** Makes a desk that hands out tokens. At most 1,000 are open; the oldest lapses first. */
export function confirmations(options: ConfirmationOptions): Confirmations {
  mustBe(confirmationOptions, '', options);
  const { now, random, lifetimeMs = 60_000, needed = () => true } = options;
  const open = new Map<string, { readonly of: string; readonly expiresAt: number }>();
  const standing = (attempt: Attempt): OrderFacts['confirmation'] => {
    if (!needed(attempt)) return undefined;
    if (attempt.token === undefined || attempt.token === '') return 'required';
    const found = open.get(attempt.token);
    if (found === undefined) return 'unknown';
    if (!(now() < found.expiresAt)) return 'late';
    const meanings = attempt.isOnlyAccount === true ? [attempt, withoutAccount(attempt)] : [attempt];
    return meanings.some((one) => found.of === fingerprint(one) || found.of === fingerprint(withoutLinks(one)))
      ? 'good'
      : 'other';
  };
  return {
    request(attempt) {
      const at = now();
      for (const [token, { expiresAt }] of open) if (expiresAt <= at) open.delete(token);
      const oldest = open.keys().next();
      if (open.size >= MOST_OPEN && oldest.done !== true) open.delete(oldest.value);
      const token = random();
      if (token === '' || open.has(token)) throw new RangeError('the source of tokens repeats itself');
      const expiresAt = at + lifetimeMs;
      open.set(token, { of: fingerprint(attempt), expiresAt });
      return { token, expiresAt };
    },
    standing,
    guard: confirmed(),
    redeem(attempt) {
      const found = standing(attempt);
      if (found === 'good' && attempt.token !== undefined) open.delete(attempt.token);
      return found === undefined || found === 'good';
    },
  };
}

/**
 * Everything about what is to be done: a token for it is good for nothing else. Unsaid and default are one, 1 and 1.0 too. A
 * group is confirmed as a whole.
 */
export function fingerprint({
  orderId,
  act = orderId === undefined ? 'place' : 'modify',
  contract,
  order,
  group,
}: Attempt): string {
  const members = group ?? [{ contract, order }];
  return canonical({
    act,
    orderId: act === 'modify' ? orderId : undefined,
    members: members.map((one: AttemptedMember) => ({
      contract: identityOf(one.contract),
      order: meant(one.order),
      parent: one.parent,
    })),
  });
}

/** A conId is one instrument, however much is said beside it. */
function identityOf(contract: TradedContract): TradedContract {
  const { conId, secType, exchange } = contract;
  return conId === undefined || conId === 0 || secType === 'BAG' ? contract : { conId, exchange: exchange || 'SMART' };
}

function withoutAccount({ order, group, ...attempt }: Attempt): Attempt {
  const unsaid = ({ account: _, ...rest }: AttemptedOrder): AttemptedOrder => rest;
  const members = group?.map((one) => ({ ...one, order: unsaid(one.order) }));
  return { ...attempt, order: unsaid(order), group: members };
}

function withoutLinks({ group, ...attempt }: Attempt): Attempt {
  return group === undefined ? attempt : { ...attempt, group: group.map(({ contract, order }) => ({ contract, order })) };
}

/** Of these unset is a state of its own; of those 0 says nothing. */
const THREE_STATES: ReadonlySet<string> = new Set(['usePriceMgmtAlgo', 'routeMarketableToBbo', 'seekPriceImprovement']);
const ZERO_IS_NONE: ReadonlySet<string> = new Set(['cashQty', 'parentId', 'ocaType']);

function isSaid([name, value]: readonly [string, unknown]): boolean {
  if (THREE_STATES.has(name)) return true;
  return (
    value !== false && value !== '' && !(value === 0 && ZERO_IS_NONE.has(name)) && !(Array.isArray(value) && value.length === 0)
  );
}

function meant({ tif, totalQuantity, transmit, ...rest }: AttemptedOrder): object {
  return {
    ...Object.fromEntries(Object.entries(rest).filter(isSaid)),
    tif: tif === undefined || tif === '' ? 'DAY' : tif,
    totalQuantity: known(totalQuantity)?.toFixed() ?? totalQuantity,
    transmit: transmit !== false,
  };
}
