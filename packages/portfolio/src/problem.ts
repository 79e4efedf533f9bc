// The one error: a code, what to do, and never a secret in it.

import { visibleText } from './out/legible.js';

export type ProblemCode =
  | 'file-unknown'
  | 'file-cut'
  | 'file-total'
  | 'file-unreadable'
  | 'column-missing'
  | 'row-unreadable'
  | 'answer-unreadable'
  | 'http'
  | 'rate-limit'
  | 'timeout'
  | 'flex'
  | 'secret'
  | 'config'
  | 'rate-unknown';

export class PortfolioError extends Error {
  readonly code: ProblemCode;
  /** Line of the file, when it is about one. */
  readonly line: number | undefined;
  /** The service's own code, when it gave one. */
  readonly detail: string | undefined;
  constructor(code: ProblemCode, text: string, more: { line?: number; detail?: string } = {}) {
    super(visibleText(more.line === undefined ? text : `line ${more.line}: ${text}`));
    this.name = 'PortfolioError';
    this.code = code;
    this.line = more.line;
    this.detail = more.detail;
  }
}

/** The text with every secret blotted out, as it is and as it stands in an address. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of new Set([secret, encodeURIComponent(secret), encodeURI(secret)])) clean = clean.replaceAll(form, '***');
  }
  return clean;
}
