// Numbers of accounts: which belong to the ledger of a currency, however the terminal is set to name them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_TAGS, createValues } from '../../../src/client/accounts/values.js';

describe('the ledger of a currency', () => {
  it('is the same with the prefix that terminals of 10.47 put before its tags', () => {
    const [plain, prefixed] = [createValues(), createValues()];
    for (const [tag, value, currency] of [
      ['CashBalance', '1000.50', 'USD'],
      ['TotalCashBalance', '-20', 'EUR'],
      ['ExchangeRate', '1.08', 'EUR'],
      ['CashBalance', '978.9', 'BASE'],
    ] as const) {
      plain.set('DU9000001', tag, value, currency, 1);
      prefixed.set('DU9000001', `$LEDGER-${tag}`, value, currency, 1);
    }
    expect(prefixed.view).toEqual(plain.view);
    expect(prefixed.view.get('DU9000001')?.ledgers.get('EUR')?.get('TotalCashBalance')?.amount?.toFixed()).toBe('-20');
  });

  it('takes tags that are totals without the prefix, and leaves the totals alone', () => {
    const values = createValues();
    values.set('DU9000001', 'AccruedCash', '5', 'USD', 1);
    values.set('DU9000001', '$LEDGER-AccruedCash', '3', 'EUR', 1);
    const numbers = values.view.get('DU9000001');
    expect(numbers?.totals.get('AccruedCash')?.value).toBe('5');
    expect(numbers?.ledgers.get('EUR')?.get('AccruedCash')?.value).toBe('3');
  });
});

it('every tag that is asked for has its official name', () => {
  const official: readonly { readonly tag: string }[] = JSON.parse(
    readFileSync(new URL('../../../fixtures/protocol/order-types.json', import.meta.url), 'utf8'),
  ).accountSummaryTags;
  // Gateways answer RegTEquity and RegTMargin, which the official list spells with a q.
  const names = new Set(official.map(({ tag }) => tag.replace(/^ReqT/, 'RegT')));
  expect(ALL_TAGS.split(',').filter((tag) => !names.has(tag) && !tag.startsWith('$LEDGER'))).toEqual([]);
});
