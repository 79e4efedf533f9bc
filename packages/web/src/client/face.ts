// What `connectWeb` takes and gives.

import type { Big, Timer } from 'ibwire';
import type { BudgetOptions } from '../admission/budgets.js';
import type { WebBar } from '../market/bars.js';
import type { DataKind, MarketValue } from '../market/value.js';
import type { WebOrderOptions, WebOrders } from '../orders/face.js';
import type { WebSessionState } from '../session/machine.js';
import type { Send, Signer } from '../sign/signer.js';
import type { Ask, WebCall } from './ask.js';

export interface WebOptions {
  readonly signer: Signer;
  /** Default the gateway on this machine, `https://localhost:5000/v1/api`. */
  readonly base?: string;
  /** SHA-256 of the gateway's own certificate; for this machine only. */
  readonly fingerprint?: string;
  /** Takes the brokerage session from another login, once. Default false. */
  readonly compete?: boolean;
  /** Message ids suppressed after each opening. */
  readonly suppress?: readonly string[];
  readonly orders?: WebOrderOptions;
  readonly pace?: BudgetOptions;
  /** Of the calendar; default never. */
  readonly isMaintenance?: (now: number) => boolean;
  readonly onState?: (state: WebSessionState) => void;
  readonly timer?: Timer;
  /** Another way to send; default HTTPS. */
  readonly send?: Send;
}

/** One holding. `position` is signed, 0 when it was closed today; `avgCost` has the multiplier in it. */
export interface WebPosition {
  readonly account: string;
  readonly contract: {
    readonly conId: number;
    readonly symbol: string | undefined;
    readonly secType: string;
    readonly currency: string;
  };
  readonly position: Big;
  readonly avgCost: Big | undefined;
}

/** Prices of a moment. Undefined: not told, never 0. */
export interface WebQuote {
  readonly conId: number;
  readonly data: DataKind;
  readonly bid: MarketValue | undefined;
  readonly ask: MarketValue | undefined;
  readonly last: MarketValue | undefined;
}

export interface Web {
  readonly state: WebSessionState;
  /** Resolves when the session is ready. @throws {TimeoutError} */
  ready(call?: WebCall): Promise<void>;
  /** Begins anew; `compete` takes the session from another login. */
  reopen(compete?: boolean): void;
  /** Any endpoint of the table. Nothing that trades goes through here: see `orders`. */
  readonly read: Ask['read'];
  readonly accounts: {
    readonly ids: readonly string[];
    positions(options?: WebCall & { readonly account?: string }): Promise<readonly WebPosition[]>;
    /** Cash by currency, exact; `BASE`, the sum of all, is not among them. */
    cash(account: string, call?: WebCall): Promise<ReadonlyMap<string, Big>>;
  };
  readonly contracts: {
    /** Stocks of a symbol. Several may bear it: choose by currency and exchange. */
    stocks(
      symbol: string,
      call?: WebCall,
    ): Promise<readonly { readonly conId: number; readonly exchange: string; readonly isUS: boolean; readonly name: string }[]>;
  };
  readonly market: {
    /** Asks until the fields are there; what is missing after the deadline is undefined. */
    snapshot(conId: number, call?: WebCall): Promise<WebQuote>;
  };
  readonly history: {
    bars(
      conId: number,
      request: { readonly period: string; readonly bar: string; readonly outsideRth?: boolean },
      call?: WebCall,
    ): Promise<readonly WebBar[]>;
  };
  readonly orders: WebOrders;
  close(): void;
}
