// A contract as one word of the command line.

import { cfd, commodity, crypto, forex, fund, index, stock } from '../client/contracts/builders.js';
import { continuousFuture, future, option } from '../client/contracts/derivatives.js';
import type { ContractDraft } from '../client/contracts/draft.js';
import { conId } from '../client/contracts/fields.js';
import { symbol } from '../client/contracts/symbol.js';
import { CliError, EXIT } from './exit-codes.js';

const FORMS =
  'Write AAPL, 0700.HK, BRK.B, EUR.USD, id:265598, or TYPE:SYMBOL[:EXPIRY[:STRIKE:RIGHT]][@EXCHANGE][/CURRENCY] with a type of STK, OPT, FUT, CONTFUT, CASH, IND, CFD, CRYPTO, FUND, CMDTY.';

/** A contract by its id, without a type: the gateway knows which. */
export interface ById {
  readonly conId: number;
  readonly exchange: string;
}

/**
 * Reads `AAPL`, `0700.HK`, `EUR.USD`, `id:265598`, `FUT:ES:202612@CME`, `OPT:AAPL:20261218:190:C`, `IND:SPX@CBOE`.
 * @throws {CliError} usage. @throws {InputError} for a part that cannot be.
 */
export function contractOf(word: string): ContractDraft | ById {
  const typed = /^([A-Za-z]+):([^@/]+)(?:@([^/]+))?(?:\/([A-Za-z]{3}))?$/.exec(word);
  if (typed === null) return symbol(word.toUpperCase());
  const [, type = '', named = '', exchange, currency] = typed;
  const parts = named.toUpperCase().split(':');
  const at = {
    ...(exchange === undefined ? {} : { exchange: exchange.toUpperCase() }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
  };
  const [first = '', expiry = '', strike = '', right = ''] = parts;
  const kind = type.toUpperCase();
  const most = kind === 'OPT' ? 4 : kind === 'FUT' ? 2 : 1;
  if (parts.length > most) throw new CliError(EXIT.usage, `'${word}' has more parts than a contract of type ${kind}.`, FORMS);
  switch (kind) {
    case 'ID':
      return { conId: conId('conId', Number(first)), exchange: at.exchange ?? 'SMART' };
    case 'STK':
      return stock(first, at);
    case 'OPT':
      return option(first, expiry, strike, right as 'C' | 'P', at);
    case 'FUT':
      return future(first, expiry, exchangeOf(word, at.exchange), at);
    case 'CONTFUT':
      return continuousFuture(first, exchangeOf(word, at.exchange), at);
    case 'IND':
      return index(first, exchangeOf(word, at.exchange), at);
    case 'CASH':
      return forex(first);
    case 'CFD':
      return cfd(first, at);
    case 'CRYPTO':
      return crypto(first, at.currency, at.exchange === undefined ? {} : { exchange: at.exchange });
    case 'FUND':
      return fund(first, at);
    case 'CMDTY':
      return commodity(first, at);
    default:
      throw new CliError(EXIT.usage, `'${type}' is not a type of contract.`, FORMS);
  }
}

function exchangeOf(word: string, exchange: string | undefined): string {
  if (exchange === undefined) throw new CliError(EXIT.usage, `'${word}' needs an exchange, as in ${word}@CME.`, FORMS);
  return exchange;
}
