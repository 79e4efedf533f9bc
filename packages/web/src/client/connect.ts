// Connects to the Web API: session, admission and the face over them.

import { ClosedError, InputError, TimeoutError, wallTimer } from 'ibwire';
import { createAdmission } from '../admission/admission.js';
import { createMarket, warmed } from '../market/facade.js';
import { createHistory } from '../market/history.js';
import { checkNames, type Names } from '../names.js';
import { createWebOrders } from '../orders/facade.js';
import { type AuthStatus, authOf, readingOf, type SessionReading } from '../session/auth.js';
import type { Step } from '../session/machine.js';
import { createSession, type Told } from '../session/session.js';
import type { Send } from '../sign/signer.js';
import { streamAddress } from '../streams/address.js';
import { createLink } from '../streams/link.js';
import { NOTICES_KEY, noticesOf, noticeTopic, type WebNotice } from '../streams/notices.js';
import { type LiveOrders, ORDERS_KEY, type OrderNews, orderTopic } from '../streams/orders.js';
import { createTopics } from '../streams/topic.js';
import { httpsSend } from '../transport/http.js';
import { pinnedAgent } from '../transport/pin.js';
import { webSocketStream } from '../transport/stream.js';
import { createAccounts } from './accounts.js';
import { createAsk, type Outcome, type WebCall } from './ask.js';
import { createContracts } from './contracts.js';
import type { Web, WebOptions } from './face.js';
import type { ContractInput } from './find-contract.js';
import { createOptions } from './options.js';
import { createOrdersFace } from './orders.js';
import { readPositions } from './positions.js';
import { capabilitiesOf, refusing } from './unsupported.js';

type Row = Readonly<Record<string, unknown>>;

const READY_WITHIN = 60_000;

const toldOf = (outcome: Outcome): Told => {
  if (outcome.at === 'silence') return { at: 'unreachable', why: outcome.why };
  if (outcome.at === 'refused')
    return outcome.why === 'signedOut'
      ? { at: 'unauthorised' }
      : { at: 'failed', why: `${outcome.status} ${outcome.text}`.trim() };
  const auth = authOf(outcome.value);
  return auth === undefined ? { at: 'done' } : { at: 'auth', auth };
};

/** An `sts` frame says less than a status: signed out of the brokerage session it is lost, as long as the socket stands. */
const streamReading = (auth: AuthStatus): SessionReading =>
  auth.authenticated === false && auth.competing !== true ? 'lost' : readingOf(auth);

const OPTIONS: Names<WebOptions> = {
  signer: true,
  base: true,
  fingerprint: true,
  compete: true,
  suppress: true,
  orders: true,
  pace: true,
  isMaintenance: true,
  onState: true,
  onListenerError: true,
  timer: true,
  send: true,
  stream: true,
};

function readBase(base: string): URL {
  try {
    return new URL(base);
  } catch {
    throw new InputError('base', 'is no address, as https://localhost:5000/v1/api');
  }
}

const closedError = (): ClosedError => new ClosedError('the session was closed');

/** Opens a session and keeps it. It goes on by itself until it is closed. */
export function connectWeb(options: WebOptions): Web {
  const { signer, base = 'https://localhost:5000/v1/api', timer = wallTimer, suppress = [] } = options;
  checkNames<WebOptions>(options, OPTIONS);
  const { hostname, protocol } = readBase(base);
  if (protocol !== 'https:') throw new InputError('base', 'begins with https: nothing is sent in the clear');
  const agent = options.fingerprint === undefined ? undefined : pinnedAgent(hostname, options.fingerprint);
  const over = options.send ?? httpsSend(agent);
  let isClosed = false;
  const send: Send = (request, call) => (isClosed ? Promise.reject(closedError()) : over(request, call));
  const admission = createAdmission(timer, { marginMs: 250, ...options.pace });
  const waiting = new Set<() => void>();
  let accounts: readonly string[] = [];
  const types = new Map<string, string>();
  const currencies = new Map<string, string>();
  const noticed = new Set<(notice: WebNotice) => void>();
  let wasReady = false;

  const ready = (call: WebCall = {}): Promise<void> => {
    if (isClosed) return Promise.reject(closedError());
    if (session.state.at === 'ready') return Promise.resolve();
    const timeout = call.timeout ?? READY_WITHIN;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(check);
        stop();
        call.signal?.removeEventListener('abort', abort);
      };
      const check = (): void => {
        if (!isClosed && session.state.at !== 'ready') return;
        leave();
        if (isClosed) reject(closedError());
        else resolve();
      };
      const abort = (): void => {
        leave();
        reject(call.signal?.reason);
      };
      const stop = timer.after(timeout, () => {
        leave();
        reject(new TimeoutError('the brokerage session', timeout, { hint: `It is ${session.state.at}.` }));
      });
      waiting.add(check);
      call.signal?.addEventListener('abort', abort, { once: true });
    });
  };
  const pause = (ms: number): Promise<void> => new Promise((resolve) => timer.after(ms, resolve));
  const ask = createAsk({
    base,
    signer,
    send,
    admission,
    timer,
    heard(verdict) {
      if (verdict.at !== 'refused') return;
      if (verdict.why === 'signedOut') session.hear({ is: 'unauthorised' });
      if (verdict.why === 'noSession') session.hear({ is: 'noSession', why: verdict.text });
    },
    ready,
  });
  const tell = (outcome: Promise<Outcome>): Promise<Told> =>
    outcome.then(
      toldOf,
      (error: unknown): Told => ({ at: 'failed', why: error instanceof Error ? error.message : String(error) }),
    );

  const prove = async (): Promise<Told> => {
    for (let turn = 0; turn < 30; turn += 1) {
      const told = await tell(ask.once('POST /iserver/auth/status', {}, 'session'));
      if (told.at !== 'auth' || told.auth.competing === true) return told;
      if (told.auth.authenticated === true && told.auth.established !== false) return { at: 'done' };
      await pause(1_000);
    }
    return { at: 'failed', why: 'the session was not established within 30 s' };
  };
  const readAccounts = async (): Promise<Told> => {
    const outcome = await ask.once('GET /iserver/accounts', {}, 'session');
    if (outcome.at !== 'answer') return toldOf(outcome);
    const listed = (outcome.value as Row | undefined)?.['accounts'];
    if (!Array.isArray(listed) || listed.length === 0) return { at: 'failed', why: 'no account was told' };
    accounts = listed.filter((one): one is string => typeof one === 'string' && one !== 'All');
    const outer = await ask.once('GET /portfolio/accounts', {}, 'session');
    if (outer.at !== 'answer') return toldOf(outer);
    for (const row of (outer.value ?? []) as readonly Row[])
      if (typeof row['accountId'] === 'string' && typeof row['acctCustType'] === 'string')
        types.set(row['accountId'], row['acctCustType']);
    for (const { accountId, currency } of (outer.value ?? []) as readonly Row[])
      if (typeof accountId === 'string' && typeof currency === 'string') currencies.set(accountId, currency);
    return { at: 'done' };
  };
  const steps: Readonly<Record<Step, (compete: boolean) => Promise<Told>>> = {
    init: (compete) => tell(ask.once('POST /iserver/auth/ssodh/init', { body: { publish: true, compete } }, 'session')),
    prove,
    accounts: readAccounts,
    suppress: async () =>
      suppress.length === 0
        ? { at: 'done' }
        : tell(ask.once('POST /iserver/questions/suppress', { body: { messageIds: suppress } }, 'session')),
    // Streams that do not come do not hold orders up: they say so, and come when they can.
    resubscribe: async () => {
      await link.resubscribe();
      return { at: 'done' };
    },
    // The first reads of a session are empty: these are they.
    reconcile: async () => {
      const orders = await tell(ask.once('GET /iserver/account/orders', {}, 'session'));
      return orders.at === 'done' ? tell(ask.once('GET /iserver/account/trades', {}, 'session')) : orders;
    },
  };

  const session = createSession(
    timer,
    {
      needsPerson: signer.needsPerson,
      expiresAt: () => signer.expiresAt,
      isMaintenance: options.isMaintenance ?? (() => false),
      async signIn() {
        try {
          await signer.open(send, () => timer.now());
        } catch (error) {
          return { at: 'failed', why: error instanceof Error ? error.message : String(error) };
        }
        return tell(ask.once('POST /tickle', {}, 'session'));
      },
      tickle: () => tell(ask.once('POST /tickle', {}, 'session')),
      run: (step, compete) => steps[step](compete).catch((error: unknown): Told => ({ at: 'failed', why: String(error) })),
      tell(state) {
        if (wasReady && state.at !== 'ready') link.lost(state.at === 'competing' ? 'competing' : 'broker');
        wasReady = state.at === 'ready';
        options.onState?.(state);
        for (const check of [...waiting]) check();
      },
    },
    { compete: options.compete ?? false },
  );

  const link = createLink({
    timer,
    open: options.stream ?? webSocketStream(agent),
    address: (attempt) => streamAddress(base, ask, signer, attempt),
    isReady: () => session.state.at === 'ready',
    heard(value) {
      const auth = authOf(value);
      if (auth !== undefined) session.hear({ is: 'auth', reading: streamReading(auth), why: auth.text });
    },
    told(frame) {
      for (const notice of noticesOf(frame)) for (const push of noticed) push(notice);
    },
  });
  const topics = createTopics(link, timer, options.onListenerError ?? (() => {}));
  const contracts = createContracts({ ask, timer, ready });
  const conIdOf = async (contract: ContractInput, call?: WebCall): Promise<number> =>
    contract.conId !== undefined && contract.conId !== 0 ? contract.conId : (await contracts.qualify(contract, call)).conId;
  const accountFace = createAccounts({
    ask,
    timer,
    topics,
    ready,
    ids: () => accounts,
    accountType: (account) => types.get(account),
  });
  const market = createMarket({ ask, timer, topics, ready, conIdOf });
  const history = createHistory({ ask, timer, ready, conIdOf });
  const { orders, close } = createWebOrders(
    {
      ask,
      timer,
      accounts: () => accounts,
      accountType: (account) => types.get(account),
      baseCurrency: (account) => currencies.get(account),
      positions: (account, call) => readPositions(ask, account, call),
      quote: (conId, call) => warmed({ ask, timer }, conId, call, (row) => Object.keys(row).length),
      ready,
    },
    options.orders ?? {},
  );
  const families = {
    accounts: accountFace,
    contracts,
    market,
    history,
    orders: {
      ...refusing('orders'),
      ...createOrdersFace({
        timer,
        orders,
        live: (call) => topics.open<OrderNews, LiveOrders>((hands) => orderTopic({ ask, timer }, hands), ORDERS_KEY, call),
        currencyOf: async (conId) => (await contracts.qualify({ conId })).currency,
      }),
    },
    options: createOptions({ ask, timer, ready }),
    scanner: refusing('scanner'),
    news: refusing('news'),
    advisor: refusing('advisor'),
    calendar: refusing('calendar'),
    terminal: refusing('terminal'),
  };
  const end = (): void => {
    isClosed = true;
    session.close();
    for (const check of [...waiting]) check();
    topics.close(closedError());
    link.close();
    close();
    agent?.destroy();
  };

  return {
    get state() {
      return session.state;
    },
    ready,
    reopen: (compete) => session.reopen(compete),
    read(name, question, call) {
      if (!name.startsWith('GET '))
        throw new InputError('name', 'only what is read by GET may be repeated; orders go through `orders`');
      return ask.read(name, question, call);
    },
    capabilities: capabilitiesOf(families),
    ...families,
    notices: (call) => topics.open((hands) => noticeTopic(hands, noticed), NOTICES_KEY, call),
    close: end,
    [Symbol.asyncDispose]: async () => end(),
  };
}
