// A picture of a terminal: its lines as SVG text, in its colours.
import { COLUMNS, type Shown } from './screen.js';

const [CELL, LINE, EDGE] = [8.43, 19, 14] as const;
const CLASSES: Readonly<Record<string, string>> = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y' };
const STYLE = [
  'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dae0;white-space:pre}',
  '.b{font-weight:700;fill:#fff}.d{fill:#8b93a1}.r{fill:#f28b82}.g{fill:#81c995}.y{fill:#fdd663}',
].join('');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function spans(text: string): string {
  let style = '';
  let out = '';
  for (const part of text.split(/(\x1b\[\d+m)/)) {
    const code = /^\x1b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) style = CLASSES[code] ?? '';
    else if (part !== '') out += style === '' ? escaped(part) : `<tspan class="${style}">${escaped(part)}</tspan>`;
  }
  return out;
}

const at = (row: number): string => `x="${EDGE}" y="${EDGE + 14 + row * LINE}"`;

/** A line that is there from its time on, and goes when another takes its place. */
export function movingLine({ row, text, from, until }: Shown): string {
  const ends = until === undefined ? '' : ` end="${until.toFixed(2)}s"`;
  const set = `<set attributeName="visibility" to="visible" begin="${from.toFixed(2)}s"${ends}/>`;
  return `<text ${at(row)} visibility="hidden">${spans(text)}${set}</text>`;
}

/** A line that is there. */
export function stillLine({ row, text }: Pick<Shown, 'row' | 'text'>): string {
  return `<text ${at(row)}>${spans(text)}</text>`;
}

/** The whole picture; `name` is what it is called where it cannot be seen. */
export function svgOf(name: string, rows: number, lines: readonly string[]): string {
  const [width, height] = [COLUMNS * CELL + 2 * EDGE, rows * LINE + 2 * EDGE];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width.toFixed(0)}" height="${height.toFixed(0)}" role="img" aria-label="${escaped(name)}">`,
    `<style>${STYLE}</style><rect width="100%" height="100%" rx="8" fill="#16181d"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

/** The lines of a picture as plain text. */
export function textOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, line = '']) =>
    line
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .trimEnd(),
  );
}
