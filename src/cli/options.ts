// Words of the command line turned into values; what cannot be read is a usage error that says what would be.

import { type Command, InvalidArgumentError, Option } from 'commander';

/** A whole number within bounds. */
export function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < low || value > high)
      throw new InvalidArgumentError(`It is a whole number from ${low} to ${high}.`);
    return value;
  };
}

/** A TCP port. */
export const port = whole(1, 65_535);

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('It is a number above 0.');
  return value;
}

/** What a timer can hold: a longer time would be over at once. */
const MOST_SECONDS = 2_147_483;

/** Seconds to wait. */
export function seconds(text: string): number {
  const value = positive(text);
  if (value > MOST_SECONDS) throw new InvalidArgumentError(`It is at most ${MOST_SECONDS} seconds.`);
  return value;
}

/** An exact decimal above 0, as text. */
export function decimalText(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('It is a number above 0, such as 100 or 187.50.');
  return text;
}

/** One of the words, whatever their case. */
export function oneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
    return found;
  };
}

/** What every command that talks to a gateway takes. */
export interface GatewayOptions {
  readonly host: string;
  /** Unset: the first of the usual ports on which something listens. */
  readonly port?: number;
  readonly clientId: number;
  readonly simulate?: boolean;
  readonly json?: boolean;
  /** Seconds to wait for a gateway that is not up yet; unset: none. */
  readonly startWithin?: number;
  /** Seconds for each answer; unset: the deadline of the request. */
  readonly timeout?: number;
}

/** Orders belong to the client id that placed them: the same one every time, and not one that programs like to take. */
export const CLI_CLIENT_ID = 77;

/** Options of the command line go before the environment, that before the defaults. */
export function withGatewayOptions(command: Command): Command {
  return command
    .addOption(new Option('--host <host>', 'where TWS or IB Gateway runs').default('127.0.0.1').env('IBWIRE_HOST'))
    .addOption(
      new Option('--port <port>', 'its port; unset: the first open one of 4002, 7497, 4001, 7496')
        .argParser(port)
        .env('IBWIRE_PORT'),
    )
    .addOption(
      new Option('--client-id <id>', 'client id')
        .argParser(whole(0, 2_147_483_647))
        .default(CLI_CLIENT_ID)
        .env('IBWIRE_CLIENT_ID'),
    )
    .option('--simulate', 'a simulated gateway inside this process: no account needed')
    .option('--start-within <seconds>', 'longest wait for a gateway that is not up yet, or is logging in', seconds)
    .option('--timeout <seconds>', 'longest wait for an answer', seconds)
    .option('--json', 'for programs: one JSON document, or one object per line from streams; errors as an object on stderr');
}

/** `--account`, which the environment may name as well. */
export function accountOption(text: string): Option {
  return new Option('--account <account>', text).env('IBWIRE_ACCOUNT');
}
