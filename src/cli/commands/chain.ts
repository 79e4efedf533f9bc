// `ibwire chain SYMBOL`: expirations of an underlying, or the prices and Greeks of one of them.

import type { Command } from 'commander';
import type { Ib } from '../../client/connect.js';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { QualifiedContract } from '../../client/contracts/qualify.js';
import type { Call } from '../../client/core.js';
import { type Quote, valuesOf } from '../../client/market/quote.js';
import type { ChainParameters } from '../../client/options/chain.js';
import { visibleText } from '../../protocol/visible-text.js';
import { classOf } from '../chain/parameters.js';
import { type OptionRow, quoteChain } from '../chain/quote-chain.js';
import { contractOf } from '../contract-argument.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, seconds, whole, withGatewayOptions } from '../options.js';
import { bold, type Column, dim, figure, heading, right, roomOf, table } from '../print.js';
import { clockSkew } from '../session/once.js';
import { type Work, withSession } from '../session/with-session.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly expiry?: string;
  readonly strikes: number;
  readonly class?: string;
  readonly wait: number;
}

export function addChain(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('chain')
      .argument('<symbol>', 'the underlying, such as AAPL, IND:SPX@CBOE or FUT:ES:202612@CME')
      .description('options of an underlying: its expirations, or prices and Greeks of one'),
  )
    .option('--expiry <expiry>', '20261218, the beginning of one such as 202612, or `next`')
    .option('--strikes <count>', 'strikes on each side of the money', whole(1, 24), 6)
    .option('--class <class>', 'trading class, such as SPXW; unset: the one with most expirations')
    .option('--wait <seconds>', 'longest wait for prices', seconds, 5)
    .action((symbol: string, options: Options) => withSession(io, options, (work) => chain(io, work, symbol, options)));
}

async function chain(io: Io, { ib, call }: Work, word: string, options: Options): Promise<void> {
  const underlying = await ib.contracts.qualify(contractOf(word), call);
  const [all, skew] = await Promise.all([ib.options.parameters(underlying, call), clockSkew(ib, call, io.now)]);
  const found = classOf(all, options.class);
  const today = io.now() + skew.ms;
  if (options.expiry === undefined) {
    show(io, options.json, found, () => expirationsText(underlying, found, all, today));
    return;
  }
  const expiry = expiryOf(found, options.expiry);
  const priced = await ofOne(io, ib, underlying, found, expiry, options, call);
  show(
    io,
    options.json,
    {
      underlying: formatSymbol(underlying),
      price: priced.price,
      expiry,
      ...found,
      expirations: undefined,
      strikes: undefined,
      options: priced.rows.map(rowData),
    },
    () => chainText(`${formatSymbol(underlying)} ${dateOf(expiry)}`, priced, daysTo(expiry, today), roomOf(io)),
  );
}

const dateOf = (expiry: string): string => `${expiry.slice(0, 4)}-${expiry.slice(4, 6)}-${expiry.slice(6, 8)}`;

function daysTo(expiry: string, today: number): number {
  return Math.ceil((Date.parse(dateOf(expiry)) - today) / 86_400_000);
}

/** @throws {CliError} usage, when nothing or more than one fits. */
function expiryOf({ expirations }: ChainParameters, word: string): string {
  if (word === 'next') return expirations[0] ?? '';
  const wanted = word.replaceAll('-', '');
  const fitting = expirations.filter((expiry) => expiry.startsWith(wanted));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (fitting.length > 1) throw new CliError(EXIT.usage, `Several expirations begin with ${word}: ${fitting.join(' ')}.`);
  throw new CliError(EXIT.usage, `Nothing expires on ${word}.`, `Expirations: ${expirations.slice(0, 12).join(' ')} …`);
}

interface Priced {
  readonly price: number | undefined;
  readonly rows: readonly OptionRow[];
}

async function ofOne(
  io: Io,
  ib: Ib,
  underlying: QualifiedContract,
  found: ChainParameters,
  expiry: string,
  options: Options,
  call: Call,
): Promise<Priced> {
  const within = options.wait * 1000;
  return quoteChain(io, ib, { underlying, found, expiry, strikes: options.strikes, within }, call);
}

function expirationsText(
  underlying: QualifiedContract,
  found: ChainParameters,
  all: readonly ChainParameters[],
  today: number,
): string {
  const classes = [...new Set(all.map((one) => one.tradingClass))];
  const { strikes, expirations, tradingClass, exchange, multiplier } = found;
  const beside = `${tradingClass} on ${exchange}, multiplier ${multiplier}${classes.length > 1 ? `; classes: ${classes.join(' ')}` : ''}`;
  return [
    heading(`Options on ${formatSymbol(underlying)}`, beside),
    table(
      ['expiry', { name: 'days', align: 'right' }],
      expirations.map((expiry) => [dateOf(expiry), daysTo(expiry, today)]),
    ),
    `  ${strikes.length} strikes from ${figure(strikes[0])} to ${figure(strikes.at(-1))}`,
    dim(`  prices and Greeks: ibwire chain ${formatSymbol(underlying)} --expiry ${visibleText(expirations[0] ?? '')}`),
  ].join('\n');
}

/** Of a call or a put; the Greeks of the second order go first where a line has no room. */
const SIDE: readonly Column[] = [
  right('bid'),
  right('ask'),
  right('last', 1),
  right('iv %'),
  right('delta'),
  right('gamma', 4),
  right('theta', 3),
  right('vega', 5),
  right('volume', 2),
];

function side(quote: Quote | undefined): readonly (string | undefined)[] {
  if (quote === undefined) return SIDE.map(() => ' ');
  const greeks = quote.modelGreeks?.value;
  const volatility = greeks?.impliedVol;
  return [
    figure(quote.bid?.value, 2),
    figure(quote.ask?.value, 2),
    figure(quote.last?.value, 2),
    figure(volatility === undefined ? undefined : 100 * volatility, 1),
    figure(greeks?.delta, 3),
    figure(greeks?.gamma, 4),
    figure(greeks?.theta, 3),
    figure(greeks?.vega, 3),
    figure(quote.volume?.value),
  ];
}

function chainText(title: string, { price, rows }: Priced, days: number, room: number): string {
  const middle = rows.findIndex(({ strike }) => price !== undefined && strike >= price);
  return [
    heading(title, `${days} days, underlying ${figure(price, 2) ?? 'unknown'}`),
    dim('  calls to the left, puts to the right'),
    table(
      [...SIDE, right('strike'), ...SIDE],
      rows.map(({ strike, call, put }, i) => [
        ...side(call),
        i === middle ? bold(figure(strike) ?? '') : figure(strike),
        ...side(put),
      ]),
      room,
    ),
  ].join('\n');
}

function rowData({ strike, call, put }: OptionRow): object {
  return { strike, call: call === undefined ? undefined : valuesOf(call), put: put === undefined ? undefined : valuesOf(put) };
}
