// A question before an act on many orders: the list of what it would do, and a button that says how many.

import { type JSX, onCleanup, onMount } from 'solid-js';
import { focusOr } from '../state/focus.js';

export function Confirm(props: {
  readonly label: string;
  readonly act: string;
  readonly isOff?: boolean;
  readonly onAct: () => void;
  readonly onLeave: () => void;
  readonly children: JSX.Element;
}): JSX.Element {
  let box: HTMLDialogElement | undefined;
  let leave: HTMLButtonElement | undefined;
  const before = document.activeElement;
  // A key pressed without looking does nothing.
  onMount(() => {
    box?.showModal();
    leave?.focus();
  });
  // The keyboard goes on where it was; where that is gone or can be pressed no more, in the tab.
  onCleanup(() => {
    box?.close();
    queueMicrotask(() => focusOr(before));
  });
  return (
    <dialog
      ref={(made) => {
        box = made;
      }}
      aria-label={props.label}
      onClose={props.onLeave}
    >
      <h2>{props.label}</h2>
      {props.children}
      <div class="bar">
        <button type="button" class="send" disabled={props.isOff === true} onClick={props.onAct}>
          {props.act}
        </button>
        <button
          type="button"
          ref={(made) => {
            leave = made;
          }}
          onClick={() => box?.close()}
        >
          Leave it
        </button>
      </div>
    </dialog>
  );
}
