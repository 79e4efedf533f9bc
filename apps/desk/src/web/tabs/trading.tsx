// Trading: a contract by search, a ticket, its preview, one deliberate send; what waits, works, was filled and was rejected.

import { type JSX, onCleanup, Show } from 'solid-js';
import { Find } from '../parts/find.jsx';
import { Lists } from '../parts/orders.jsx';
import { Preview } from '../parts/preview.jsx';
import { Ticket } from '../parts/ticket.jsx';
import { ticket } from '../state/ticket.js';

/** The keys send what the preview shows, from the ticket, its preview or the page itself; other forms and questions have their own ends. */
const isElsewhere = (target: EventTarget | null): boolean =>
  document.querySelector('dialog[open]') !== null || (target instanceof Element && target.closest('form:not(.ticket)') !== null);

export function TradingTab(): JSX.Element {
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.repeat || isElsewhere(event.target)) return;
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
