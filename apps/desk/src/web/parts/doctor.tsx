// The doctor and the recording: two hands that look closer.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { get, post, type Refusal } from '../state/api.js';
import { asked } from '../state/asked.js';
import { grouped } from '../state/text.js';
import type { Place } from './connect.jsx';
import { Problem, problemOf } from './problem.jsx';

interface Check {
  readonly step: string;
  readonly state: 'ok' | 'note' | 'warning' | 'failed';
  readonly says: string;
  readonly todo?: string;
}
const SIGNS = { ok: '✓', note: '•', warning: '▲', failed: '✗' } as const;

export function Doctor(props: { readonly place: Place }): JSX.Element {
  const [checks, setChecks] = createSignal<readonly Check[]>();
  const [problem, setProblem] = createSignal<Refusal>();
  const [isBusy, setBusy] = createSignal(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      setChecks((await post<{ readonly checks: readonly Check[] }>('session.doctor', props.place)).checks);
      setProblem(undefined);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <section aria-label="Doctor" class="doctor">
      <h2>Doctor</h2>
      <button type="button" disabled={isBusy()} onClick={run}>
        {isBusy() ? 'Looking …' : 'Run'}
      </button>
      <Problem problem={problem()} />
      <ul class="flat checks" aria-live="polite">
        <For each={checks() ?? []}>
          {({ step, state, says, todo }) => (
            <li class={state}>
              <span aria-hidden="true">{SIGNS[state]}</span> <strong>{step}</strong> {state === 'ok' ? '' : `${state}: `}
              {says}
              <Show when={todo}>
                {(text) => (
                  <p class="hint" data-todo>
                    {text()}
                  </p>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

interface Captured {
  readonly file: string;
  readonly since: string;
  readonly until?: string;
  readonly bytes: number;
  readonly why?: string;
}

const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${grouped(String(Math.round(bytes / 1e6)))} MB`;
const wordsOf = ({ file, since, until, bytes, why }: Captured): string =>
  `${since.slice(0, 16).replace('T', ' ')}${until === undefined ? '' : ` – ${until.slice(11, 16)}`} UTC, ${sizeOf(bytes)}, redacted: ${file}${why === undefined ? '' : ` (${why})`}`;

export function Recording(): JSX.Element {
  const told = asked(() => get<{ readonly current?: Captured; readonly last?: Captured }>('session.recording'), 2_000);
  const [problem, setProblem] = createSignal<Refusal>();
  const run = async (name: 'session.record' | 'session.stopRecording'): Promise<void> => {
    try {
      await post(name);
      setProblem(undefined);
    } catch (error) {
      setProblem(problemOf(error));
    }
    await told.again();
  };
  return (
    <section aria-label="Capture">
      <h2>Capture</h2>
      <Show
        when={told.value()?.current}
        fallback={
          <button type="button" onClick={() => run('session.record')}>
            Record
          </button>
        }
      >
        {(current) => (
          <>
            <button type="button" onClick={() => run('session.stopRecording')}>
              Stop recording
            </button>
            <p>
              <strong class="bad">● recording</strong> since {wordsOf(current())}
            </p>
          </>
        )}
      </Show>
      <p>
        <Show when={told.value()?.last} fallback={<span class="hint">nothing was recorded yet by this desk</span>}>
          {(last) => <>last: {wordsOf(last())}</>}
        </Show>
      </p>
      <p class="hint">
        What is said to the gateway, byte for byte; account numbers, names and order references are replaced on the way to disk.
      </p>
      <Problem problem={problem()} />
    </section>
  );
}
