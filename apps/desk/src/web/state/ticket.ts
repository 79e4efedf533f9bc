// The order that is being written: fields, the preview of exactly these fields, and the one key under which it may be sent.

import { createEffect, createMemo, createRoot, createSignal, on } from 'solid-js';
import type * as z from 'zod';
import type { ruleCommands } from '../../commands/rules.js';
import type { ContractOut } from '../../commands/schemas.js';
import { get, post, type Refusal, Refused } from './api.js';
import type { Draft, Position } from './desk.js';
import { desk } from './desk.js';
import { currencyLines, type Values } from './ledger.js';
import { needsTyping as needsTypedId } from './live.js';
import { sentenceOf, termsOf } from './order-terms.js';
import { quotes } from './quotes.js';
import { createFacts, type Fields } from './ticket-facts.js';

/** What an order at the market would meet in the book now. */
export interface Worst {
  readonly worst?: string;
  readonly average?: string;
  readonly isWhole?: boolean;
  readonly why?: string;
}

/** Rules and limits that an order of the account is asked. */
export type Looked = z.output<(typeof ruleCommands)[0]['output']>;

export interface Shown {
  readonly key: string;
  readonly at: number;
  readonly account: string;
  /** The whole order in one sentence. */
  readonly words: string;
  readonly preview: NonNullable<Draft['preview']>;
  /** Margin of the account as it was told when the preview was made; empty: it was not. */
  readonly before: Values;
  /** In the currency of the instrument, at the same time. */
  readonly cash: string | undefined;
  /** What the order was asked; undefined: the desk did not say. */
  readonly looked: Looked | undefined;
  /** Of an order at the market. */
  readonly worst: Worst | undefined;
}

/** Nothing · being asked · shown · being sent · sent. Sent ones are never sent again. */
export type Stage =
  | { readonly at: 'writing' }
  | { readonly at: 'asking' }
  | { readonly at: 'shown'; readonly shown: Shown }
  | { readonly at: 'sending'; readonly shown: Shown }
  | { readonly at: 'sent'; readonly draft: Draft };

/** Of an account now: its values, and its cash in a currency; what is not told is empty. */
export async function moneyOf(account: string | undefined, of: string | undefined): Promise<Pick<Shown, 'before' | 'cash'>> {
  const [{ values: before }, { currencies }] = await Promise.all([
    get<{ readonly values: Values }>('accounts.summary', { account }).catch(() => ({ values: {} })),
    get<{ readonly currencies: Record<string, Values> }>('accounts.values', { account }).catch(() => ({ currencies: {} })),
  ]);
  return { before, cash: currencyLines(currencies).find(({ currency }) => currency === of)?.cash };
}
export const lookedAt = (account: string | undefined): Promise<Looked | undefined> =>
  get<Looked>('accounts.rules', { account }).catch(() => undefined);

const AGAIN_MS = 2_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isLost = (error: unknown): boolean => error instanceof Refused && error.problem.status === 0;

/** A preview ages out. */
export const LIFE_MS = 30_000;
/** What has to be ticked besides warnings: that an order at the market has no price. */
export const AT_MARKET = 'the price is open';
const EMPTY: Fields = {
  ...{ side: 'BUY', quantity: '', type: 'LMT', price: '', stop: '', tif: 'DAY', till: '', after: '', outsideRth: false },
  ...{ trailBy: 'amount', trail: '', trailStop: '', offset: '' },
  ...{ isBracket: false, take: '', loss: '' },
};

function create() {
  const [contract, setContract] = createSignal<ContractOut>();
  const [fields, setFields] = createSignal<Fields>(EMPTY);
  const [stage, setStage] = createSignal<Stage>({ at: 'writing' });
  const [problem, setProblem] = createSignal<Refusal>();
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set());
  /** Why the last preview counts no more. */
  const [over, setOver] = createSignal<string>();
  const [typed, setTyped] = createSignal('');
  const rewrite = (why?: string): void => {
    if (stage().at === 'sending') return;
    const had = stage().at === 'shown';
    setStage({ at: 'writing' });
    setOver(had ? why : undefined);
    setProblem(undefined);
    setTicked(new Set<string>());
    setTyped('');
  };
  const age = (why: string): void => void (stage().at === 'shown' && rewrite(why));
  const asked = (): object => {
    return { account: desk.account()?.account, contract: { conId: contract()?.conId }, order: termsOf(fields()) };
  };
  const sentence = (): string => sentenceOf(fields(), contract()?.localSymbol ?? contract()?.symbol ?? '');
  const told = (error: unknown): Refusal =>
    error instanceof Refused ? error.problem : { status: 0, title: 'This page failed', detail: String(error) };
  /** Where no answer comes the same question is asked until one does: under one key it is one order. Nothing else can be sent meanwhile. */
  const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        const answer = await ask();
        setProblem(undefined);
        return answer;
      } catch (error) {
        if (!isLost(error)) throw error;
        setProblem({
          status: 0,
          title: 'Unknown',
          detail: 'no answer came: the order may have been sent',
          remedy: 'The desk is asked again under the same key, which cannot send it twice.',
        });
        await wait(AGAIN_MS);
      }
    }
  };
  const worstOf = ({ side, quantity }: Fields): Promise<Worst> =>
    get<Worst>('orders.worst', { conId: contract()?.conId, action: side, totalQuantity: quantity }).catch((error: unknown) => ({
      why: told(error).detail,
    }));
  /** An approval without an answer is looked up, not repeated. */
  const approved = async (id: string): Promise<Draft> => {
    try {
      return await post<Draft>('orders.approve', { id });
    } catch (error) {
      if (!isLost(error)) throw error;
      return answered(() => get<Draft>('orders.get', { id }));
    }
  };
  // A preview is of one account: another choice clears the ticket.
  createEffect(
    on(
      () => desk.account()?.account,
      () => {
        setContract(undefined);
        setFields(EMPTY);
        rewrite('another account was chosen');
      },
      { defer: true },
    ),
  );
  /** Everything of the account that a preview rests on: what it holds moves by fills. */
  const restsOn = createMemo(() => {
    const mine = ({ account }: { readonly account: string }): boolean => account === desk.account()?.account;
    const orders = (desk.orders() ?? [])
      .filter(mine)
      .map((one) => [one.orderId, one.state, one.remaining, one.lmtPrice, one.auxPrice]);
    const fills = (desk.fills() ?? []).filter(mine);
    return JSON.stringify([orders, fills.length, fills[0]?.execId]);
  });
  createEffect(on(restsOn, () => age('a position or a working order has changed'), { defer: true }));
  createEffect(() => {
    const now = stage();
    if (now.at === 'shown' && desk.now() - now.shown.at > LIFE_MS) age('30 seconds have passed');
  });
  // The quote moves past the collar, or past the worst price that was shown.
  createEffect(() => {
    quotes.frame();
    const now = stage();
    const conId = contract()?.conId;
    const quote = conId === undefined ? undefined : quotes.of({ conId });
    if (now.at !== 'shown' || quote === undefined) return;
    const { side, type, price } = fields();
    const collar = Number(desk.limits()?.collarPercent);
    if (type.includes('LMT') && quote.last !== undefined && collar > 0) {
      const away = (Math.abs(Number(price) - Number(quote.last)) / Number(quote.last)) * 100;
      if (away > collar && !now.shown.preview.findings.some(({ code }) => code === 'PRICE-COLLAR'))
        age('the quote has moved past the collar');
    }
    const worst = Number(now.shown.preview.worst.price);
    const touch = Number(side === 'BUY' ? quote.ask : quote.bid);
    if (type === 'MKT' && worst > 0 && touch > 0 && (side === 'BUY' ? touch > worst : touch < worst))
      age('the quote has moved past the worst price');
  });
  const { steps, held, outcome, valueAt } = createFacts(contract, fields);
  const isMoved = (now?: string, before?: string): boolean => now !== undefined && before !== undefined && now !== before;
  // A transfer or an exercise is no fill.
  createEffect(
    on(held, (now, before) => isMoved(now, before) && age('a position or a working order has changed'), { defer: true }),
  );
  const shown = (): Shown | undefined => {
    const now = stage();
    return now.at === 'shown' || now.at === 'sending' ? now.shown : undefined;
  };
  /** Warnings are ticked one by one; rejections cannot be. */
  const warnings = (): readonly string[] =>
    (shown()?.preview.findings ?? []).filter(({ severity }) => severity === 'warn').map(({ code }) => code);
  const toTick = (): readonly string[] => [...warnings(), ...(fields().type === 'MKT' ? [AT_MARKET] : [])];
  /** Of what is shown: at its limit, or at the worst price that is known. */
  const value = (): string | undefined => {
    const { type, price } = fields();
    return valueAt(type.includes('LMT') ? price : (shown()?.worst?.worst ?? shown()?.preview.worst.price));
  };
  const needsTyping = (): boolean => needsTypedId(desk.status()?.mode, desk.limits(), value(), contract()?.currency);
  const isTyped = (): boolean => !needsTyping() || typed() === shown()?.account;
  const maySend = (): boolean =>
    stage().at === 'shown' &&
    shown()?.preview.passes === true &&
    toTick().every((code) => ticked().has(code)) &&
    isTyped() &&
    desk.barred() === undefined;
  return {
    ...{ contract, fields, stage, problem, ticked, shown, warnings, toTick, maySend, over, typed, setTyped, needsTyping },
    ...{ steps, outcome, valueAt, value },
    set(changes: Partial<Fields>): void {
      if (stage().at === 'sending') return;
      setFields((all) => ({ ...all, ...changes }));
      rewrite();
    },
    pick(chosen: ContractOut | undefined): void {
      if (stage().at === 'sending') return;
      setContract(chosen);
      rewrite();
    },
    tick(code: string, isOn: boolean): void {
      setTicked((all) => new Set(isOn ? [...all, code] : [...all].filter((one) => one !== code)));
    },
    async preview(): Promise<void> {
      rewrite();
      setStage({ at: 'asking' });
      const written = fields();
      const words = sentence();
      try {
        const whose = desk.account()?.account;
        const [{ account, preview }, worst, money] = await Promise.all([
          post<Pick<Shown, 'account' | 'preview'>>('orders.preview', asked()),
          written.type === 'MKT' ? worstOf(written) : undefined,
          moneyOf(whose, contract()?.currency),
        ]);
        // By then the account is looked at, where it is under rules.
        const looked = await lookedAt(whose);
        if (fields() !== written || stage().at !== 'asking') return;
        const told = { account, words, preview, ...money, looked, worst };
        setStage({ at: 'shown', shown: { key: crypto.randomUUID(), at: Date.now(), ...told } });
      } catch (error) {
        setStage({ at: 'writing' });
        setProblem(told(error));
      }
    },
    /** Sends what the preview showed, once: the key makes a second click, or a second tab, the same order. */
    async send(): Promise<void> {
      const now = stage();
      if (now.at !== 'shown' || !maySend()) return;
      setStage({ at: 'sending', shown: now.shown });
      try {
        const body = asked();
        let draft = await answered(() => post<Draft>('orders.draft', body, now.shown.key));
        if (draft.state === 'waiting') draft = await approved(draft.id);
        setStage({ at: 'sent', draft });
      } catch (error) {
        setProblem(told(error));
        setStage({ at: 'writing' });
      }
      desk.touch();
    },
    another(): void {
      setFields(EMPTY);
      rewrite();
    },
    /** A ticket that would close a holding. Nothing is sent. */
    async close({ account, conId, quantity }: Position): Promise<void> {
      if (conId === undefined) return;
      desk.choose(account);
      setContract(await get<ContractOut>('contracts.qualify', { conId }));
      setFields({ ...EMPTY, side: quantity.startsWith('-') ? 'BUY' : 'SELL', quantity: quantity.replace('-', '') });
      rewrite();
    },
  };
}

export const ticket = createRoot(create);
