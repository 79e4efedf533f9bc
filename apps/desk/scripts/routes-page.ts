// The part of docs/desk.md that shows every route: from exchanges to text, and back for the test that holds it.

import type { Exchange } from '../test/tour.js';

export const DESK_PAGE = 'docs/desk.md';
const BEGIN = '<!-- routes: npm run -s docs:desk -->';
const WIDTH = 120;
/** More of an array is left out. */
const MOST = 2;

export interface Described {
  readonly tag: string;
  readonly summary: string;
  readonly text: string;
  readonly need: string | undefined;
}

/** JSON in lines of a width: what fits stands in one line. */
function lines(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return spaced(flat);
  const deeper = `${indent}  `;
  const inside = Array.isArray(value)
    ? value.map((one) => `${deeper}${lines(one, deeper)}`)
    : Object.entries(value).map(([key, of]) => `${deeper}${JSON.stringify(key)}: ${lines(of, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inside.join(',\n')}\n${indent}${close}`;
}

/** `{"a":1,"b":2}` with a space after each colon and comma that stands outside of texts. */
const spaced = (flat: string): string =>
  flat.replaceAll(/"(?:[^"\\]|\\.)*"|[:,]/g, (part) => (part.length === 1 ? `${part} ` : part));

function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, MOST).map(cut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, cut(of)]));
}

function requestOf({ method, target, key, lastEventId, body }: Exchange): string {
  const head = [`${method} ${target}`];
  if (key !== undefined) head.push(`Idempotency-Key: ${key}`);
  if (lastEventId !== undefined) head.push(`Last-Event-ID: ${lastEventId}`);
  return [head.join('\n'), ...(body === undefined ? [] : [lines(body)])].join('\n\n');
}

/** Of a stream its opening and its first events. */
const told = (answer: unknown): string =>
  typeof answer === 'string'
    ? answer
        .split('\n\n')
        .slice(0, 1 + MOST)
        .join('\n\n')
        .trimEnd()
    : lines(cut(answer));

function shown(exchange: Exchange, { summary, text, need }: Described): string {
  const { method, path, status, type, answer } = exchange;
  const language = typeof answer === 'string' ? 'text' : 'json';
  return [
    `### ${method} ${path}`,
    `${summary}. ${text === '' ? '' : `${text} `}${need === undefined ? '' : `Scope \`${need}\`.`}`.trimEnd(),
    `\`\`\`http\n${requestOf(exchange)}\n\`\`\``,
    `\`\`\`${language} ${status} ${type}\n${told(answer)}\n\`\`\``,
  ].join('\n\n');
}

/** The page with its routes told anew; what stands before them is kept. */
export function deskPage(page: string, exchanges: readonly Exchange[], describe: (exchange: Exchange) => Described): string {
  const first = new Map<string, Exchange>();
  for (const one of exchanges) {
    const name = `${one.method} ${one.path}`;
    if (!first.has(name)) first.set(name, one);
  }
  const byTag = new Map<string, string[]>();
  for (const one of first.values()) {
    const of = describe(one);
    byTag.set(of.tag, [...(byTag.get(of.tag) ?? []), shown(one, of)]);
  }
  const parts = [...byTag].map(([tag, all]) => `## Routes: ${tag}\n\n${all.join('\n\n')}`);
  const at = page.indexOf(BEGIN);
  if (at < 0) throw new Error(`${DESK_PAGE} has no line ${BEGIN}`);
  return `${page.slice(0, at)}${BEGIN}\n\n${parts.join('\n\n')}\n`;
}

/** The exchanges that the page shows. */
export function exchangesOf(page: string): readonly Pick<Exchange, 'method' | 'path' | 'status' | 'type' | 'answer'>[] {
  const told = /^### (\w+) (\S+)$[\s\S]*?^```(json|text) (\d+) (\S+)\n([\s\S]*?)\n```$/gm;
  return [...page.matchAll(told)].map(([, method = '', path = '', language, status, type = '', answer = '']) => ({
    ...{ method, path, status: Number(status), type },
    answer: language === 'json' ? (JSON.parse(answer) as unknown) : answer,
  }));
}
