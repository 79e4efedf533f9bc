// `web.accounts`: what belongs to whom, read and streamed.

import {
  type AccountPosition,
  type AccountsFacade,
  type AccountValue,
  Big,
  InputError,
  type Keyed,
  type Pnl,
  type Timer,
  type ValuesView,
} from 'ibwire';
import { decimalText } from '../endpoints/decode.js';
import type { TopicHands, Topics, TopicTerms } from '../streams/topic.js';
import { big, createNumbers, type NumbersStore } from './account-numbers.js';
import type { Ask, WebCall } from './ask.js';
import { told } from './contract.js';
import { KeyedMap } from './keyed.js';
import { heldRows } from './positions.js';
import { refusing } from './unsupported.js';

/** The core's calls, and `cash`. */
export interface WebAccounts extends AccountsFacade {
  /** Cash by currency, exact; `BASE`, the sum of all, is not among them. */
  cash(account: string, call?: WebCall): Promise<Keyed<string, Big>>;
}

export interface AccountParts {
  readonly ask: Ask;
  readonly timer: Timer;
  readonly topics: Topics;
  ready(call?: WebCall): Promise<void>;
  ids(): readonly string[];
  accountType(account: string): string | undefined;
}

type Row = Readonly<Record<string, unknown>>;
/** These subscriptions are confirmed by a first frame. */
const ANSWERS_WITHIN = 15_000;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

async function readNumbers(
  { ask, timer }: AccountParts,
  account: string,
  store: NumbersStore,
  call: WebCall,
): Promise<readonly AccountValue[]> {
  const [summary, ledger] = await Promise.all([
    ask.read('GET /portfolio/{accountId}/summary', { values: [account] }, call) as Promise<unknown>,
    ask.read('GET /portfolio/{accountId}/ledger', { values: [account] }, call) as Promise<unknown>,
  ]);
  const now = timer.now();
  const changed: AccountValue[] = [];
  for (const [key, row] of Object.entries(isRow(summary) ? summary : {})) {
    const one = isRow(row) ? store.summary(key, row, now) : undefined;
    if (one !== undefined) changed.push(one);
  }
  for (const [currency, line] of Object.entries(isRow(ledger) ? ledger : {}))
    if (isRow(line)) changed.push(...store.ledger(currency, line, now));
  return changed;
}

function numbersTopic(
  parts: AccountParts,
  account: string,
  hands: TopicHands<AccountValue>,
): TopicTerms<AccountValue, ValuesView> {
  const store = createNumbers(account);
  const view = new KeyedMap([[account, store.view]]);
  return {
    key: `numbers ${account}`,
    names: [`ssd+${account}`, `sld+${account}`],
    rank: 'account',
    view,
    subscribe: () => [`ssd+${account}+{}`, `sld+${account}+{}`],
    unsubscribe: () => [`usd+${account}+{}`, `uld+${account}+{}`],
    answersWithin: ANSWERS_WITHIN,
    take(name, _, rows, now) {
      if (name.startsWith('ssd')) return rows.flatMap((row) => store.summary(told(row['key']) ?? '', row, now) ?? []);
      return rows.flatMap((row) => {
        const currency = told(row['secondkey']) ?? told(row['key'])?.replace(/^LedgerList/, '');
        return currency === undefined || currency === '' ? [] : store.ledger(currency, row, now);
      });
    },
    // The stream tells what changes; the picture is read.
    onOpened() {
      readNumbers(parts, account, store, {}).then(
        (changed) => {
          hands.push(changed);
          hands.complete();
        },
        () => {}, // it is asked again with the next opening; `complete` waits
      );
    },
  };
}

/** Daily, unrealised and realised of every account, merged by the names that came. */
function pnlTopic(ids: () => readonly string[]): TopicTerms<Pnl, undefined> {
  const known = new Map<string, Pnl>();
  return {
    key: 'spl',
    names: ['spl'],
    rank: 'account',
    view: undefined,
    subscribe: () => ['spl+{}'],
    unsubscribe: () => ['upl+{}'],
    answersWithin: ANSWERS_WITHIN,
    take(_name, _value, rows, now) {
      const parts = rows.flatMap((row) => Object.entries(row));
      return parts.flatMap(([key, row]) => {
        const account = ids().find((id) => key === id || key.startsWith(`${id}.`));
        // Of several rows of an account the first is the whole of it.
        if (account === undefined || !isRow(row) || (row['rowType'] !== undefined && Number(row['rowType']) !== 1)) return [];
        const before = known.get(account);
        const pnl: Pnl = {
          account,
          modelCode: undefined,
          dailyPnL: big(row['dpl']) ?? before?.dailyPnL,
          unrealizedPnL: big(row['upl']) ?? before?.unrealizedPnL,
          realizedPnL: before?.realizedPnL,
          asOf: now,
        };
        known.set(account, pnl);
        return [pnl];
      });
    },
  };
}

export function createAccounts(parts: AccountParts): WebAccounts {
  const { ask, topics, ready } = parts;
  const known = (account: string): string => {
    if (parts.ids().length > 0 && !parts.ids().includes(account))
      throw new InputError('account', `is none of the ${parts.ids().length} accounts of the login`);
    return account;
  };
  return {
    ...refusing('accounts'),
    get ids() {
      return parts.ids();
    },
    async managed(call) {
      await ready(call);
      return parts.ids();
    },
    async linked(call) {
      await ready(call);
      return parts.ids().map((account) => ({
        account,
        isPaper: account.startsWith('D'),
        accountType: parts.accountType(account),
      }));
    },
    async positions(options = {}) {
      await ready(options);
      const found: AccountPosition[] = [];
      for (const account of options.account === undefined ? parts.ids() : [known(options.account)])
        for (const { row, contract } of await heldRows(ask, account, options)) {
          const position = big(row['position']);
          if (position === undefined || contract === undefined)
            throw new InputError('positions', 'a row has no conid or no position');
          const modelCode = told(row['model']);
          if (options.modelCode !== undefined && options.modelCode !== (modelCode ?? '')) continue;
          // Of holdings no exchange is told.
          const held = { ...contract, exchange: undefined, primaryExchange: undefined };
          found.push({ account, modelCode, contract: held, position, avgCost: big(row['avgCost']) });
        }
      return found;
    },
    async cash(account, call = {}) {
      await ready(call);
      const ledger = (await ask.read('GET /portfolio/{accountId}/ledger', { values: [known(account)] }, call)) as Readonly<
        Record<string, Row>
      >;
      const found = new KeyedMap<Big>();
      for (const [currency, line] of Object.entries(ledger)) {
        const amount = decimalText(line['cashbalance']);
        if (currency !== 'BASE' && amount !== undefined) found.set(currency, new Big(amount));
      }
      return found;
    },
    async numbers(account, options = {}) {
      await ready(options);
      const store = createNumbers(known(account));
      await readNumbers(parts, account, store, options);
      return store.view;
    },
    liveNumbers: (account, options = {}) =>
      topics.open((hands) => numbersTopic(parts, known(account), hands), `numbers ${account}`, options),
    pnl: (account, options = {}) =>
      topics.open(
        () => pnlTopic(parts.ids),
        'spl',
        options,
        (item) => item.account === account,
      ),
  };
}
