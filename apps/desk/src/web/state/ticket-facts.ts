// What is known of the instrument of the ticket before an order is written: lots and good prices, what is held, what it comes to.

import Big from 'big.js';
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { get } from './api.js';
import { desk, type Position } from './desk.js';
import { isPrice, worthOf } from './live.js';

export interface Fields {
  readonly side: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly type: 'LMT' | 'MKT' | 'STP' | 'STP LMT' | 'TRAIL' | 'TRAIL LIMIT';
  readonly price: string;
  readonly stop: string;
  /** Of a trailing stop: how far behind the price, in money or in percent of it; where the stop begins; the limit beyond the stop. */
  readonly trailBy: 'amount' | 'percent';
  readonly trail: string;
  readonly trailStop: string;
  readonly offset: string;
  readonly tif: 'DAY' | 'GTC' | 'IOC' | 'GTD';
  /** Of GTD: when it ends. `yyyy-MM-ddTHH:mm` on the viewer's clock, as the browser has it; empty: unset. */
  readonly till: string;
  /** Not before; the same form. */
  readonly after: string;
  readonly outsideRth: boolean;
  readonly isBracket: boolean;
  readonly take: string;
  readonly loss: string;
}

/** Lot and prices of the instrument, as `contracts.steps` tells them. */
export interface Steps {
  readonly minSize?: string;
  readonly sizeIncrement?: string;
  readonly basis: 'rule' | 'minTick';
  readonly bands: readonly { readonly from: string; readonly increment: string }[];
  readonly prices: readonly {
    readonly price: string;
    readonly isOnGrid: boolean;
    readonly below: string;
    readonly above: string;
  }[];
}

export const isTrailing = (type: Fields['type']): boolean => type.startsWith('TRAIL');

const PRICE_MS = 250;

export interface Outcome {
  readonly before: string;
  readonly after: string;
  readonly isShort: boolean;
}

/** `100 → 0`, `0 → -10 short`; undefined: not known. */
export function outcomeOf(held: string | undefined, side: 'BUY' | 'SELL', quantity: string): Outcome | undefined {
  if (held === undefined || !isPrice(quantity)) return undefined;
  const after = side === 'BUY' ? new Big(held).plus(quantity) : new Big(held).minus(quantity);
  return { before: new Big(held).toFixed(), after: after.toFixed(), isShort: after.lt(0) };
}

/** What is held of an instrument; undefined: not known. */
export async function heldOf(account: string, conId: number): Promise<string | undefined> {
  const all = await get<readonly Position[]>('portfolio.positions', { account, prices: false }).catch(() => undefined);
  return all === undefined ? undefined : (all.find((one) => one.conId === conId)?.quantity ?? '0');
}

export function createFacts(contract: Accessor<ContractOut | undefined>, fields: Accessor<Fields>) {
  const [steps, setSteps] = createSignal<Steps>();
  const [held, setHeld] = createSignal<string>();
  // Lot and price steps, as soon as there is an instrument; whether the prices that are written are among them.
  const written = (): readonly string[] => {
    const { type, price, stop, trailStop, isBracket, take, loss } = fields();
    const entry = [type.includes('LMT') ? price : '', type.startsWith('STP') ? stop : '', isTrailing(type) ? trailStop : ''];
    const all = [...entry, ...(isBracket ? [take, loss] : [])];
    return [...new Set(all.filter(isPrice))];
  };
  let round = 0;
  const askSteps = async (): Promise<void> => {
    const [mine, conId] = [++round, contract()?.conId];
    if (conId === undefined) return void setSteps(undefined);
    const told = await get<Steps>('contracts.steps', { conId, prices: written() }).catch(() => undefined);
    if (mine === round) setSteps(told);
  };
  createEffect(
    on(
      () => contract()?.conId,
      () => {
        setSteps(undefined);
        setHeld(undefined);
        askSteps();
      },
    ),
  );
  createEffect(
    on(
      () => written().join(' '),
      () => {
        const timer = setTimeout(askSteps, PRICE_MS);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  // What is held of it, which an order adds to.
  createEffect(
    on([() => contract()?.conId, () => desk.account()?.account, desk.turn], async ([conId, account]) => {
      if (conId === undefined || account === undefined) return void setHeld(undefined);
      const told = await heldOf(account, conId);
      if (conId === contract()?.conId && account === desk.account()?.account) setHeld(told);
    }),
  );
  const outcome = (): Outcome | undefined => outcomeOf(held(), fields().side, fields().quantity);
  /** Quantity times price; undefined where there is no price. */
  const valueAt = (price: string | undefined): string | undefined => worthOf(contract(), fields().quantity, price);
  return { steps, held, outcome, valueAt };
}
