// `ibwire watch --full`: the accounts, what they hold and what it costs now, on the whole screen.

import type { Pnl, PositionPnl } from '../../client/accounts/pnl.js';
import type { AccountPosition } from '../../client/accounts/position-row.js';
import type { Ib } from '../../client/connect.js';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { Subscription } from '../../client/conversation/subscription.js';
import { contractOf } from '../contract-argument.js';
import type { Io } from '../io.js';
import { liveView } from '../live-view.js';
import { bold, dim, figure, right, roomOf, signed, table } from '../print.js';
import { lastCells, lastColumns, priceCells, quoteData, troubleLines, type Watched, watchQuote } from '../quote-rows.js';
import { accountsOf } from '../session/accounts-of.js';
import type { Work } from '../session/with-session.js';
import { jsonLine } from '../show.js';
import { streaming } from '../streaming.js';
import { type Exact, sumOf } from '../sum.js';

interface Options {
  readonly account?: string;
  readonly seconds?: number;
  readonly interval: number;
  readonly json?: boolean;
}

/** One instrument: its prices, and by account what is held of it and what that earns. */
interface Line {
  readonly watched: Watched;
  readonly currency: string | undefined;
  readonly held: Map<string, AccountPosition>;
  readonly earning: Map<string, Subscription<PositionPnl>>;
}

/** Until Ctrl-C or the time is up: drawn on a terminal, else the whole picture as a line of JSON or a table at every interval. */
export async function watchHeld(io: Io, { ib, call }: Work, symbols: readonly string[], options: Options): Promise<void> {
  const accounts = accountsOf(ib, options.account);
  const named = await Promise.all(symbols.map((word) => ib.contracts.qualify(contractOf(word), call)));
  const lines = new Map<number, Line>();
  const isDrawn = io.isTerminal && options.json !== true;
  const pnl = accounts.map((account) => ib.accounts.pnl(account));
  const picture = (): string => textOf(pnl, [...lines.values()], io.now(), roomOf(io));
  const view = isDrawn ? liveView(io, picture, 'full') : undefined;
  const changed = (): void => view?.changed();
  ib.market.dataType('delayedFrozen');
  const lineOf = (conId: number, word: string, exchange: string | undefined, currency: string | undefined): Line => {
    const found = lines.get(conId);
    if (found !== undefined) return found;
    const watched = watchQuote(ib, word, { conId, exchange: exchange || 'SMART' });
    watched.stream.on(changed);
    const made: Line = { watched, currency, held: new Map(), earning: new Map() };
    lines.set(conId, made);
    return made;
  };
  named.forEach(({ conId, exchange, currency }, i) => void lineOf(conId, symbols[i] ?? '', exchange, currency));
  const positions = ib.accounts.livePositions();
  positions.on((row) => {
    take(ib, row, accounts, lineOf, changed);
    changed();
  });
  for (const stream of pnl) stream.on(changed);
  await positions.complete();
  const say = (): void => io.out(options.json === true ? jsonLine(dataOf(pnl, [...lines.values()], io.now())) : picture());
  const timer = view === undefined ? setInterval(say, options.interval * 1000) : undefined;
  await streaming(io, [positions, ...pnl], options.seconds);
  clearInterval(timer);
  if (view === undefined) say();
  else view.close();
  for (const { watched, earning } of lines.values()) for (const one of [watched.stream, ...earning.values()]) one.close();
}

/** What is held of one instrument in one account, as it is now. */
function take(
  ib: Ib,
  row: AccountPosition,
  accounts: readonly string[],
  lineOf: (conId: number, word: string, exchange: string | undefined, currency: string | undefined) => Line,
  changed: () => void,
): void {
  const { account, contract, position } = row;
  const { conId } = contract;
  if (!accounts.includes(account) || conId === undefined || conId === 0) return;
  const line = lineOf(conId, formatSymbol(contract), undefined, contract.currency);
  if (position.eq(0)) {
    line.held.delete(account);
    line.earning.get(account)?.close();
    line.earning.delete(account);
    return;
  }
  line.held.set(account, row);
  if (line.earning.has(account)) return;
  const stream = ib.accounts.positionPnl(account, conId);
  stream.on(changed);
  line.earning.set(account, stream);
}

/** Over all accounts. */
const heldOf = ({ held }: Line): Exact => sumOf([...held.values()].map(({ position }) => position));
const earnedOf = ({ earning }: Line, what: 'dailyPnL' | 'unrealizedPnL'): Exact =>
  sumOf([...earning.values()].map(({ latest }) => latest?.[what]));

function textOf(pnl: readonly Subscription<Pnl>[], lines: readonly Line[], now: number, room: number): string {
  const clock = new Date(now).toISOString().slice(11, 19);
  return [
    table(
      ['account', right('daily'), right('unrealised'), right('realised')],
      pnl.flatMap(({ latest }) =>
        latest === undefined
          ? []
          : [[bold(latest.account), signed(latest.dailyPnL, 2), signed(latest.unrealizedPnL, 2), signed(latest.realizedPnL, 2)]],
      ),
      room,
    ),
    '',
    table(
      [
        'symbol',
        right('bid', 1),
        right('ask', 1),
        ...lastColumns,
        right('held'),
        right('today'),
        right('unrealised'),
        { name: 'currency', spare: 4 },
      ],
      lines.map((line) => [
        line.watched.word,
        ...priceCells(line.watched.stream.view),
        ...lastCells(line.watched.stream.view),
        line.held.size === 0 ? ' ' : figure(heldOf(line)),
        ...(line.held.size === 0
          ? [' ', ' ']
          : [signed(earnedOf(line, 'dailyPnL'), 2), signed(earnedOf(line, 'unrealizedPnL'), 2)]),
        line.currency,
      ]),
      room,
    ),
    ...troubleLines(lines.map(({ watched }) => watched)),
    '',
    `  ${dim(`${clock} UTC, Ctrl-C ends`)}`,
  ].join('\n');
}

function dataOf(pnl: readonly Subscription<Pnl>[], lines: readonly Line[], now: number): object {
  return {
    at: new Date(now).toISOString(),
    accounts: pnl.flatMap(({ latest }) => latest ?? []),
    lines: lines.map((line) => ({
      ...quoteData(line.watched),
      held: heldOf(line),
      dailyPnL: earnedOf(line, 'dailyPnL'),
      unrealizedPnL: earnedOf(line, 'unrealizedPnL'),
      currency: line.currency,
    })),
  };
}
