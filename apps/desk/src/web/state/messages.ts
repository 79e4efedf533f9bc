// What has to be seen: lines above the tabs, which stay until they are dismissed, and notes of fills and rejections, which stay until seen.

import { createRoot, createSignal } from 'solid-js';
import { clock } from './text.js';

/** A line above the tabs. A gap has a beginning and, once the link is back, an end. */
export type Line =
  | { readonly is: 'text'; readonly id: number; readonly at: number; readonly text: string; readonly isLoud: boolean }
  | {
      readonly is: 'gap';
      readonly id: number;
      readonly at: number;
      readonly to?: number;
      readonly what: string;
      readonly cause: string;
    };

export interface Toast {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly isBad: boolean;
}

/** Lines of text give way to newer ones; a gap does not. */
const MOST_LINES = 5;
const MOST_TOASTS = 50;

function create() {
  const [lines, setLines] = createSignal<readonly Line[]>([]);
  const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
  let count = 0;
  const add = (line: Line): void =>
    void setLines((all) => {
      const texts = all.filter(({ is }) => is === 'text').slice(-(MOST_LINES - 1));
      return [...all.filter((one) => one.is === 'gap' || texts.includes(one)), line];
    });
  return {
    ...{ lines, toasts },
    tell: (text: string, isLoud = false): void => add({ is: 'text', id: ++count, at: Date.now(), text, isLoud }),
    /** The link is not whole. One line for one gap, however many words there are for it. */
    lost(what: string, cause: string): void {
      const open = lines().find((one) => one.is === 'gap' && one.to === undefined);
      if (open === undefined) add({ is: 'gap', id: ++count, at: Date.now(), what, cause });
      else if (open.is === 'gap')
        setLines((all) => all.map((one) => (one === open ? { ...open, what, cause: cause === '' ? open.cause : cause } : one)));
    },
    /** The gateway's word for it can come behind the state. */
    caused(cause: string): void {
      const last = lines().findLast((one) => one.is === 'gap');
      if (last?.is === 'gap' && last.cause === '') setLines((all) => all.map((one) => (one === last ? { ...last, cause } : one)));
    },
    /** The link is back. */
    back(): void {
      setLines((all) => all.map((one) => (one.is === 'gap' && one.to === undefined ? { ...one, to: Date.now() } : one)));
    },
    dismiss: (id: number): void => void setLines((all) => all.filter((one) => one.id !== id)),
    /** Its number, by which it can be said anew. */
    note(text: string, isBad: boolean): number {
      const id = ++count;
      setToasts((all) => [...all.slice(-(MOST_TOASTS - 1)), { id, at: Date.now(), text, isBad }]);
      return id;
    },
    /** The same note with more in it; false: it was seen, and is no more there. */
    renote(id: number, text: string): boolean {
      if (!toasts().some((one) => one.id === id)) return false;
      setToasts((all) => all.map((one) => (one.id === id ? { ...one, at: Date.now(), text } : one)));
      return true;
    },
    seen: (id?: number): void => void setToasts((all) => (id === undefined ? [] : all.filter((one) => one.id !== id))),
  };
}

export function wordsOf(line: Line): string {
  if (line.is === 'text') return line.text;
  const cause = line.cause === '' ? '' : ` (${line.cause})`;
  if (line.to === undefined)
    return `The session is ${line.what}${cause}. Quotes are stale since ${clock(line.at)}; orders are held.`;
  return `The session was ${line.what} from ${clock(line.at)} to ${clock(line.to)}${cause}. What happened meanwhile was asked for; ticks of that time are missing.`;
}

export const messages = createRoot(create);
