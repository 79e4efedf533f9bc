// What goes wrong, as data: the fields of RFC 9457 with findings and a remedy. HTTP, command line and later faces show the same.

import { visibleText } from 'ibwire';

/** What a person or a program can be told about a refusal. */
export interface ShownFinding {
  readonly code: string;
  readonly severity: 'reject' | 'warn' | 'info';
  readonly message: string;
  readonly remedy: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface ProblemMore {
  readonly remedy?: string | undefined;
  readonly findings?: readonly ShownFinding[] | undefined;
  /** Seconds until it may be tried again. */
  readonly retryAfter?: number | undefined;
  /** Further members, such as `candidates` or `draft`. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

export class Problem extends Error {
  readonly status: number;
  /** Short name, the last part of the type URI. */
  readonly slug: string;
  readonly title: string;
  readonly more: ProblemMore;

  constructor(status: number, slug: string, title: string, detail: string, more: ProblemMore = {}, options?: ErrorOptions) {
    super(visibleText(detail), options);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.more = more;
  }
}

export const notFound = (what: string): Problem => new Problem(404, 'not-found', 'Not found', `there is no ${what}`);
