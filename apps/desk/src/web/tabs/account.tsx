// Account: what it is worth, by currency and adding up, and what it holds.

import { createMemo, For, type JSX, Show } from 'solid-js';
import { Accounts } from '../parts/accounts.jsx';
import { Brokers } from '../parts/brokers.jsx';
import { Currencies } from '../parts/currencies.jsx';
import { Positions } from '../parts/positions.jsx';
import { Problem } from '../parts/problem.jsx';
import { Way } from '../parts/way.jsx';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk } from '../state/desk.js';
import { currencyLines, type Values } from '../state/ledger.js';
import { ageWords, clock, money } from '../state/text.js';

const TILES = [
  ['Net liquidation', 'NetLiquidation'],
  ['Available', 'AvailableFunds'],
  ['Excess liquidity', 'ExcessLiquidity'],
  ['Buying power', 'BuyingPower'],
] as const;

/** The gateway tells accounts every three minutes, and at changes. */
const OLD_MS = 200_000;

/** The day's share of what the account was worth before it. */
function percentOf(daily: string | undefined, net: string | undefined): string {
  const before = Number(net) - Number(daily);
  if (daily === undefined || net === undefined || !(before > 0)) return '';
  const percent = (Number(daily) / before) * 100;
  return `(${percent < 0 ? '' : '+'}${percent.toFixed(2)}%)`;
}

export function AccountTab(props: { readonly onTrade: () => void }): JSX.Element {
  const account = (): string | undefined => desk.account()?.account;
  const summary = asked(() => get<{ values: Values; asOf?: string }>('accounts.summary', { account: account() }), 5_000);
  const values = asked(
    () => get<{ currencies: Record<string, Values>; asOf?: string }>('accounts.values', { account: account() }),
    5_000,
  );
  const pnl = asked(
    () => get<{ daily?: string; unrealized?: string; realized?: string }>('accounts.pnl', { account: account() }),
    5_000,
  );
  const lines = createMemo(() => currencyLines(values.value()?.currencies ?? {}));
  const net = (): { readonly value: string; readonly currency?: string | undefined } | undefined =>
    summary.value()?.values['NetLiquidation'];
  const age = (): number | undefined => {
    const at = summary.value()?.asOf;
    return at === undefined ? undefined : desk.now() - Date.parse(at);
  };
  /** Nothing new comes while the session is not whole, however young the numbers are. */
  const isOld = (): boolean => (age() ?? 0) > OLD_MS || (age() !== undefined && desk.status()?.state !== 'ready');
  return (
    <>
      <h1 class="hidden">Account</h1>
      <Problem problem={summary.problem() ?? values.problem()} />
      <Show when={desk.accounts().length > 1}>
        <Accounts />
      </Show>
      <dl class="tiles" classList={{ old: isOld() }}>
        <For each={TILES}>
          {([title, tag]) => (
            <div>
              <dt>{title}</dt>
              <dd>
                {money(summary.value()?.values[tag]?.value)} <small>{summary.value()?.values[tag]?.currency ?? ''}</small>
              </dd>
            </div>
          )}
        </For>
        <div>
          <dt>Day P&amp;L</dt>
          <dd>
            <Way value={pnl.value()?.daily} /> <small>{percentOf(pnl.value()?.daily, net()?.value)}</small>
          </dd>
        </div>
        <div>
          <dt>Unrealised</dt>
          <dd>
            <Way value={pnl.value()?.unrealized} />
          </dd>
        </div>
        <div>
          <dt>Realised</dt>
          <dd>
            <Way value={pnl.value()?.realized} />
          </dd>
        </div>
        <div>
          <dt>As of</dt>
          <dd class="age">
            {clock(summary.value()?.asOf)} <small>{ageWords(age())}</small>
          </dd>
        </div>
      </dl>
      <Currencies lines={lines()} net={net()} asOf={values.value()?.asOf} isKnown={values.at() !== undefined} isOld={isOld()} />
      <Positions onTrade={props.onTrade} lines={lines()} base={net()?.currency} />
      <Brokers />
    </>
  );
}
