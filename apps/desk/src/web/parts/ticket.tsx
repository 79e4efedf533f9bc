// The order that is written: side, size, prices, and how it is left; lots and good prices stand there before they are typed.

import { For, type JSX, Show } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { desk } from '../state/desk.js';
import { ownZone } from '../state/instants.js';
import { quotes } from '../state/quotes.js';
import { type Remedy, remediesOf } from '../state/remedy.js';
import { ageText, grouped, NONE } from '../state/text.js';
import { ticket } from '../state/ticket.js';
import { type Fields, isTrailing } from '../state/ticket-facts.js';
import { Problem, type Remedies } from './problem.jsx';

const TYPES = [
  ['LMT', 'Limit'],
  ['MKT', 'Market'],
  ['STP', 'Stop'],
  ['STP LMT', 'Stop limit'],
  ['TRAIL', 'Trailing stop'],
  ['TRAIL LIMIT', 'Trailing stop limit'],
] as const;

/** A quote of an open market older than this is shown grey, with its age. */
const OLD_MS = 5_000;

export const remedies: Remedies = {
  of: (finding) => remediesOf(finding, ticket.fields()),
  take: ({ change }: Remedy) => ticket.set(change),
};

function QuoteLine(props: { readonly contract: ContractOut }): JSX.Element {
  quotes.watch({ conId: props.contract.conId });
  const quote = () => {
    quotes.frame();
    return quotes.of({ conId: props.contract.conId });
  };
  const age = (): number | undefined => {
    quotes.frame();
    desk.now();
    return quotes.ageOf(props.contract.conId);
  };
  return (
    <p class="quote" classList={{ old: (age() ?? 0) > OLD_MS }}>
      <strong>{props.contract.localSymbol ?? props.contract.symbol}</strong> {grouped(quote()?.bid, 2, 6)} ×{' '}
      {grouped(quote()?.ask, 2, 6)} · last {grouped(quote()?.last, 2, 6)}{' '}
      <small>{quote()?.source === 'live' ? '' : (quote()?.source ?? 'not yet known')}</small>{' '}
      <small class="age">{age() === undefined ? NONE : `· ${ageText(age())}`}</small>
    </p>
  );
}

/** The lot and the price steps, in words. */
function Steps(): JSX.Element {
  const words = (): string => {
    const told = ticket.steps();
    if (told === undefined) return 'lot and tick: not yet known';
    const bands = told.bands.map(({ from, increment }) => (Number(from) === 0 ? increment : `${increment} from ${from}`));
    const lot = told.sizeIncrement ?? told.minSize;
    return `lot ${lot === undefined ? NONE : grouped(lot)} · tick ${bands.join(', ')}${told.basis === 'minTick' ? ' (at least)' : ''}`;
  };
  return <p class="hint">{words()}</p>;
}

/** A price between two steps: said, with the two good ones, and not corrected by itself. */
function OffTick(props: { readonly field: 'price' | 'stop' | 'trailStop' | 'take' | 'loss' }): JSX.Element {
  const off = () => ticket.steps()?.prices.find(({ price, isOnGrid }) => price === ticket.fields()[props.field] && !isOnGrid);
  return (
    <Show when={off()}>
      {(one) => (
        <p class="off" role="status">
          {one().price} is between two prices:{' '}
          <For each={[...new Set([one().below, one().above])]}>
            {(good) => (
              <button type="button" onClick={() => ticket.set({ [props.field]: good })}>
                {good}
              </button>
            )}
          </For>
        </p>
      )}
    </Show>
  );
}

function Comes(): JSX.Element {
  const value = (): string | undefined => {
    const { type, price, stop } = ticket.fields();
    return ticket.valueAt(type.includes('LMT') ? price : type === 'STP' ? stop : undefined);
  };
  return (
    <p class="comes">
      <Show when={value()}>
        {(told) => (
          <span>
            = {grouped(told(), 2, 2)} {ticket.contract()?.currency}
          </span>
        )}
      </Show>{' '}
      <Show when={ticket.outcome()} fallback={<span>position: {NONE}</span>}>
        {(one) => (
          <span classList={{ bad: one().isShort }}>
            position {grouped(one().before)} → {grouped(one().after)}
            {one().isShort ? ' short' : ''}
          </span>
        )}
      </Show>
    </p>
  );
}

export function Ticket(props: { readonly contract: ContractOut }): JSX.Element {
  const fields = ticket.fields;
  type Text = 'quantity' | 'price' | 'stop' | 'trail' | 'trailStop' | 'offset' | 'take' | 'loss';
  const field = (name: Text) => ({
    name,
    value: fields()[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => ticket.set({ [name]: currentTarget.value.trim() }),
    ...({ inputmode: 'decimal', autocomplete: 'off' } as const),
  });
  const date = (name: 'till' | 'after') => ({
    name,
    type: 'datetime-local',
    value: fields()[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => ticket.set({ [name]: currentTarget.value }),
  });
  const isSending = (): boolean => ticket.stage().at === 'sending';
  // A preview is open while trading is stopped: it says so among its findings.
  const barred = (): string | undefined => desk.barred(true);
  return (
    <form
      class="ticket"
      onSubmit={(event) => {
        event.preventDefault();
        if (barred() === undefined) ticket.preview();
      }}
    >
      <QuoteLine contract={props.contract} />
      <Steps />
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
        Quantity <input required {...field('quantity')} />
      </label>
      <Comes />
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
          Limit price <input required {...field('price')} />
        </label>
        <OffTick field="price" />
      </Show>
      <Show when={fields().type.startsWith('STP')}>
        <label>
          Stop price <input required {...field('stop')} />
        </label>
        <OffTick field="stop" />
      </Show>
      <Show when={isTrailing(fields().type)}>
        <label>
          Trails by
          <select
            value={fields().trailBy}
            onChange={({ currentTarget }) => ticket.set({ trailBy: currentTarget.value as Fields['trailBy'] })}
          >
            <option value="amount">an amount</option>
            <option value="percent">a percentage</option>
          </select>
        </label>
        <label>
          {fields().trailBy === 'amount' ? 'Trailing amount' : 'Trailing percent'} <input required {...field('trail')} />
        </label>
        <label>
          First stop{' '}
          <input
            required={fields().type === 'TRAIL LIMIT'}
            placeholder={fields().type === 'TRAIL' ? 'from the price of now' : ''}
            {...field('trailStop')}
          />
        </label>
        <OffTick field="trailStop" />
        <Show when={fields().type === 'TRAIL LIMIT'}>
          <label>
            Limit offset <input required {...field('offset')} />
          </label>
        </Show>
      </Show>
      <label>
        Time in force
        <select value={fields().tif} onChange={({ currentTarget }) => ticket.set({ tif: currentTarget.value as Fields['tif'] })}>
          <option value="DAY">Day</option>
          <option value="GTC">Good till cancelled</option>
          <option value="IOC">Immediate or cancel</option>
          <option value="GTD">Good till date</option>
        </select>
      </label>
      <Show when={fields().tif === 'GTD'}>
        <label>
          Good till <input required {...date('till')} />
        </label>
      </Show>
      <label>
        Not before <input {...date('after')} />
      </label>
      <Show when={fields().tif === 'GTD' || fields().after !== ''}>
        <p class="hint">on the clock of {ownZone()}; the gateway is told the same moment in UTC</p>
      </Show>
      <label class="tick">
        <input
          type="checkbox"
          checked={fields().outsideRth}
          onChange={({ currentTarget }) => ticket.set({ outsideRth: currentTarget.checked })}
        />{' '}
        outside regular hours
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={fields().isBracket}
          onChange={({ currentTarget }) => ticket.set({ isBracket: currentTarget.checked })}
        />{' '}
        bracket
      </label>
      <Show when={fields().isBracket}>
        <label>
          Take profit <input required={fields().loss === ''} {...field('take')} />
        </label>
        <OffTick field="take" />
        <label>
          Stop loss <input required={fields().take === ''} {...field('loss')} />
        </label>
        <OffTick field="loss" />
      </Show>
      <button type="submit" disabled={isSending() || barred() !== undefined}>
        {barred() === undefined ? 'Preview' : `Preview (${barred()})`}
      </button>
      <Problem problem={ticket.problem()} remedies={remedies} />
    </form>
  );
}
