// STOP ALL TRADING: one click, no question before it. What works goes on until it is cancelled, a second step with its list. To release
// it the account id is typed.

import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { CancelAll } from './parts/cancel-all.jsx';
import { Problem, problemOf } from './parts/problem.jsx';
import { post, type Refusal } from './state/api.js';
import { desk } from './state/desk.js';
import { clock } from './state/text.js';
import { view } from './state/view.js';

export function Stop(): JSX.Element {
  const [typed, setTyped] = createSignal('');
  const [problem, setProblem] = createSignal<Refusal>();
  const stopped = (): { readonly reason: string; readonly since: string; readonly by: string } | undefined =>
    desk.status()?.stopped;
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    try {
      await work();
      setTyped('');
    } catch (error) {
      setProblem(problemOf(error));
    }
    await desk.refreshStatus();
    desk.touch();
  };
  const stop = (): Promise<void> => run(() => post('control.stop', { reason: 'stopped at the dashboard', keepsWorking: true }));
  const key = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    stop();
  };
  document.addEventListener('keydown', key);
  onCleanup(() => document.removeEventListener('keydown', key));
  const id = (): string => desk.account()?.account ?? '';
  return (
    <div class="stop">
      <Show
        when={stopped()}
        fallback={
          <button type="button" class="halt" onClick={stop} aria-keyshortcuts="Control+Shift+K" title="Ctrl+Shift+K">
            STOP ALL TRADING
          </button>
        }
      >
        {(told) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              run(() => post('control.release'));
            }}
          >
            <strong role="alert">
              STOPPED by {told().by} at {clock(told().since)}: {told().reason}
            </strong>
            <label>
              Type {view.id(id())} to release
              <input value={typed()} onInput={({ currentTarget }) => setTyped(currentTarget.value)} autocomplete="off" />
            </label>
            <button type="submit" disabled={typed() !== id() || id() === ''}>
              {id() === '' ? 'Release (not connected)' : 'Release'}
            </button>
            <Show when={(desk.orders()?.length ?? 0) > 0} fallback={<span>nothing works</span>}>
              <CancelAll orders={desk.orders() ?? []} />
            </Show>
          </form>
        )}
      </Show>
      <Problem problem={problem()} />
    </div>
  );
}
