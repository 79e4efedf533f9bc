// What a command is: one row, from which routes, OpenAPI, command line and later faces are made.

import type * as z from 'zod';
import type { Desk } from '../desk.js';

/** What a caller must hold. Each is its own scope; none contains another. */
export const NEEDS = ['read', 'propose', 'approve', 'operate'] as const;
export type Need = (typeof NEEDS)[number];

/** Who asks: always a token, never a field of the request. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Need>;
  /** The only accounts that it may see and name; undefined: all of the login. */
  readonly accounts?: ReadonlySet<string> | undefined;
}

export interface CallOf {
  readonly desk: Desk;
  readonly who: Caller;
  /** Idempotency key of the request. */
  readonly key?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how far a long one has come: of `total`, in a measure of its own. */
  readonly progress?: ((done: number, total: number | undefined, text: string) => void) | undefined;
}

export interface Command<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  /** `family.verb`. */
  readonly name: string;
  readonly need: Need;
  /** Changes something though it takes only `read`: a POST all the same. */
  readonly changes?: boolean;
  readonly title: string;
  readonly text: string;
  readonly input: I;
  readonly output: O;
  /** HTTP status of a success; default 200. */
  status?(output: z.input<O>): number;
  run(input: z.output<I>, call: CallOf): Promise<z.input<O>>;
  /** What `run` answers as JSON, where that text is there already. */
  json?(input: z.output<I>, call: CallOf): Promise<string>;
}

/** Checks a row against its own schemas. */
export function command<I extends z.ZodObject, O extends z.ZodType>(row: Command<I, O>): Command<I, O> {
  return row;
}
