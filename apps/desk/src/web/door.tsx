// The token is asked for once; the page keeps no copy, the browser keeps a cookie that no script can read.

import { createSignal, type JSX } from 'solid-js';
import { Problem, problemOf } from './parts/problem.jsx';
import type { Refusal } from './state/api.js';
import { desk } from './state/desk.js';

export function Door(): JSX.Element {
  const [token, setToken] = createSignal('');
  const [problem, setProblem] = createSignal<Refusal>();
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await desk.enter(token());
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <main class="door">
      <h1>ibwire desk</h1>
      <form onSubmit={enter}>
        <label>
          Token
          <input
            type="password"
            autocomplete="off"
            value={token()}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={token().trim() === ''}>
          Open
        </button>
      </form>
      <p class="hint">The desk prints it at its first start and keeps it in the file owner-token beside its database.</p>
      <Problem problem={problem()} />
    </main>
  );
}
