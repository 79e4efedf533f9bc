// The account updates: one account with market values. A client has one such slot; a second account takes it over.

import type Big from 'big.js';
import type { Keyed } from '../../input/keyed.js';
import type { ItemsOf } from '../conversation/shapes.js';
import { openStream } from '../conversation/stream.js';
import type { Asking } from '../conversation/stream-terms.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { legible } from '../input/legible.js';
import { ClosedError } from '../wire/errors.js';
import { accountUpdates } from './conversations.js';
import { money } from './money.js';
import { type AccountPosition, positionKey } from './position-row.js';
import { heldOf, type Missing } from './positions.js';
import { createRows } from './rows.js';
import { type AccountNumbers, type AccountValue, createValues } from './values.js';

/** A holding with its market value. */
export interface PortfolioRow extends AccountPosition {
  readonly marketPrice: Big | undefined;
  readonly marketValue: Big | undefined;
  readonly unrealizedPNL: Big | undefined;
  readonly realizedPNL: Big | undefined;
}

/** What changed in a portfolio: a row of holdings, or one of the account's numbers. */
export type PortfolioItem = { readonly row: PortfolioRow } | { readonly value: AccountValue };

/** Holdings with market values, and the numbers of one account, as the gateway's account window shows them. */
export interface Portfolio {
  readonly account: string;
  readonly rows: Keyed<string, PortfolioRow>;
  /** Undefined before the first number. */
  readonly numbers: AccountNumbers | undefined;
  /** `HH:mm` of the newest row, as the gateway says it: no date, no zone, and it goes back and forth. */
  readonly updateTime: string | undefined;
}

export interface AccountSlot {
  /** Whose updates come now; undefined when nobody asked. */
  readonly account: string | undefined;
  open(account: string, call?: Call): Subscription<PortfolioItem, Portfolio>;
}

const UNSUBSCRIBED = 2100;
/** The echo of an unsubscription comes within this time. */
const ECHO_MS = 10_000;

export function createAccountSlot(core: Core): AccountSlot {
  let holder: { readonly account: string; readonly asking: Asking } | undefined;
  let leftAt = Number.NEGATIVE_INFINITY;
  return {
    get account() {
      return holder?.account;
    },
    open(account, call) {
      if (holder !== undefined && holder.account !== account) {
        const before = holder;
        before.asking.fail(new ClosedError(`account updates of another account took over the one slot of this client`));
      }
      const store = createPortfolio(core, account);
      return openStream(
        core,
        accountUpdates,
        { subscribe: true, acctCode: account },
        {
          key: account,
          view: store.view,
          take: store.take,
          isOthers: (message) => 'accountName' in message && isOther(message.accountName, account),
          onReset: store.onReset,
          onEnd: store.onEnd,
          cancelWith: { subscribe: false, acctCode: account },
          // Unsubscribing is answered with 2100, which names no account: it must not end the next one's stream.
          ignores: ({ errorCode }) => errorCode === UNSUBSCRIBED && core.timer.now() - leftAt < ECHO_MS,
          onOpen(asking) {
            holder = { account, asking };
          },
          onOver() {
            leftAt = core.timer.now();
            if (holder?.account === account) holder = undefined;
          },
        },
        call,
      );
    },
  };
}

type Message = ItemsOf<typeof accountUpdates>;

function createPortfolio(core: Core, account: string) {
  const rows = createRows<PortfolioRow>();
  const values = createValues();
  let updateTime: string | undefined;
  const view: Portfolio = legible({
    account,
    rows: rows.view,
    get numbers() {
      return values.view.get(account);
    },
    get updateTime() {
      return updateTime;
    },
  });
  return {
    view,
    take(message: Message, push: (item: PortfolioItem) => void, asking: Asking): void {
      switch (message.kind) {
        case 'updateAccountTime':
          updateTime = message.timeStamp;
          return;
        case 'updateAccountValue': {
          const { key = '', value = '', currency = '' } = message;
          if (key === '') {
            asking.misread(message.kind, 'key', 'is missing');
            return;
          }
          push({ value: values.set(account, key, value, currency, core.lastHeard) });
          return;
        }
        case 'updatePortfolio': {
          const row = rowOf(message, account);
          if ('missing' in row) {
            asking.misread(message.kind, row.missing, 'is missing');
            return;
          }
          rows.set(positionKey(row), row);
          push({ row });
          return;
        }
        default: // the end marker: see onEnd
      }
    },
    onReset() {
      rows.doubt();
      values.begin();
    },
    onEnd(push: (item: PortfolioItem) => void): void {
      for (const gone of rows.settle()) push({ row: { ...gone, position: gone.position.minus(gone.position) } });
    },
  };
}

/** Rows of the account that had the slot before may still be on their way. */
function isOther(name: string | undefined, account: string): boolean {
  return name !== undefined && name !== '' && name !== account;
}

function rowOf(message: Extract<Message, { kind: 'updatePortfolio' }>, account: string): PortfolioRow | Missing {
  const held = heldOf(message);
  if ('missing' in held) return held;
  return {
    ...held,
    account,
    modelCode: undefined,
    avgCost: money(message.averageCost),
    marketPrice: money(message.marketPrice),
    marketValue: money(message.marketValue),
    unrealizedPNL: money(message.unrealizedPNL),
    realizedPNL: money(message.realizedPNL),
  };
}
