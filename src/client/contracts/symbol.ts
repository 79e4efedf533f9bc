// Symbols as people write them (`0700.HK`, `BRK.B`, `VOD.L`, `EUR.USD`) turned into contracts.

import { record, text } from '../../input/checks.js';
import { shown } from '../../input/shown.js';
import { mustBe } from '../input/check-call.js';
import { InputError } from '../input/input-error.js';
import { forex, stock } from './builders.js';
import type { ContractOf } from './draft.js';
import { MARKETS, type Market, type MarketSuffix } from './markets.js';

/** How a bare symbol is read. */
export interface SymbolOptions {
  /** The market of a symbol without suffix, by its suffix (`HK`). Given together with a suffix, it wins. Default US. */
  readonly market?: MarketSuffix;
}

const symbolOptions = record<SymbolOptions>({ market: text });

type SymbolContract =
  | ContractOf<'STK', 'symbol' | 'exchange' | 'currency'>
  | ContractOf<'CASH', 'symbol' | 'exchange' | 'currency'>;

const CURRENCIES = new Set(
  'AED AUD BGN BRL CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS INR JPY KRW MXN MYR NOK NZD PLN RON RUB SAR SEK SGD THB TRY TWD USD ZAR XAU XAG'.split(
    ' ',
  ),
);

/**
 * A stock, or a currency pair for `EUR.USD`. `AAPL` is a US stock routed by SMART; `0700.HK`, `00700` or `700` with
 * `{ market: 'HK' }` are one share (five digits that start with 0 mean HK by themselves, other bare digits are refused); a single letter behind a dot that names no market is a share class (`BRK.B`).
 * `X.V` therefore means Venture; `{ market: 'US' }` makes it class V. Throws InputError for what it cannot read.
 */
export function symbol(text: string, options: SymbolOptions = {}): SymbolContract {
  if (typeof text !== 'string' || !/^[A-Z0-9](?:[A-Z0-9 .\-/]*[A-Z0-9.])?$/.test(text) || text.length > 24) {
    throw new InputError('symbol', `must be capital letters, digits, blanks, dots or dashes, got ${shown(text)}`);
  }
  mustBe(symbolOptions, '', options);
  const chosen = options.market === undefined ? undefined : marketOf(options.market);
  const dot = text.lastIndexOf('.');
  const [head, tail] = dot > 0 ? [text.slice(0, dot), text.slice(dot + 1)] : [text, ''];
  if (chosen === undefined && CURRENCIES.has(head) && CURRENCIES.has(tail)) return forex(head, tail);
  const suffixed = MARKETS.get(tail);
  if (chosen !== undefined) return share(suffixed === chosen ? head : text, chosen);
  if (suffixed !== undefined) return share(head, suffixed);
  if (/^0\d{4}$/.test(text)) return share(text, marketOf('HK'));
  if (/^\d+$/.test(text))
    throw new InputError('symbol', `${shown(text)} is a code of digits: say which market, as in ${text}.HK`);
  if (tail.length > 1) throw new InputError('symbol', `unknown market .${tail}; known are ${[...MARKETS.keys()].join(', ')}`);
  return share(text, marketOf('US'));
}

function marketOf(suffix: string): Market {
  const found = MARKETS.get(suffix);
  if (found === undefined)
    throw new InputError('market', `must be one of ${[...MARKETS.keys()].join(', ')}, got ${shown(suffix)}`);
  return found;
}

function share(written: string, market: Market): SymbolContract {
  const own = spelled(written, market);
  const { primaryExchange, currency, smart } = market;
  if (primaryExchange === '') return stock(own, { currency });
  return smart ? stock(own, { primaryExchange, currency }) : stock(own, { exchange: primaryExchange, currency });
}

function spelled(written: string, market: Market): string {
  if (market.numeric === 'stripped') {
    if (!/^\d{1,5}$/.test(written))
      throw new InputError('symbol', `codes of .${market.suffix} are up to five digits, got ${shown(written)}`);
    const stripped = written.replace(/^0+/, '');
    if (stripped === '') throw new InputError('symbol', `${shown(written)} is no code`);
    return stripped;
  }
  const classed = written.replace(/[.\-/ ]([A-Z])$/, `${market.classMark}$1`);
  return market.dotted && /^[A-Z]{2}$/.test(classed) ? `${classed}.` : classed;
}
