// Which commands are tools, and by which name: the table behind tools/list. Everything else about a tool stands with its command.

import * as z from 'zod';
import type { Command } from '../commands/command.js';
import { commandOf, commands } from '../commands/list.js';

export interface ToolRow {
  readonly name: string;
  readonly command: Command;
  /** `default`, or the family of the command. */
  readonly set: string;
  /** Members of the input that a model is shown and may give; undefined: all. */
  readonly fields?: readonly string[];
  /** Under which name an answer stands that is a list, or has members of the names that every answer has. */
  readonly under: string | undefined;
  /** Given where a model gives none: what is fit for a program is too much for a model. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** How many levels of the answer its schema names. */
  readonly depth: number;
}

type Row = readonly [name: string, command: string, more?: Partial<Pick<ToolRow, 'fields' | 'defaults' | 'under' | 'depth'>>];

/** Enough for most instruments; a derivative goes by its conId. */
const CONTRACT = ['symbol', 'conId', 'secType', 'currency', 'exchange'] as const;
const SHORT = { fields: ['symbol', 'conId', 'quantity', 'account'] } as const;
const SHORTABLE = { fields: ['symbol', 'conId', 'account'] } as const;

const DEFAULT: readonly Row[] = [
  ['get_connection_status', 'session.status', { under: 'session' }],
  ['list_accounts', 'accounts.list', { under: 'accounts' }],
  ['switch_account', 'accounts.use'],
  ['get_account_summary', 'accounts.summary'],
  ['get_portfolio', 'portfolio.positions', { under: 'positions' }],
  ['search_contracts', 'contracts.search', { under: 'contracts', depth: 2 }],
  ['get_market_data', 'quotes.snapshot', { fields: CONTRACT }],
  [
    'get_historical_data',
    'history.bars',
    { fields: [...CONTRACT, 'duration', 'size', 'show', 'from', 'end', 'limit', 'useRTH'], defaults: { limit: 300 } },
  ],
  ['get_option_chain', 'contracts.chain', { fields: [...CONTRACT, 'expiry', 'side'] }],
  ['place_order', 'orders.draft'],
  ['get_orders', 'orders.list', { under: 'orders' }],
  ['get_order', 'orders.get', { under: 'order' }],
  ['cancel_order', 'orders.cancel'],
  ['check_shortable_shares', 'shorting.shares', SHORTABLE],
  ['get_borrow_rates', 'shorting.rate', SHORTABLE],
  ['get_margin_requirements', 'shorting.margin', SHORT],
  ['short_selling_analysis', 'shorting.analysis', SHORT],
  ['explain', 'journal.explain'],
];

const snake = (text: string): string => text.replace('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Whether an answer can have `asOf` and `state` beside its own members. */
const isFlat = ({ output }: Command): boolean => output instanceof z.ZodObject && !('state' in output.shape);

function rowOf([name, of, { depth = 1, under, ...more } = {}]: Row, set: string): ToolRow {
  const command = commandOf(of);
  if (command === undefined) throw new TypeError(`the tool ${name} stands for no command`);
  return { name, command, set, under: under ?? (isFlat(command) ? undefined : 'result'), depth, ...more };
}

const first = DEFAULT.map((row) => rowOf(row, 'default'));
const taken = new Set(first.map(({ command }) => command.name));

/** Who approves, stops, releases or sets limits is no model: commands that need such a scope are no tools. */
const rest = commands
  .filter(({ name, need }) => !taken.has(name) && (need === 'read' || need === 'propose'))
  .map((command) => rowOf([snake(command.name), command.name], command.name.split('.', 1)[0] ?? ''));

/** Always in this order. */
export const tools: readonly ToolRow[] = [...first, ...rest];

export const TOOLSETS: readonly string[] = [...new Set(tools.map(({ set }) => set))];

/** @throws {RangeError} for a set that there is not. */
export function toolsOf(sets: readonly string[]): readonly ToolRow[] {
  const unknown = sets.find((set) => set !== 'all' && !TOOLSETS.includes(set));
  if (unknown !== undefined) throw new RangeError(`there is no toolset ${unknown}; there are ${[...TOOLSETS, 'all'].join(', ')}`);
  return sets.includes('all') ? tools : tools.filter(({ set }) => sets.includes(set));
}
