// Everything that is looked at before an order leaves, in one list of findings. Pure but for what it is handed.
import Big from 'big.js';
import { contradictionsOf } from '../../rules/facts/contradiction.js';
import type { DetailsMessage } from '../contracts/facade.js';
import { checkSize, type SizeRules } from '../contracts/lots.js';
import { isOnGrid, type PriceGrid, snap } from '../contracts/price-grid.js';
import type { OrderDraft } from './draft.js';
import { type Finding, reject } from './guards/finding.js';
import {
  type Attempt,
  type Facts,
  type Guard,
  type GuardedOrder,
  guardedBy,
  type KnownContract,
  type SentOrder,
} from './guards/guard.js';
import { liveSwitch } from './guards/permission.js';
import { type AccountJudge, judged, together, type Verdict } from './judge/verdict.js';
import type { KnownContracts, OrderOptions, RuledOrder } from './policy.js';
import type { TradedContract } from './record/trade-types.js';

/** One order as the checks see it. */
export interface Checked {
  readonly contract: TradedContract;
  readonly order: OrderDraft;
  readonly token: string | undefined;
  readonly orderId: number | undefined;
  readonly filled: string | undefined;
  /** Unset: place. */
  readonly act?: Attempt['act'];
  /** Drafts of all that leave together, before they have ids. */
  readonly group?: readonly OrderDraft[];
}

/** `again`: they have left before, so what limits new orders is not asked; `raw`: account rules are not asked either. */
export type Times = 'first' | 'again' | 'raw';

export interface Checks {
  /** Every finding about orders that leave together. */
  look(orders: readonly Checked[], times?: Times): readonly Finding[];
  /** The same, with whether all that it rests on has been told. */
  judge(orders: readonly Checked[], times?: Times): Verdict;
  attemptOf(order: Checked): Attempt;
  /** Remembers an order that has left. */
  sent(attempt: Attempt): void;
}

const REMEMBERED_MS = 600_000;
const MOST_REMEMBERED = 30_000;

/** `accounts`: those of the login. `accountJudge`: the account rules. `working`: the orders of this session that work. */
export function createChecks(
  options: OrderOptions,
  contracts: KnownContracts,
  now: () => number,
  accounts: () => readonly string[],
  accountJudge: AccountJudge | undefined,
  working?: () => readonly GuardedOrder[],
): Checks {
  const guard: Guard = guardedBy(
    ...(options.killSwitch === undefined ? [] : [options.killSwitch.guard]),
    accountKnown(accounts),
    liveSwitch(options.live ?? false),
    ...(options.guards ?? []),
    ...(options.confirm === undefined ? [] : [options.confirm.guard]),
  );
  const always: Guard = guardedBy(accountKnown(accounts), liveSwitch(options.live ?? false));
  const rules = options.rules ?? [];
  const judge = (orders: readonly Checked[], times: Times): Verdict => {
    const at = now();
    const asked = times === 'first' ? guard : always;
    const findings: Finding[] = [];
    const before = remembered(at);
    const members: SentOrder[] = [];
    for (const one of orders) {
      const attempt = attemptOf(one);
      const sent = before === undefined ? undefined : [...before, ...members];
      const open = (): readonly GuardedOrder[] | undefined => withMembers(working?.(), members);
      findings.push(...fits(one, contracts), ...asked(attempt, factsOf(options, contracts, one, attempt, at, sent, open)));
      members.push({ at, attempt });
    }
    if (times === 'raw' || (rules.length === 0 && accountJudge === undefined)) return judged(findings);
    const ruled = orders.map((one) => ruledOf(one, contracts));
    findings.push(...rules.flatMap((rule) => saying(() => rule(ruled))));
    const told = accountJudge === undefined ? judged([]) : judgedBy(accountJudge, ruled);
    return together([judged(findings), told]);
  };
  let recent: SentOrder[] = [];
  let isWhole = true;

  const remembered = (at: number): readonly SentOrder[] | undefined => {
    if (recent.length > 0 && (recent[0]?.at ?? at) <= at - REMEMBERED_MS * 2) {
      recent = recent.filter((one) => one.at > at - REMEMBERED_MS);
      isWhole = true;
    }
    return isWhole ? recent : undefined;
  };

  const attemptOf = ({ contract, order, token, act, orderId, filled, group }: Checked): Attempt => {
    const known = knownOf(contracts, contract);
    return {
      contract,
      order: withAccount(order, accounts()),
      ...(act !== undefined && { act }),
      ...(group !== undefined && { group: group.map((one) => ({ contract, order: withAccount(one, accounts()) })) }),
      ...(token !== undefined && { token }),
      ...(filled !== undefined && orderId !== undefined && { orderId }),
      ...(known !== undefined && { known }),
    };
  };

  return {
    attemptOf,
    look: (orders, times = 'first') => judge(orders, times).findings,
    judge: (orders, times = 'first') => judge(orders, times),
    sent(attempt) {
      const at = now();
      recent.push({ at, attempt });
      if (recent.length > MOST_REMEMBERED) {
        recent = recent.slice(-MOST_REMEMBERED / 2);
        isWhole = (recent[0]?.at ?? at) <= at - REMEMBERED_MS;
      }
    },
  };
}

function ruledOf({ act, contract, order, orderId, filled }: Checked, contracts: KnownContracts): RuledOrder {
  return { ...(act !== undefined && { act }), orderId, contract, order, details: contracts.detailsOf(contract), filled };
}

function judgedBy(judge: AccountJudge, ruled: readonly RuledOrder[]): Verdict {
  try {
    return judge(ruled);
  } catch (error) {
    return judged([undecided(error)]);
  }
}

function saying(say: () => readonly Finding[]): readonly Finding[] {
  try {
    return say();
  } catch (error) {
    return [undecided(error)];
  }
}

function undecided(error: unknown): Finding {
  const what = error instanceof Error ? error.message : 'unknown failure';
  return reject('GUARD-FAILED', `an account rule could not decide: ${what}`, 'supply complete data, or mend the rule');
}

/** Only what guards ask for is looked up. */
function factsOf(
  options: OrderOptions,
  contracts: KnownContracts,
  { contract, order }: Checked,
  attempt: Attempt,
  now: number,
  sent: readonly SentOrder[] | undefined,
  open: () => readonly GuardedOrder[] | undefined,
): Facts {
  return {
    now,
    sent,
    get open() {
      return open();
    },
    get legs() {
      return contract.comboLegs?.map(({ conId, ratio }) => {
        const leg = conId === undefined ? undefined : knownOf(contracts, { conId });
        return { ratio, contract: leg, lastPrice: leg === undefined ? undefined : options.lastPrice?.(leg as TradedContract) };
      });
    },
    get lastPrice() {
      return options.lastPrice?.(contract);
    },
    get market() {
      return contracts.market(contract, order, now);
    },
    get rate() {
      return contract.currency === undefined ? undefined : options.rate?.(contract.currency);
    },
    get closes() {
      return options.closes?.(attempt);
    },
  };
}

/** The contract as its details tell it. */
function knownOf(contracts: KnownContracts, contract: TradedContract): KnownContract | undefined {
  const details = contracts.detailsOf(contract);
  if (details?.contract === undefined) return undefined;
  const priceMagnifier = details.contractDetails?.priceMagnifier;
  return { ...details.contract, ...(priceMagnifier !== undefined && { priceMagnifier }) };
}

function withMembers(
  working: readonly GuardedOrder[] | undefined,
  members: readonly SentOrder[],
): readonly GuardedOrder[] | undefined {
  return working === undefined ? undefined : [...working, ...members.map(({ attempt }) => attempt.order)];
}

/** A group order of an advisor trades in many accounts: a live one among them makes it live. */
function withAccount(order: OrderDraft, accounts: readonly string[]): OrderDraft {
  if (order.account !== undefined && order.account !== '') return order;
  if (order.faGroup === undefined) return order;
  const account = accounts.find((one) => !/^D[A-Z]*\d/.test(one)) ?? accounts[0];
  return account === undefined ? order : { ...order, account };
}

function accountKnown(accounts: () => readonly string[]): Guard {
  return ({ order: { account } }) => {
    const known = accounts();
    if (account === undefined || account === '' || known.length === 0 || known.includes(account)) return [];
    return [
      reject(
        'ACCOUNT-UNKNOWN',
        `account ${account.slice(0, 2)}… does not belong to this login`,
        'name one of the login’s accounts',
      ),
    ];
  };
}

/** Quantity, price steps and lots, as far as the contract is known. */
function fits({ contract, order, filled }: Checked, contracts: KnownContracts): readonly Finding[] {
  const findings: Finding[] = [];
  const quantity = amount(order.totalQuantity);
  const isMoney = order.cashQty !== undefined && order.cashQty > 0;
  const isHedge = order.hedgeType !== undefined && order.parentId !== undefined;
  if (quantity === undefined || quantity.lt(0) || (quantity.eq(0) && !isMoney && !isHedge))
    findings.push(reject('QUANTITY-INVALID', `quantity ${order.totalQuantity} is none`, 'order a quantity above 0'));
  if (isMoney && quantity?.gt(0) === true)
    findings.push(
      reject('QTY-INVALID', `the order has a size of ${order.totalQuantity} and a cash amount at once`, 'give one of both'),
    );
  if (isMoney && contract.secType === 'CRYPTO' && order.action === 'SELL')
    findings.push(reject('QTY-INVALID', 'crypto is not sold by a cash amount', 'give a size'));
  if (order.faGroup !== undefined && order.faGroup !== '' && order.account !== undefined && order.account !== '')
    findings.push(reject('ORDER-INVALID', 'account and faGroup at once', 'name exactly one of them'));
  const details = contracts.detailsOf(contract);
  for (const contradiction of contradictionsOf(contract, details?.contract))
    findings.push(
      reject(
        'CONTRACT-CONTRADICTED',
        `the contract is not what its conId stands for: ${contradiction}`,
        'give the conId and the exchange, and leave the rest out',
        { contradiction },
      ),
    );
  if (details !== undefined && quantity?.gt(0) === true && filled === undefined)
    findings.push(...checkSize(quantity, sizeRules(details)));
  const grid = contracts.gridOf(contract);
  if (grid !== undefined) findings.push(...onGrid(order, grid));
  return findings;
}

function sizeRules({ contractDetails }: DetailsMessage): SizeRules {
  const { minSize, sizeIncrement, suggestedSizeIncrement } = contractDetails ?? {};
  return {
    ...(minSize !== undefined && { minSize }),
    ...(sizeIncrement !== undefined && { sizeIncrement }),
    ...(suggestedSizeIncrement !== undefined && { suggestedSizeIncrement }),
  };
}

function onGrid(order: OrderDraft, grid: PriceGrid): readonly Finding[] {
  return pricesOf(order).flatMap(({ field, price }) => {
    if (isOnGrid(price, grid)) return [];
    const [below, above] = [snap(price, grid, 'down').toFixed(), snap(price, grid, 'up').toFixed()];
    return [
      reject('PRICE-TICK', `${field} ${price} is between the prices that exist`, `use ${below} or ${above}`, {
        price: String(price),
        below,
        above,
      }),
    ];
  });
}

/** Order types whose auxPrice is a price; elsewhere it is a distance or an offset. */
const TRIGGERED: ReadonlySet<string> = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);

function pricesOf(order: OrderDraft): readonly { readonly field: string; readonly price: number }[] {
  const fields = ['lmtPrice', 'trailStopPrice', ...(TRIGGERED.has(order.orderType) ? (['auxPrice'] as const) : [])] as const;
  return fields.flatMap((field) => {
    const price = order[field];
    return price === undefined ? [] : [{ field, price }];
  });
}

function amount(value: string): Big | undefined {
  try {
    return new Big(value);
  } catch {
    return undefined;
  }
}
