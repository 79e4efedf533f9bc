// A refusal as a person reads it: what, why, what to do; and findings with their numbers.

import { For, type JSX, Show } from 'solid-js';
import type { ShownFinding } from '../../problem.js';
import { type Refusal, Refused } from '../state/api.js';

export function problemOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.problem;
  return {
    status: 0,
    title: 'This page failed',
    detail: error instanceof Error ? error.message : String(error),
    remedy: 'Load it again.',
  };
}

export function Problem(props: {
  readonly problem: Refusal | undefined;
  readonly onRemedy?: ((finding: ShownFinding) => void) | undefined;
}): JSX.Element {
  return (
    <Show when={props.problem}>
      {(problem) => (
        <div class="problem" role="alert">
          <strong>{problem().title}</strong>: {problem().detail}
          <Show when={problem().remedy}>{(remedy) => <p>{remedy()}</p>}</Show>
          <Findings findings={problem().findings ?? []} onRemedy={props.onRemedy} />
        </div>
      )}
    </Show>
  );
}

const WORDS = { reject: '✗ refused', warn: '▲ warning', info: 'ⓘ' } as const;

export function Findings(props: {
  readonly findings: readonly ShownFinding[];
  readonly onRemedy?: ((finding: ShownFinding) => void) | undefined;
}): JSX.Element {
  return (
    <ul class="findings">
      <For each={props.findings}>
        {(finding) => (
          <li class={finding.severity}>
            <span class="word">{WORDS[finding.severity]}</span> <code>{finding.code}</code> {finding.message}
            <p>
              {finding.remedy}{' '}
              <Show when={props.onRemedy !== undefined && remedyOf(finding) !== undefined}>
                <button type="button" onClick={() => props.onRemedy?.(finding)}>
                  {remedyOf(finding)?.words}
                </button>
              </Show>
            </p>
          </li>
        )}
      </For>
    </ul>
  );
}

/** What a remedy comes to in the ticket, where the finding tells a quantity that would pass. */
export function remedyOf({ facts, severity }: ShownFinding): { readonly words: string; readonly quantity: string } | undefined {
  const most = facts['maxQuantity'];
  if (severity !== 'reject' || most === undefined || !/^(?!0+$)\d+(\.\d+)?$/.test(most)) return undefined;
  return { words: `Set quantity to ${most}`, quantity: most };
}
