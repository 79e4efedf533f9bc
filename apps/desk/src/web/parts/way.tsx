// A gain or a loss: by sign and arrow first, by colour besides.

import type { JSX } from 'solid-js';
import { signed, wayOf } from '../state/text.js';

const ARROWS = { up: '▲ ', down: '▼ ', '': '' } as const;

export const Way = (props: { readonly value: string | undefined }): JSX.Element => (
  <span class={wayOf(props.value)}>
    <span aria-hidden="true">{ARROWS[wayOf(props.value)]}</span>
    {signed(props.value)}
  </span>
);
