// What `connectWeb` takes and gives.

import type { Subscription, Timer } from 'ibwire';
import type { BudgetOptions } from '../admission/budgets.js';
import type { WebMarket } from '../market/facade.js';
import type { WebHistory } from '../market/history.js';
import type { WebOrderOptions } from '../orders/face.js';
import type { WebSessionState } from '../session/machine.js';
import type { Send, Signer } from '../sign/signer.js';
import type { WebNotice } from '../streams/notices.js';
import type { OpenStream } from '../transport/stream.js';
import type { WebAccounts } from './accounts.js';
import type { Ask, WebCall } from './ask.js';
import type { WebContracts } from './contracts.js';
import type { WebOrdersFace } from './orders.js';
import type { Capability, Facades } from './unsupported.js';

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
  /** Told what a listener of a stream threw, or how a promise of it failed: its errors are its own, and end nothing. */
  readonly onListenerError?: (error: unknown) => void;
  readonly timer?: Timer;
  /** Another way to send; default HTTPS. */
  readonly send?: Send;
  /** Another way to open the stream; default a WebSocket over TLS. */
  readonly stream?: OpenStream;
}

/** The Web API with the core's face. What it cannot do refuses with `UnsupportedError`; `capabilities` says so beforehand. */
export interface Web extends Omit<Facades, 'accounts' | 'contracts' | 'market' | 'history' | 'orders'>, AsyncDisposable {
  readonly state: WebSessionState;
  /** Resolves when the session is ready. @throws {TimeoutError} */
  ready(call?: WebCall): Promise<void>;
  /** Begins anew; `compete` takes the session from another login. */
  reopen(compete?: boolean): void;
  /** Any endpoint of the table. Nothing that trades goes through here: see `orders`. */
  readonly read: Ask['read'];
  /** Every call by family and name, as `market.depth`: whether it is there, and what serves instead. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  readonly accounts: WebAccounts;
  readonly contracts: WebContracts;
  readonly market: WebMarket;
  readonly history: WebHistory;
  readonly orders: WebOrdersFace;
  /** Words of the broker to people: notifications, prompts, bulletins, refused subscriptions. */
  notices(call?: WebCall): Subscription<WebNotice>;
  /** Ends the session; everything open settles. */
  close(): void;
}
