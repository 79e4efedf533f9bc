// The tables of docs/performance.md, made of the history of the bench.

import { gateText, limits, type Ratio, ratios } from '../bench/cases.js';
import type { History, Run } from '../bench/summary.js';

const BEGIN = '<!-- made from bench/history.json by npm run docs -->';
const END = '<!-- end -->';
const LATEST = 8;

function asked({ asks }: Ratio): string {
  return 'most' in asks ? `≤ ${asks.most}` : `≥ ${asks.least}`;
}

function isMet({ asks }: Ratio, median: number): boolean {
  return 'most' in asks ? median <= asks.most : median >= asks.least;
}

/** The newest run that measured the ratio. */
function newest(history: History, name: string): Run | undefined {
  return history.findLast(({ ratios: taken }) => taken[name] !== undefined);
}

function ratioTable(history: History): readonly string[] {
  const lines = ratios.map((ratio) => {
    const run = newest(history, ratio.name);
    const { median, spread } = run?.ratios[ratio.name] ?? {};
    if (run === undefined || median === undefined || spread === undefined)
      return `| ${ratio.name} | not measured yet | ${asked(ratio)} | | ${gateText(ratio.gate)} |`;
    const met = isMet(ratio, median) ? 'met' : 'missed';
    return `| ${ratio.name} | ${median.toFixed(2)} (± ${Math.round(spread * 100)} %) | ${asked(ratio)} | ${met} | ${gateText(ratio.gate)} |`;
  });
  return ['| ratio | measured | asked | | gate of `--check` |', '|---|---|---|---|---|', ...lines];
}

function limitTable(history: History): readonly string[] {
  const figures = newestCases(history);
  const lines = limits.map(({ name, of, figure, most }) => {
    const taken = figures[of];
    const measured = taken === undefined ? undefined : figure(taken);
    if (measured === undefined) return `| ${name} | not measured yet | ≤ ${most} | |`;
    return `| ${name} | ${measured.toFixed(2)} | ≤ ${most} | ${measured <= most ? 'met' : 'missed'} |`;
  });
  return ['| memory | measured | asked | |', '|---|---|---|---|', ...lines];
}

/** The newest figure of each case. */
function newestCases(history: History): Run['cases'] {
  return Object.assign({}, ...history.map(({ cases }) => cases)) as Run['cases'];
}

function caseTable(history: History): readonly string[] {
  const lines = Object.entries(newestCases(history)).map(([name, { ns, spread, allocated, latency, longestPause }]) => {
    const [half, most, rare] = latency ?? [];
    const notes = [
      allocated === undefined ? '' : `${allocated.toFixed(0)} bytes of heap per item`,
      latency === undefined ? '' : `chunk to listener ${half}, ${most}, ${rare} µs (half, 99 %, 99.9 %)`,
      longestPause === undefined ? '' : `longest collection ${longestPause.toFixed(1)} ms`,
    ];
    return `| ${name} | ${ns.toFixed(1)} | ${Math.round(spread * 100)} % | ${notes.filter((note) => note !== '').join('; ')} |`;
  });
  return ['| case | ns of CPU | spread | |', '|---|---|---|---|', ...lines];
}

function historyTable(history: History): readonly string[] {
  const runs = history.slice(-LATEST);
  const lines = ratios.map(
    ({ name }) => `| ${name} | ${runs.map((run) => run.ratios[name]?.median.toFixed(2) ?? '').join(' | ')} |`,
  );
  return [
    `| ratio | ${runs.map(({ date, commit }) => `${date} ${commit}`).join(' | ')} |`,
    `|---|${runs.map(() => '---|').join('')}`,
    ...lines,
  ];
}

/** The page with its tables as the history has them; what stands around them is left. */
export function performancePage(page: string, history: History): string {
  const last = history.at(-1);
  const start = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`the page has no place for tables: ${BEGIN} … ${END}`);
  const parts = [BEGIN, '', ...ratioTable(history), '', ...limitTable(history)];
  if (last !== undefined) {
    const { date, node, machine } = last;
    parts.push('', `The newest figure of each case (the last on ${date}, node ${node}, ${machine}):`, '', ...caseTable(history));
    parts.push('', 'Over time:', '', ...historyTable(history));
  }
  return `${page.slice(0, start)}${parts.join('\n')}\n\n${page.slice(end)}`;
}
