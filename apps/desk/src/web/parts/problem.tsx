// A refusal as a person reads it: what, why, what to do; and findings with their numbers.

import { For, type JSX, Show } from 'solid-js';
import type { ShownFinding } from '../../problem.js';
import { type Refusal, Refused } from '../state/api.js';
import type { Remedy } from '../state/remedy.js';

/** Which values a finding offers, and what happens when one is taken. */
export interface Remedies {
  of(finding: ShownFinding): readonly Remedy[];
  take(remedy: Remedy): void;
}

export function problemOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.problem;
  return {
    status: 0,
    title: 'This page failed',
    detail: error instanceof Error ? error.message : String(error),
    remedy: 'Load it again.',
  };
}

export function Problem(props: { readonly problem: Refusal | undefined; readonly remedies?: Remedies | undefined }): JSX.Element {
  return (
    <Show when={props.problem}>
      {(problem) => (
        <div class="problem" role="alert">
          <strong>{problem().title}</strong>
          {typeof problem()['code'] === 'number' ? ` (code ${problem()['code']})` : ''}: {problem().detail}
          <Show when={problem().remedy}>{(remedy) => <p>{remedy()}</p>}</Show>
          <Findings findings={problem().findings ?? []} remedies={props.remedies} />
        </div>
      )}
    </Show>
  );
}

const WORDS = { reject: '✗ rejected', warn: '▲ warning', info: 'ⓘ' } as const;

export function Findings(props: {
  readonly findings: readonly ShownFinding[];
  readonly remedies?: Remedies | undefined;
}): JSX.Element {
  return (
    <ul class="findings">
      <For each={props.findings}>
        {(finding) => (
          <li class={finding.severity}>
            <span class="word">{WORDS[finding.severity]}</span> <code>{finding.code}</code> {finding.message}
            <p>
              {finding.remedy}{' '}
              <For each={props.remedies?.of(finding) ?? []}>
                {(remedy) => (
                  <button type="button" onClick={() => props.remedies?.take(remedy)}>
                    {remedy.words}
                  </button>
                )}
              </For>
            </p>
          </li>
        )}
      </For>
    </ul>
  );
}
