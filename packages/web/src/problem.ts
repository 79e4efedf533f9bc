// The errors of this package: each has a code, and none holds a secret or an account number.

import { IbwireError } from 'ibwire';
import type { WhyNot } from './endpoints/verdict.js';

/** `WEB_SIGN`: no signature can be made. `WEB_PIN`: the other side is not who it should be. `WEB_OPTION`: an option means nothing. */
export type WebProblemCode =
  | 'WEB_SIGN'
  | 'WEB_PIN'
  | 'WEB_OPTION'
  | 'WEB_SECRET'
  | 'WEB_TRANSPORT'
  | 'WEB_ANSWER'
  | 'WEB_SESSION';

const hidden = (text: string): string => text.replace(/\b(D?[UF])[A-Z]?\d{4,}\b/g, '$1…');

/** Something went wrong on the way; `code` says where. */
export class WebError extends IbwireError {
  declare readonly code: WebProblemCode;

  constructor(code: WebProblemCode, message: string, options?: ErrorOptions) {
    super(code, hidden(message), options);
  }
}

/** The broker refused one request; nothing else is affected. */
export class WebRefusal extends IbwireError {
  declare readonly code: 'WEB_REFUSED';
  readonly why: WhyNot;
  /** The status of HTTP; 200 is no success. */
  readonly status: number;
  /** The broker's words, account numbers hidden. */
  readonly text: string;
  readonly asked: string;

  constructor(asked: string, facts: { readonly why: WhyNot; readonly status: number; readonly text: string }) {
    super('WEB_REFUSED', hidden(`${asked}: ${facts.status} ${facts.why}${facts.text === '' ? '' : `, ${facts.text}`}`));
    this.asked = hidden(asked);
    this.why = facts.why;
    this.status = facts.status;
    this.text = hidden(facts.text);
  }
}
