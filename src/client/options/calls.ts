// What the calls about options may be given.
import { type Checks, date, list, listOr, named, number, oneOf, plainOr, record, text } from '../../input/checks.js';
import type { Call } from '../core.js';
import { asks, type Calls, contract, gives, onlyCall, question } from '../input/check-call.js';
import type { ExpiryWindow } from './chain.js';
import type { ChainQuestion, OptionsFacade } from './facade.js';
import type { ModelTerms } from './model.js';

type Window = NonNullable<ChainQuestion['delta']>;

const window = record({ from: number(), to: number() } satisfies Checks<Window>);
const expiries: Checks<ExpiryWindow> = { minDays: number(), maxDays: number(), nearest: number(1) };
const terms: Checks<ModelTerms> = {
  spot: number(),
  rate: number(),
  yield: number(),
  style: oneOf('european', 'american'),
  at: plainOr(number(), date),
  expiresAt: number(),
};
const model = [contract, named('number', number()), record(terms, ['spot'])] as const;

export const optionCalls: Calls<OptionsFacade> = {
  parameters: asks(contract, question<Call & { readonly exchange?: string }>({ exchange: text })),
  chain: asks(
    contract,
    question<ChainQuestion>({
      expiries: listOr(list(text), record(expiries)),
      moneyness: window,
      spot: number(),
      rights: list(oneOf('C', 'P')),
      delta: window,
      exchange: text,
      tradingClass: text,
    }),
  ),
  greeks: asks(contract, onlyCall),
  modelGreeks: gives(...model),
  modelVolatility: gives(...model),
  calculateImpliedVolatility: asks(contract, named('optionPrice', number()), named('underPrice', number()), onlyCall),
  calculateOptionPrice: asks(contract, named('volatility', number()), named('underPrice', number()), onlyCall),
};
