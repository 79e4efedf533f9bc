// The order that is being written: fields, the preview of exactly these fields, and the one key under which it may be sent.

import { createEffect, createRoot, createSignal, on } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { get, post, type Refusal, Refused } from './api.js';
import type { Draft, Position } from './desk.js';
import { desk } from './desk.js';

export interface Fields {
  readonly side: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly type: 'LMT' | 'MKT' | 'STP' | 'STP LMT';
  readonly price: string;
  readonly stop: string;
  readonly tif: 'DAY' | 'GTC' | 'IOC';
  readonly outsideRth: boolean;
}

export interface Shown {
  readonly key: string;
  readonly at: number;
  readonly account: string;
  readonly preview: NonNullable<Draft['preview']>;
}

/** Nothing · being asked · shown · being sent · sent. Sent ones are never sent again. */
export type Stage =
  | { readonly at: 'writing' }
  | { readonly at: 'asking' }
  | { readonly at: 'shown'; readonly shown: Shown }
  | { readonly at: 'sending'; readonly shown: Shown }
  | { readonly at: 'sent'; readonly draft: Draft };

const AGAIN_MS = 2_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isLost = (error: unknown): boolean => error instanceof Refused && error.problem.status === 0;

/** A preview ages out. */
export const LIFE_MS = 30_000;
const EMPTY: Fields = { side: 'BUY', quantity: '', type: 'LMT', price: '', stop: '', tif: 'DAY', outsideRth: false };

function create() {
  const [contract, setContract] = createSignal<ContractOut>();
  const [fields, setFields] = createSignal<Fields>(EMPTY);
  const [stage, setStage] = createSignal<Stage>({ at: 'writing' });
  const [problem, setProblem] = createSignal<Refusal>();
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set());
  const rewrite = (): void => {
    if (stage().at === 'sending') return;
    setStage({ at: 'writing' });
    setProblem(undefined);
    setTicked(new Set<string>());
  };
  const asked = (): object => {
    const { side, quantity, type, price, stop, tif, outsideRth } = fields();
    return {
      account: desk.account()?.account,
      contract: { conId: contract()?.conId },
      order: {
        action: side,
        orderType: type,
        totalQuantity: quantity,
        ...(type.includes('LMT') ? { lmtPrice: price } : {}),
        ...(type.startsWith('STP') ? { auxPrice: stop } : {}),
        tif,
        ...(outsideRth ? { outsideRth: true } : {}),
      },
    };
  };
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
        setFields(EMPTY);
        rewrite();
      },
      { defer: true },
    ),
  );
  // Positions, working orders and fills that move make a preview old at once.
  createEffect(on(desk.turn, () => void (stage().at === 'shown' && rewrite()), { defer: true }));
  createEffect(() => {
    const now = stage();
    if (now.at === 'shown' && desk.now() - now.shown.at > LIFE_MS) rewrite();
  });
  const shown = (): Shown | undefined => {
    const now = stage();
    return now.at === 'shown' || now.at === 'sending' ? now.shown : undefined;
  };
  /** Warnings are ticked one by one; rejections cannot be. */
  const warnings = (): readonly string[] =>
    (shown()?.preview.findings ?? []).filter(({ severity }) => severity === 'warn').map(({ code }) => code);
  const maySend = (): boolean =>
    stage().at === 'shown' &&
    shown()?.preview.passes === true &&
    warnings().every((code) => ticked().has(code)) &&
    desk.lostSince() === undefined &&
    desk.status()?.stopped === undefined;
  return {
    ...{ contract, fields, stage, problem, ticked, shown, warnings, maySend },
    set(changes: Partial<Fields>): void {
      setFields((all) => ({ ...all, ...changes }));
      rewrite();
    },
    pick(chosen: ContractOut | undefined): void {
      setContract(chosen);
      rewrite();
    },
    tick(code: string, isOn: boolean): void {
      setTicked((all) => new Set(isOn ? [...all, code] : [...all].filter((one) => one !== code)));
    },
    async preview(): Promise<void> {
      rewrite();
      setStage({ at: 'asking' });
      const before = fields();
      try {
        const { account, preview } = await post<Omit<Shown, 'key' | 'at'>>('orders.preview', asked());
        if (fields() !== before) return;
        setStage({ at: 'shown', shown: { key: crypto.randomUUID(), at: Date.now(), account, preview } });
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
    async close({ conId, quantity }: Position): Promise<void> {
      if (conId === undefined) return;
      setContract(await get<ContractOut>('contracts.qualify', { conId }));
      setFields({ ...EMPTY, side: quantity.startsWith('-') ? 'BUY' : 'SELL', quantity: quantity.replace('-', '') });
      rewrite();
    },
  };
}

export const ticket = createRoot(create);
