import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differencesOf, type Example, faultsOf, type Meaning, readExample } from '../src/conformance.js';

const folder = new URL('../fixtures/examples/', import.meta.url);
const examples = readdirSync(folder)
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example);
const named = (name: string): Example => examples.find((one) => one.name === name) as Example;
const meaning = (name: string): Meaning => readExample(named(name)).meaning;

describe('the examples', () => {
  it.each(examples.map((one) => [one.name, one] as const))('%s is read whole', (_name, example) => {
    const reading = readExample(example);
    expect(faultsOf(reading)).toEqual([]);
    expect(differencesOf(reading)).toEqual([]);
    if (reading.verdict.at === 'answer') expect(reading.verdict.unknown).toEqual([]);
  });

  it('reads what stands under an account and a period', () => {
    const { verdict } = readExample(named('portfolio-post-pa-allperiods'));
    expect(verdict).toMatchObject({ value: { U9234567: { baseCurrency: 'USD', '1D': { nav: ['1005168.74035'] } } } });
  });

  it.each([
    ['error-accounts-first', 'accountsFirst'],
    ['error-busy-empty', 'busy'],
    ['error-dh-token', 'staleToken'],
    ['error-init-first', 'noSession'],
    ['error-no-bridge', 'noSession'],
    ['error-invalid-consumer', 'unknownConsumer'],
    ['error-not-found-html', 'notFound'],
    ['error-rate', 'tooFast'],
    ['error-unauthorised', 'signedOut'],
  ])('%s means %s', (name, why) => expect(meaning(name)).toMatchObject({ of: 'refused', why }));

  it.each([
    ['error-empty-bridge-tickle', 'competing'],
    ['ibind-auth_status', 'ready'],
    ['ibind-tickle', 'ready'],
    ['session-get-auth-status', 'ready'],
    ['session-post-ssodh-init', 'ready'],
    ['session-post-tickle', 'ready'],
  ])('%s: the session is %s, whatever the history bridge says', (name, reading) =>
    expect(meaning(name)).toEqual({ of: 'session', reading }),
  );

  it('a 200 with an error is a reject', () =>
    expect(meaning('error-order-rejected-200')).toMatchObject({ of: 'order', answer: { at: 'rejected' } }));

  it('order_id -1 is no order, and the leg that failed may come first', () =>
    expect(meaning('orders-place-bracket-partial-reject')).toMatchObject({
      answer: { at: 'legs', legs: [{ at: 'rejected' }, { at: 'unclear', orderId: '1760268467', status: 'Inactive' }] },
    }));

  it('a question names its messages', () =>
    expect(meaning('orders-post-place-order-confirmation')).toMatchObject({
      answer: { at: 'question', questions: [{ replyId: 'test-reply-id-001', messageIds: ['o354'] }] },
    }));

  it.each([
    ['orders-post-place-order-submitted', '123456789'],
    ['orders-post-reply-submitted', '987654321'],
  ])('%s was taken', (name, orderId) =>
    expect(meaning(name)).toMatchObject({ answer: { at: 'legs', legs: [{ at: 'taken', orderId, status: 'PreSubmitted' }] } }),
  );

  it('an empty first list of orders is not whole', () => {
    expect(meaning('orders-get-live-orders-empty')).toEqual({ of: 'orders', isWhole: false, orders: [] });
    expect(meaning('orders-live-filled')).toMatchObject({ isWhole: true });
  });

  it('three spellings of one order are one', () => {
    const { orders: listed } = meaning('orders-live-filled') as Extract<Meaning, { of: 'orders' }>;
    const { orders: status } = meaning('orders-status-filled') as Extract<Meaning, { of: 'orders' }>;
    const same = { orderId: '245323648', conId: 265598, symbol: 'AAPL', action: 'BUY', orderType: 'MKT', status: 'Filled' };
    const amounts = { total: '1', filled: '1', remaining: '0', averagePrice: '317.56', lmtPrice: undefined };
    expect(listed).toMatchObject([{ ...same, ...amounts }]);
    expect(status).toMatchObject([{ ...same, ...amounts }]); // size 0.0 is what remains
  });

  it('executions are counted by their ids, their commissions are theirs', () =>
    expect(meaning('orders-trades-two-fills')).toMatchObject({
      fills: [
        {
          execId: '00025b49.6a56b360.01.01',
          side: 'SLD',
          shares: '1',
          price: '751.69',
          commission: '1.02',
          orderRef: 'fill-sell-c1-172806',
        },
        { execId: '00025b49.6a56b338.01.01', side: 'BOT', shares: '1', price: '751.68', commission: '1' },
      ],
    }));

  it('a cancel is requested, not done', () =>
    expect(meaning('orders-delete-cancel-order')).toEqual({ of: 'cancel', isRequested: true }));

  it('volume counts its factor; prices are real already', () => {
    expect(meaning('marketdata-get-history')).toMatchObject({ bars: 3, volume: '688765' }); // 17219.125 × 40
    expect(meaning('ibind-history-1m-cdn')).toMatchObject({ bars: 1, volume: '83773' });
  });
});
