// What every way of signing in has in common.

/** A request as it leaves. `url` has its query. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Sends one request once. It rejects when nothing is known of an answer. */
export type Send = (
  request: Outgoing,
  call?: { readonly signal?: AbortSignal | undefined; readonly timeout?: number | undefined },
) => Promise<Incoming>;

/** What goes beside the address of the stream. */
export interface StreamSigns {
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** One way of signing in. Its secrets are in no property: they cannot be printed by mistake. */
export interface Signer {
  readonly kind: 'gateway' | 'oauth1' | 'oauth2';
  /** Gets what requests are signed with; again when it is stale. @throws {WebError} */
  open(send: Send, now: () => number): Promise<void>;
  /** When that ends, epoch milliseconds; undefined: not known before it happens. */
  readonly expiresAt: number | undefined;
  /** Headers that sign this request. @throws {WebError} before `open` */
  sign(method: string, url: URL): Readonly<Record<string, string>>;
  /** `session` is what tickle gave. */
  signStream(session: string): StreamSigns;
  /** Only a person can sign in again. */
  readonly needsPerson: boolean;
}
