// Connects to the Web API: session, admission and the face over them.

import { Big, InputError, TimeoutError, wallTimer } from 'ibwire';
import { createAdmission } from '../admission/admission.js';
import { decimalText } from '../endpoints/decode.js';
import { readBars } from '../market/bars.js';
import { dataKind, marketValue } from '../market/value.js';
import { createWebOrders } from '../orders/facade.js';
import { authOf } from '../session/auth.js';
import type { Step } from '../session/machine.js';
import { createSession, type Told } from '../session/session.js';
import { httpsSend } from '../transport/http.js';
import { pinnedAgent } from '../transport/pin.js';
import { createAsk, type Outcome, type WebCall } from './ask.js';
import type { Web, WebOptions, WebPosition } from './face.js';
import { readPositions } from './positions.js';

type Row = Readonly<Record<string, unknown>>;

const READY_WITHIN = 60_000;
const FIELDS = '31,84,86,6509';

const toldOf = (outcome: Outcome): Told => {
  if (outcome.at === 'silence') return { at: 'unreachable', why: outcome.why };
  if (outcome.at === 'refused')
    return outcome.why === 'signedOut'
      ? { at: 'unauthorised' }
      : { at: 'failed', why: `${outcome.status} ${outcome.text}`.trim() };
  const auth = authOf(outcome.value);
  return auth === undefined ? { at: 'done' } : { at: 'auth', auth };
};

/** Opens a session and keeps it. It goes on by itself until it is closed. */
export function connectWeb(options: WebOptions): Web {
  const { signer, base = 'https://localhost:5000/v1/api', timer = wallTimer, suppress = [] } = options;
  const { hostname } = new URL(base);
  const agent = options.fingerprint === undefined ? undefined : pinnedAgent(hostname, options.fingerprint);
  const send = options.send ?? httpsSend(agent);
  const admission = createAdmission(timer, options.pace);
  const waiting = new Set<() => void>();
  let accounts: readonly string[] = [];
  const types = new Map<string, string>();
  const currencies = new Map<string, string>();

  const ready = (call: WebCall = {}): Promise<void> => {
    if (session.state.at === 'ready') return Promise.resolve();
    const timeout = call.timeout ?? READY_WITHIN;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(check);
        stop();
        call.signal?.removeEventListener('abort', abort);
      };
      const check = (): void => {
        if (session.state.at !== 'ready') return;
        leave();
        resolve();
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
    resubscribe: async () => ({ at: 'done' }),
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
        options.onState?.(state);
        for (const check of [...waiting]) check();
      },
    },
    { compete: options.compete ?? false },
  );

  const quoteRow = async (conId: number, call: WebCall): Promise<Row | undefined> => {
    let row: Row | undefined;
    for (let turn = 0; turn < 6; turn += 1) {
      const rows = (await ask.read(
        'GET /iserver/marketdata/snapshot',
        { query: { conids: conId, fields: FIELDS } },
        call,
      )) as readonly Row[];
      row = rows.find((one) => one['conid'] === conId) ?? row;
      if (row?.['84'] !== undefined && row['86'] !== undefined && row['31'] !== undefined) break;
      await pause(500);
    }
    return row;
  };
  const { orders, close } = createWebOrders(
    {
      ask,
      timer,
      accounts: () => accounts,
      accountType: (account) => types.get(account),
      baseCurrency: (account) => currencies.get(account),
      positions: (account, call) => readPositions(ask, account, call),
      quote: quoteRow,
      ready,
    },
    options.orders ?? {},
  );

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
    accounts: {
      get ids() {
        return accounts;
      },
      async positions(call = {}) {
        await ready(call);
        const wanted = call.account === undefined ? accounts : [call.account];
        const found: WebPosition[] = [];
        for (const account of wanted)
          for (const row of await readPositions(ask, account, call)) {
            const [position, avgCost, conId] = [decimalText(row['position']), decimalText(row['avgCost']), Number(row['conid'])];
            if (position === undefined || !Number.isSafeInteger(conId))
              throw new InputError('positions', 'a row has no conid or no position');
            const [symbol, name] = [row['ticker'], row['contractDesc']].map((one) => (typeof one === 'string' ? one : undefined));
            found.push({
              account,
              contract: {
                conId,
                symbol: symbol ?? name,
                secType: String(row['assetClass'] ?? ''),
                currency: String(row['currency'] ?? ''),
              },
              position: new Big(position),
              avgCost: avgCost === undefined ? undefined : new Big(avgCost),
            });
          }
        return found;
      },
      async cash(account, call = {}) {
        await ready(call);
        const ledger = (await ask.read('GET /portfolio/{accountId}/ledger', { values: [account] }, call)) as Readonly<
          Record<string, Row>
        >;
        const found = new Map<string, Big>();
        for (const [currency, line] of Object.entries(ledger)) {
          const amount = decimalText(line['cashbalance']);
          if (currency !== 'BASE' && amount !== undefined) found.set(currency, new Big(amount));
        }
        return found;
      },
    },
    contracts: {
      async stocks(symbol, call) {
        const answer = (await ask.read('GET /trsrv/stocks', { query: { symbols: symbol } }, call)) as Readonly<
          Record<string, readonly Row[]>
        >;
        return (answer[symbol] ?? []).flatMap((one) =>
          ((one['contracts'] ?? []) as readonly Row[]).map((contract) => ({
            conId: Number(contract['conid']),
            exchange: String(contract['exchange'] ?? ''),
            isUS: contract['isUS'] === true,
            name: String(one['name'] ?? ''),
          })),
        );
      },
    },
    market: {
      async snapshot(conId, call = {}) {
        await ready(call);
        const row = await quoteRow(conId, call);
        const [last, bid, ask] = ['31', '84', '86'].map((id) => marketValue(row?.[id]));
        return { conId, data: dataKind(row?.['6509']), bid, ask, last };
      },
    },
    history: {
      async bars(conId, { period, bar, outsideRth = false }, call = {}) {
        await ready(call);
        return readBars(
          await ask.read('GET /iserver/marketdata/history', { query: { conid: conId, period, bar, outsideRth } }, call),
        ).bars;
      },
    },
    orders,
    close() {
      session.close();
      close();
      agent?.destroy();
    },
  };
}
