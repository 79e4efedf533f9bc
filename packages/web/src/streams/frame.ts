// A frame of the stream, told apart by its topic. Text and binary frames hold the same JSON.

import { readBody } from '../body.js';

export type Row = Readonly<Record<string, unknown>>;

export type Frame =
  /** The older course: it wants the session in a message. */
  | { readonly topic: 'waiting' }
  /** `isSignedIn`: the greeting. Without it a heartbeat. */
  | { readonly topic: 'system'; readonly isSignedIn: boolean }
  /** How the session stands. */
  | { readonly topic: 'sts'; readonly value: Row }
  | { readonly topic: 'act' | 'tic'; readonly value: Row }
  /** What a person should read: notifications, prompts, bulletins. */
  | { readonly topic: 'ntf' | 'blt'; readonly rows: readonly Row[] }
  /** Data: `name` is the topic as it was subscribed, `smd+265598` or `sor`. */
  | { readonly topic: 'data'; readonly name: string; readonly value: Row; readonly rows: readonly Row[] }
  /** A refusal, of which no topic is known. */
  | { readonly topic: 'error'; readonly text: string }
  /** Passed on and counted. */
  | { readonly topic: 'unknown'; readonly name: string; readonly value: unknown };

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
/** `args` is an array in recordings and an object in the pages; one bad element loses no other. */
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : isRow(value) ? [value] : []);

const DATA: ReadonlySet<string> = new Set(['smd', 'smh', 'sbd', 'sor', 'str', 'spl', 'ssd', 'sld']);
const isData = (topic: string): boolean => DATA.has(topic.slice(0, 3)) && (topic.length === 3 || topic[3] === '+');

/** Never throws: what cannot be read is `unknown`. */
export function readFrame(raw: string | Uint8Array): Frame {
  const body = readBody(raw);
  if (body.form !== 'json' || !isRow(body.value)) return { topic: 'unknown', name: '', value: body };
  const { value } = body;
  const { topic, args, result, error, message } = value;
  if (typeof topic !== 'string') {
    if (message === 'waiting for session') return { topic: 'waiting' };
    if (typeof error === 'string') return { topic: 'error', text: error };
    return { topic: 'unknown', name: '', value };
  }
  if (isData(topic)) return { topic: 'data', name: topic, value, rows: rowsOf(args ?? result) };
  switch (topic) {
    case 'system':
      return { topic, isSignedIn: value['success'] !== undefined };
    case 'sts':
      return { topic, value };
    case 'act':
    case 'tic':
      return { topic, value };
    case 'ntf':
    case 'blt':
      return { topic, rows: rowsOf(args) };
    default:
      if (typeof error === 'string') return { topic: 'error', text: error };
      return { topic: 'unknown', name: topic, value };
  }
}
