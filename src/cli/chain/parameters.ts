// Which class of options is meant.

import type { ChainParameters } from '../../client/options/chain.js';
import { CliError, EXIT } from '../exit-codes.js';

/**
 * The class that is meant: the one that was named, or the one with most expirations, on SMART where it trades there.
 * @throws {CliError} when there is none.
 */
export function classOf(all: readonly ChainParameters[], tradingClass: string | undefined): ChainParameters {
  const meant = tradingClass === undefined ? all : all.filter((one) => one.tradingClass === tradingClass.toUpperCase());
  const [best] = [...meant].sort(
    (a, b) => Number(b.exchange === 'SMART') - Number(a.exchange === 'SMART') || b.expirations.length - a.expirations.length,
  );
  if (best !== undefined) return best;
  const names = [...new Set(all.map((one) => one.tradingClass))];
  if (names.length === 0) throw new CliError(EXIT.gateway, 'It has no options.');
  throw new CliError(EXIT.usage, `There is no class ${tradingClass}.`, `There are ${names.join(', ')}.`);
}
