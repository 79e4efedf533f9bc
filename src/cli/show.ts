// The two forms of a result: a JSON document for programs, text for people.

import type { Io } from './io.js';

/** One document with all of it, or the text. */
export function show(io: Io, isJson: boolean | undefined, data: unknown, text: () => string): void {
  io.out(isJson === true ? JSON.stringify(data, plain, 2) : text());
}

/** One object on one line. */
export function jsonLine(data: unknown): string {
  return JSON.stringify(data, plain);
}

/** Maps as objects, numbers that JSON does not know as text. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return typeof value === 'bigint' ? String(value) : value;
}
