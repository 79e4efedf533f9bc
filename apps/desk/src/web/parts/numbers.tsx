// What an order would do, in numbers: the same by hand and for a draft that waits.

import Big from 'big.js';
import { type JSX, Show } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import type { Draft } from '../state/desk.js';
import type { Values } from '../state/ledger.js';
import { cashAfter } from '../state/live.js';
import { ageWords, grouped, money, signed } from '../state/text.js';
import type { Outcome } from '../state/ticket-facts.js';

export interface NumbersProps {
  readonly preview: NonNullable<Draft['preview']>;
  readonly contract: ContractOut;
  readonly side: 'BUY' | 'SELL';
  /** At its limit, or at the worst price that is known; undefined: not known. */
  readonly value: string | undefined;
  /** Of the account when the preview was made; empty: not told. */
  readonly before: Values;
  readonly cash: string | undefined;
  readonly outcome: Outcome | undefined;
}

export function Numbers(props: NumbersProps): JSX.Element {
  const preview = () => props.preview;
  const after = (): string | undefined => {
    const { contract, side, value, cash } = props;
    return cashAfter(cash, { contract, side, value, commission: preview().commission });
  };
  return (
    <dl class="facts">
      <dt>Value</dt>
      <dd>
        {money(props.value)} {props.contract.currency}
      </dd>
      <dt>Worst price</dt>
      <dd>{grouped(preview().worst.price, 2, 6)}</dd>
      <dt>Commission</dt>
      <dd>
        {grouped(preview().commission.amount, 2, 4)} {preview().commission.currency ?? ''}
        {preview().commission.most === preview().commission.amount
          ? ''
          : ` (at most ${grouped(preview().commission.most, 2, 4)})`}
      </dd>
      <dt>Cash, {props.contract.currency}</dt>
      <dd classList={{ bad: after()?.startsWith('-') === true }}>
        {money(props.cash)} → {money(after())}
      </dd>
      <dt>Margin, initial</dt>
      <dd>{fromTo(props.before['InitMarginReq']?.value, preview().margin.initial)}</dd>
      <dt>Margin, maintenance</dt>
      <dd>{fromTo(props.before['MaintMarginReq']?.value, preview().margin.maintenance)}</dd>
      <Show when={props.outcome}>
        {(one) => (
          <>
            <dt>Position</dt>
            <dd classList={{ bad: one().isShort }}>
              {grouped(one().before)} → {grouped(one().after)}
              {one().isShort ? ' short' : ''}
            </dd>
          </>
        )}
      </Show>
      <dt>Quote</dt>
      <dd>
        {grouped(preview().quote?.bid, 2, 6)} × {grouped(preview().quote?.ask, 2, 6)}{' '}
        <small>
          {preview().quote?.source ?? 'not known'}
          {preview().quote?.ageMs === undefined ? '' : `, ${ageWords(preview().quote?.ageMs)} old then`}
        </small>
      </dd>
    </dl>
  );
}

/** Of the account now, and after the change that the broker tells. */
function fromTo(now: string | undefined, change: string | undefined): string {
  const after = now === undefined || change === undefined ? undefined : new Big(now).plus(change).toFixed();
  return `${money(now)} → ${money(after)}${change === undefined ? '' : ` (${signed(change)})`}`;
}
