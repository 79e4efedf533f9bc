// Trading: a contract by search, a ticket, its preview, one deliberate send; what waits, works, was filled and was refused.

import { createMemo, createSignal, For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { Find } from '../parts/find.jsx';
import { Findings, Problem, problemOf, remedyOf } from '../parts/problem.jsx';
import { type Column, Table } from '../parts/table.jsx';
import { post, type Refusal } from '../state/api.js';
import { type Draft, desk, type Fill, type Order } from '../state/desk.js';
import { quotes } from '../state/quotes.js';
import { ageText, clock, grouped, money, NONE } from '../state/text.js';
import { type Fields, LIFE_MS, ticket } from '../state/ticket.js';

export function TradingTab(): JSX.Element {
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    ticket.send();
  };
  document.addEventListener('keydown', key);
  onCleanup(() => document.removeEventListener('keydown', key));
  return (
    <>
      <h1 class="hidden">Trading</h1>
      <Find onPick={ticket.pick} picked={ticket.contract()} />
      <div class="desk">
        <section aria-label="Ticket">
          <Show
            when={ticket.contract()}
            fallback={<p class="empty">Find a contract first. One that is not certain cannot be ordered.</p>}
          >
            {(contract) => <Ticket contract={contract()} />}
          </Show>
        </section>
        <section aria-label="Preview">
          <Preview />
        </section>
      </div>
      <Lists />
    </>
  );
}

const TYPES = [
  ['LMT', 'Limit'],
  ['MKT', 'Market'],
  ['STP', 'Stop'],
  ['STP LMT', 'Stop limit'],
] as const;

function QuoteLine(props: { readonly contract: ContractOut }): JSX.Element {
  quotes.watch({ conId: props.contract.conId });
  const quote = () => {
    quotes.frame();
    return quotes.of({ conId: props.contract.conId });
  };
  return (
    <p class="quote">
      <strong>{props.contract.localSymbol ?? props.contract.symbol}</strong> {grouped(quote()?.bid, 2, 6)} ×{' '}
      {grouped(quote()?.ask, 2, 6)} · last {grouped(quote()?.last, 2, 6)}{' '}
      <small>{quote()?.source === 'live' ? '' : (quote()?.source ?? 'not yet known')}</small>{' '}
      <small class="age">{ageText(quotes.ageOf(props.contract.conId))}</small>
    </p>
  );
}

function Ticket(props: { readonly contract: ContractOut }): JSX.Element {
  const fields = ticket.fields;
  const field = (name: keyof Fields) => ({
    value: String(fields()[name]),
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => ticket.set({ [name]: currentTarget.value.trim() }),
  });
  const isSending = (): boolean => ticket.stage().at === 'sending';
  return (
    <form
      class="ticket"
      onSubmit={(event) => {
        event.preventDefault();
        ticket.preview();
      }}
    >
      <QuoteLine contract={props.contract} />
      <fieldset class="sides" disabled={isSending()}>
        <legend class="hidden">Side</legend>
        <label class="buy">
          <input type="radio" name="side" checked={fields().side === 'BUY'} onChange={() => ticket.set({ side: 'BUY' })} /> BUY
        </label>
        <label class="sell">
          <input type="radio" name="side" checked={fields().side === 'SELL'} onChange={() => ticket.set({ side: 'SELL' })} /> SELL
        </label>
      </fieldset>
      <label>
        Quantity <input name="quantity" inputmode="decimal" autocomplete="off" required {...field('quantity')} />
      </label>
      <label>
        Type
        <select
          value={fields().type}
          onChange={({ currentTarget }) => ticket.set({ type: currentTarget.value as Fields['type'] })}
        >
          <For each={TYPES}>{([type, title]) => <option value={type}>{title}</option>}</For>
        </select>
      </label>
      <Show when={fields().type.includes('LMT')}>
        <label>
          Limit price <input name="price" inputmode="decimal" autocomplete="off" required {...field('price')} />
        </label>
      </Show>
      <Show when={fields().type.startsWith('STP')}>
        <label>
          Stop price <input name="stop" inputmode="decimal" autocomplete="off" required {...field('stop')} />
        </label>
      </Show>
      <label>
        Time in force
        <select value={fields().tif} onChange={({ currentTarget }) => ticket.set({ tif: currentTarget.value as Fields['tif'] })}>
          <option value="DAY">Day</option>
          <option value="GTC">Good till cancelled</option>
          <option value="IOC">Immediate or cancel</option>
        </select>
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={fields().outsideRth}
          onChange={({ currentTarget }) => ticket.set({ outsideRth: currentTarget.checked })}
        />{' '}
        outside regular hours
      </label>
      <button type="submit" disabled={isSending() || desk.lostSince() !== undefined}>
        Preview
      </button>
      <Problem
        problem={ticket.problem()}
        onRemedy={(finding) => ticket.set({ quantity: remedyOf(finding)?.quantity ?? fields().quantity })}
      />
    </form>
  );
}

const sentence = (account: string): string => {
  const { side, quantity, type, price, stop, tif } = ticket.fields();
  const at =
    type === 'MKT'
      ? 'at the market'
      : [type.includes('LMT') ? `@ ${price}` : '', type.startsWith('STP') ? `stop ${stop}` : ''].join(' ').trim();
  return `${side} ${quantity} ${ticket.contract()?.localSymbol ?? ''} ${at} ${tif}, ${account}`;
};

function Preview(): JSX.Element {
  const stage = ticket.stage;
  const { shown, warnings, maySend } = ticket;
  const left = (): number =>
    Math.min(LIFE_MS / 1000, Math.max(0, Math.ceil((LIFE_MS - (desk.now() - (shown()?.at ?? 0))) / 1000)));
  return (
    <Switch fallback={<p class="empty">A preview shows what the order would do. Nothing is sent before it.</p>}>
      <Match when={stage().at === 'asking'}>
        <p role="status">Asking rules, limits and the broker …</p>
      </Match>
      <Match when={sentOf(stage())}>{(draft) => <Sent draft={draft()} />}</Match>
      <Match when={shown()}>
        {(one) => (
          <div class="preview">
            <h2>
              Preview <small>{stage().at === 'sending' ? 'being sent' : `valid ${left()} s · nothing is sent yet`}</small>
            </h2>
            <p class="order">{sentence(one().account)}</p>
            <dl class="facts">
              <dt>Worst price</dt>
              <dd>{grouped(one().preview.worst.price, 2, 6)}</dd>
              <dt>Commission</dt>
              <dd>
                {grouped(one().preview.commission.amount, 2, 4)} {one().preview.commission.currency ?? ''}
              </dd>
              <dt>Margin, initial</dt>
              <dd>{money(one().preview.margin.initial)}</dd>
              <dt>Margin, maintenance</dt>
              <dd>{money(one().preview.margin.maintenance)}</dd>
              <dt>Quote</dt>
              <dd>
                {grouped(one().preview.quote?.bid, 2, 6)} × {grouped(one().preview.quote?.ask, 2, 6)}{' '}
                <small>{one().preview.quote?.source ?? 'not known'}</small>
              </dd>
            </dl>
            <Show when={one().preview.warning}>{(told) => <blockquote>{told().untrusted}</blockquote>}</Show>
            <Show when={one().preview.findings.length === 0}>
              <p class="good">✓ rules and limits find nothing</p>
            </Show>
            <Findings
              findings={one().preview.findings}
              onRemedy={(finding) => ticket.set({ quantity: remedyOf(finding)?.quantity ?? ticket.fields().quantity })}
            />
            <For each={warnings()}>
              {(code) => (
                <label class="tick">
                  <input
                    type="checkbox"
                    checked={ticket.ticked().has(code)}
                    onChange={({ currentTarget }) => ticket.tick(code, currentTarget.checked)}
                  />{' '}
                  I have read {code}
                </label>
              )}
            </For>
            <button
              type="button"
              class="send"
              classList={{ buying: ticket.fields().side === 'BUY' }}
              disabled={!maySend()}
              onClick={() => ticket.send()}
              title="Ctrl+Enter"
            >
              {desk.status()?.mode === 'live' ? `SEND LIVE: ${sentence(one().account)}` : 'Send'}
            </button>
            <Show when={desk.status()?.stopped !== undefined}>
              <p class="bad">Trading is stopped: nothing can be sent.</p>
            </Show>
          </div>
        )}
      </Match>
    </Switch>
  );
}

const sentOf = (stage: ReturnType<typeof ticket.stage>): Draft | undefined =>
  stage.at === 'sent' ? (desk.drafts[stage.draft.id] ?? stage.draft) : undefined;

function Sent(props: { readonly draft: Draft }): JSX.Element {
  return (
    <div class="preview" role="status">
      <h2>{props.draft.state}</h2>
      <p>
        {String(props.draft.order['action'])} {String(props.draft.order['totalQuantity'])} {props.draft.contract.symbol}
        {props.draft.outcome === undefined ? '' : `: ${props.draft.outcome.status}, filled ${props.draft.outcome.filled ?? NONE}`}
      </p>
      <Show when={props.draft.why}>{(why) => <p class="bad">{why()}</p>}</Show>
      <button type="button" onClick={ticket.another}>
        Another order
      </button>
    </div>
  );
}

function Lists(): JSX.Element {
  const [list, setList] = createSignal('working');
  const [problem, setProblem] = createSignal<Refusal>();
  const all = createMemo(() => Object.values(desk.drafts).sort((a, b) => b.created.localeCompare(a.created)));
  const isMine = ({ account }: { readonly account: string }): boolean =>
    desk.account() === undefined || account === desk.account()?.account;
  const waiting = () => all().filter((one) => one.state === 'waiting');
  const refused = () => all().filter((one) => one.state === 'refused' && isMine(one));
  const working = () => (desk.orders() ?? []).filter(isMine);
  const fills = () => (desk.fills() ?? []).filter(isMine);
  const run = async (name: string, input: object): Promise<void> => {
    setProblem(undefined);
    try {
      await post(name, input);
    } catch (error) {
      setProblem(problemOf(error));
    }
    desk.touch();
  };
  const orderColumns: readonly Column<Order>[] = [
    {
      name: 'order',
      title: 'Order',
      cell: (one) =>
        `${one.action} ${grouped(one.quantity)} ${one.contract.localSymbol ?? one.contract.symbol} ${one.orderType} ${one.lmtPrice ?? one.auxPrice ?? ''} ${one.tif ?? ''}`,
    },
    { name: 'state', title: 'State', cell: (one) => `${one.state}${one.status === undefined ? '' : ` (${one.status})`}` },
    { name: 'filled', title: 'Filled', isNumber: true, cell: (one) => `${grouped(one.filled)} / ${grouped(one.quantity)}` },
    { name: 'average', title: 'Average', isNumber: true, cell: (one) => grouped(one.averagePrice, 2, 6) },
    {
      name: 'act',
      title: 'Act',
      cell: (one) => (
        <button
          type="button"
          onClick={() => run('orders.cancel', { id: one.draftId ?? String(one.orderId) })}
          aria-label={`Cancel ${one.action} ${one.contract.symbol} ${one.orderId}`}
        >
          Cancel
        </button>
      ),
    },
  ];
  const fillColumns: readonly Column<Fill>[] = [
    { name: 'time', title: 'Time', cell: (one) => clock(one.time) },
    {
      name: 'what',
      title: 'Fill',
      cell: (one) => `${one.side} ${grouped(one.shares)} ${one.symbol ?? NONE} @ ${grouped(one.price, 2, 6)}`,
    },
    {
      name: 'commission',
      title: 'Commission',
      isNumber: true,
      cell: (one) => `${grouped(one.commission, 2, 4)} ${one.commissionCurrency ?? ''}`,
    },
    { name: 'exchange', title: 'Exchange', cell: (one) => one.exchange },
  ];
  const refusedColumns: readonly Column<Draft>[] = [
    { name: 'time', title: 'Time', cell: (one) => clock(one.updated) },
    {
      name: 'what',
      title: 'Order',
      cell: (one) => `${one.order['action']} ${one.order['totalQuantity']} ${one.contract.symbol}`,
    },
    {
      name: 'why',
      title: 'Why',
      cell: (one) =>
        [
          ...(one.preview?.findings ?? [])
            .filter(({ severity }) => severity === 'reject')
            .map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`),
          one.why ?? '',
        ].join(' '),
    },
  ];
  const tabs = () =>
    [
      ['working', 'Working', working().length],
      ['waiting', 'Waiting for approval', waiting().length],
      ['fills', "Today's fills", fills().length],
      ['refused', 'Refused', refused().length],
    ] as const;
  return (
    <section aria-label="Orders">
      <div class="bar">
        <For each={tabs()}>
          {([name, title, count]) => (
            <button type="button" aria-pressed={list() === name} onClick={() => setList(name)}>
              {title} {count}
            </button>
          )}
        </For>
      </div>
      <Problem problem={problem()} />
      <Switch>
        <Match when={list() === 'working'}>
          <Table
            label="Working orders"
            rows={working()}
            columns={orderColumns}
            empty={desk.orders() === undefined ? 'not yet known' : 'no working orders'}
          />
        </Match>
        <Match when={list() === 'waiting'}>
          <For each={waiting()} fallback={<p class="empty">nothing waits</p>}>
            {(one) => <Waiting draft={one} onDecide={run} />}
          </For>
        </Match>
        <Match when={list() === 'fills'}>
          <Table
            label="Fills"
            rows={fills()}
            columns={fillColumns}
            empty={desk.fills() === undefined ? 'not yet known' : 'no fills'}
          />
        </Match>
        <Match when={list() === 'refused'}>
          <Table label="Refused" rows={refused()} columns={refusedColumns} empty="nothing was refused" />
        </Match>
      </Switch>
    </section>
  );
}

function Waiting(props: {
  readonly draft: Draft;
  readonly onDecide: (name: string, input: object) => Promise<void>;
}): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  const decide = async (name: string): Promise<void> => {
    setBusy(true);
    await props.onDecide(name, { id: props.draft.id });
    setBusy(false);
  };
  const text = (): string => {
    const { order, contract, account } = props.draft;
    return `${order['action']} ${order['totalQuantity']} ${contract.symbol} ${order['orderType']} ${order['lmtPrice'] ?? order['auxPrice'] ?? ''} ${order['tif'] ?? ''}, ${account}`;
  };
  const left = (): string => ageText(Date.parse(props.draft.expires) - desk.now());
  return (
    <article class="waiting" aria-label={`Draft ${props.draft.id}`}>
      <p class="order">{text()}</p>
      <p>
        asked by <strong>{props.draft.askedBy}</strong> at {clock(props.draft.created)} · expires in {left()}
      </p>
      <Show when={props.draft.note}>{(note) => <blockquote>{note()}</blockquote>}</Show>
      <Show when={props.draft.preview}>
        {(preview) => (
          <>
            <p>
              Worst price {grouped(preview().worst.price, 2, 6)} · commission {grouped(preview().commission.amount, 2, 4)} ·
              margin {money(preview().margin.initial)}
            </p>
            <Findings findings={preview().findings} />
          </>
        )}
      </Show>
      <button
        type="button"
        class="send"
        disabled={isBusy() || desk.status()?.stopped !== undefined}
        onClick={() => decide('orders.approve')}
      >
        Approve
      </button>
      <button type="button" disabled={isBusy()} onClick={() => decide('orders.decline')}>
        Decline
      </button>
    </article>
  );
}
