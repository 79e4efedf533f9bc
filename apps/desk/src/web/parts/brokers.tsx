// One portfolio over all brokers: asked for when it is opened, since sources outside take their time.

import { createSignal, For, type JSX, Show } from 'solid-js';
import type * as z from 'zod';
import type { portfolioOut } from '../../commands/brokers.js';
import { get, type Refusal } from '../state/api.js';
import { clock, grouped, money } from '../state/text.js';
import { view } from '../state/view.js';
import { Problem, problemOf } from './problem.jsx';
import { type Column, Table } from './table.jsx';

type Told = z.output<typeof portfolioOut>;
type Line = Told['lines'][number];

const VIEWS = ['instrument', 'account', 'broker', 'currency', 'class'] as const;

const columns: readonly Column<Line>[] = [
  { name: 'key', title: 'What', cell: (one) => view.text(one.key), sort: (one) => one.key },
  { name: 'quantity', title: 'Quantity', isNumber: true, cell: (one) => grouped(one.quantity) },
  { name: 'value', title: 'Value', isNumber: true, cell: (one) => money(one.value), sort: (one) => Number(one.value) },
  { name: 'currency', title: 'Currency', cell: (one) => one.currency },
  {
    name: 'unknown',
    title: 'Not in the value',
    cell: (one) => (one.unknown.length === 0 ? '' : `no price: ${one.unknown.join(', ')}`),
  },
  { name: 'matched', title: 'Matched by', cell: (one) => one.matchedBy ?? '' },
];

export function Brokers(): JSX.Element {
  const [by, setBy] = createSignal<(typeof VIEWS)[number]>();
  const [told, setTold] = createSignal<Told>();
  const [at, setAt] = createSignal<number>();
  const [problem, setProblem] = createSignal<Refusal>();
  let round = 0;
  const ask = async (view: (typeof VIEWS)[number]): Promise<void> => {
    const mine = ++round;
    setBy(view);
    setProblem(undefined);
    try {
      const answer = await get<Told>('portfolio.brokers', { by: view });
      if (mine !== round) return;
      setTold(answer);
      setAt(Date.now());
    } catch (error) {
      if (mine === round) setProblem(problemOf(error));
    }
  };
  return (
    <section aria-label="All brokers">
      <h2>
        All brokers <small>{at() === undefined ? 'this login and every source of --portfolio' : `read at ${clock(at())}`}</small>
      </h2>
      <div class="bar">
        <For each={VIEWS}>
          {(view) => (
            <button type="button" aria-pressed={by() === view} onClick={() => ask(view)}>
              by {view}
            </button>
          )}
        </For>
      </div>
      <Problem problem={problem()} />
      <Show when={by() !== undefined && told() === undefined && problem() === undefined}>
        <p role="status">Reading every source …</p>
      </Show>
      <Show when={told()}>
        {(all) => (
          <>
            <For each={all().sources}>
              {(source) => (
                <Show when={source.state === 'failed' && source}>
                  {(failed) => (
                    <p class="problem" role="alert">
                      {failed().name} could not be read and is in no sum: <q>{failed().reason.untrusted}</q>
                    </p>
                  )}
                </Show>
              )}
            </For>
            <Table label="All brokers" rows={all().lines} columns={columns} empty="nothing is held" />
            <p class="sum">
              {Object.entries(all().totals)
                .map(([currency, value]) => `${money(value)} ${currency}`)
                .join(' + ')}
              , from {all().sources.length} sources; nothing is converted
            </p>
            <ul class="flat">
              <For each={all().washSaleNeighbours}>
                {(one) => (
                  <li>
                    {one.instrument}: sold in {view.text(one.sold.account)} on {one.sold.date}, bought in{' '}
                    {view.text(one.bought.account)} on {one.bought.date} ({one.result})
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
    </section>
  );
}
