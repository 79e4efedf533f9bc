// What kind every account of the login is: asked once per connection, in the background, and read from whatever else is said.
import { accountKindOf, mayBorrow } from '../../../rules/account-kind.js';
import { accountSummary } from '../../accounts/conversations.js';
import { askList } from '../../conversation/ask.js';
import type { Call } from '../../core.js';
import type { OrderCore } from '../order-core.js';

/** `untold`: not answered yet; `unknown`: answered without a kind; `free`: may borrow; `restricted`: may not, as far as known. */
export type Standing = 'untold' | 'unknown' | 'free' | 'restricted';

export interface Kinds {
  standingOf(account: string): Standing;
  typeOf(account: string): string | undefined;
  /** Asks on this connection unless that has been done; the same question for everybody who waits. */
  ask(call?: Call): Promise<void>;
}

/** Buying power above this multiple of the available funds proves that an account may borrow. */
const BORROWS_FROM = 1.5;

/** Whether the gateway's own numbers prove that an account may borrow; what is not told proves nothing. */
export function borrowsBy({ BuyingPower, AvailableFunds }: Readonly<Record<string, string | undefined>>): boolean {
  const [power, funds] = [Number(BuyingPower), Number(AvailableFunds)];
  return power > 0 && funds > 0 && power >= funds * BORROWS_FROM;
}

const TAGS = 'AccountType,BuyingPower,AvailableFunds,TotalCashValue,NetLiquidation';

/** `isInferred`: without configuration the gateway's own numbers may prove that a taxable account borrows. */
export function createKinds(
  session: OrderCore,
  configured: (account: string) => string | undefined,
  isInferred: boolean,
  told: () => void,
): Kinds {
  const types = new Map<string, string>();
  const borrowers = new Set<string>();
  let answeredIn = 0;
  let asking: { readonly epoch: number; readonly promise: Promise<void> } | undefined;

  const typeOf = (account: string): string | undefined => types.get(account) ?? session.accountTypes.get(account);

  async function put(call: Call): Promise<void> {
    const { epoch } = session;
    const rows = await askList(session, accountSummary, { group: 'All', tags: TAGS }, call);
    const numbers = new Map<string, Record<string, string>>();
    for (const { account, tag, value } of rows) {
      if (account === undefined || tag === undefined || value === undefined) continue;
      numbers.set(account, { ...numbers.get(account), [tag]: value });
      if (tag === 'AccountType') types.set(account, value);
    }
    borrowers.clear();
    for (const [account, values] of numbers) if (borrowsBy(values)) borrowers.add(account);
    answeredIn = epoch;
    told();
  }

  return {
    typeOf,
    standingOf(account) {
      const accountType = typeOf(account);
      const configuredKind = configured(account);
      const { kind } = accountKindOf({ configuredKind, accountType });
      if (accountType === undefined && answeredIn === 0) return 'untold';
      if (kind === undefined) return 'unknown';
      if (mayBorrow(kind)) return 'free';
      const isTaxable = kind === 'cash' && configuredKind === undefined;
      if (!isTaxable || !isInferred) return 'restricted';
      if (answeredIn === 0) return 'untold';
      return borrowers.has(account) ? 'free' : 'restricted';
    },
    ask(call = {}) {
      const { epoch } = session;
      if (answeredIn === epoch) return Promise.resolve();
      if (asking?.epoch === epoch) return asking.promise;
      const promise = put(call).finally(() => {
        if (asking?.promise === promise) asking = undefined;
      });
      asking = { epoch, promise };
      return promise;
    },
  };
}
