// Texts of the gateway are cut where they enter: of whatever is kept, and of nothing that is long by nature.

import { describe, expect, it } from 'vitest';
import { MOST_FIELD_TEXT, MOST_NOTICE_TEXT, withoutLongTexts } from '../../../src/client/wire/cut.js';
import type { Incoming } from '../../../src/protocol/registry.js';

const long = 'x'.repeat(10_000);
const told = (message: object): Incoming => message as Incoming;

describe('texts that are too long', () => {
  it.each([
    ['a bulletin', { kind: 'updateNewsBulletin', msgId: 1, newsMessage: long }, 'newsMessage', MOST_NOTICE_TEXT],
    ['a headline as it comes', { kind: 'tickNews', reqId: 1, headline: long }, 'headline', MOST_NOTICE_TEXT],
    ['an error', { kind: 'error', reqId: 1, errorString: long }, 'errorString', MOST_NOTICE_TEXT],
    ['why an order is held', { kind: 'orderStatus', orderId: 1, whyHeld: long }, 'whyHeld', MOST_FIELD_TEXT],
    ['an account value', { kind: 'updateAccountValue', key: 'k', val: long }, 'val', MOST_FIELD_TEXT],
  ])('%s: cut, and what is left out is counted', (_what, message, field, most) => {
    const kept = withoutLongTexts(told(message), 10_100);
    expect(kept).toMatchObject({ kind: message.kind, [field]: `${'x'.repeat(most)}… (${10_000 - most} more)` });
  });

  it.each([
    ['an article', { kind: 'newsArticle', reqId: 1, articleText: long }],
    ['a report', { kind: 'fundamentalData', reqId: 1, data: long }],
    ['the XML of an advisor', { kind: 'receiveFA', faDataType: 1, xml: long }],
    ['the parameters of the scanner', { kind: 'scannerParameters', xml: long }],
  ])('%s is long by nature', (_what, message) => {
    expect(withoutLongTexts(told(message), 10_100)).toBe(message);
  });

  it.each([
    ['a name of a family', { kind: 'familyCodes', familyCodes: [{ accountID: 'U9', familyCodeStr: long }] }],
    ['a name of a tier', { kind: 'softDollarTiers', reqId: 1, tiers: [{ name: long }] }],
    ['an exchange', { kind: 'tickReqParams', reqId: 1, minTick: 0.01, bboExchange: long }],
    ['a letter of a login', { kind: 'userInfo', reqId: 1, whiteBrandingId: long }],
    ['a word of the configuration', { kind: 'updateConfigResponse', reqId: 1, warnings: [{ title: long }] }],
  ])('%s in a kind that no list names is cut as any other field', (_what, message) => {
    const text = JSON.stringify(withoutLongTexts(told(message), 10_100));
    expect(text).toContain(`"${'x'.repeat(MOST_FIELD_TEXT)}… (${10_000 - MOST_FIELD_TEXT} more)"`);
  });

  it('trading hours of a month stay whole; a text of details without an end does not', () => {
    const details = (liquidHours: string) => told({ kind: 'contractDetails', reqId: 1, contractDetails: { liquidHours } });
    expect(withoutLongTexts(details('20260901:0930-1600;'.repeat(30)), 9_000)).toEqual(details('20260901:0930-1600;'.repeat(30)));
    expect(withoutLongTexts(details('x'.repeat(20_000)), 20_100)).toEqual(details(`${'x'.repeat(16_384)}… (3616 more)`));
  });

  it('a message with a long frame and short texts stays the object it is', () => {
    const message = told({ kind: 'familyCodes', familyCodes: Array.from({ length: 500 }, () => ({ accountID: 'U9' })) });
    expect(withoutLongTexts(message, 10_100)).toBe(message);
  });

  it('each field is looked at once, what is short stays the object it is, and the message that came is as it was', () => {
    const reads: string[] = [];
    const watched = (name: string, value: unknown): PropertyDescriptor => ({
      enumerable: true,
      get: () => {
        reads.push(name);
        return value;
      },
    });
    const short = Object.freeze({ accountID: 'U9', familyCodeStr: 'F' });
    const codes = Object.freeze([short, Object.freeze({ accountID: 'U9', familyCodeStr: long })]);
    const message = Object.defineProperties(
      {},
      { kind: watched('kind', 'softDollarTiers'), familyCodes: watched('codes', codes) },
    );
    const whole = Object.defineProperties(
      {},
      { kind: watched('kind', 'softDollarTiers'), familyCodes: watched('codes', [short]) },
    );
    withoutLongTexts(told(whole), 10_100);
    expect(reads).toEqual(['kind', 'kind', 'codes']); // the kind says how long a text may be
    const kept = withoutLongTexts(told(message), 10_100) as unknown as { readonly familyCodes: readonly object[] };
    expect(kept.familyCodes).toHaveLength(2);
    expect(Array.isArray(kept.familyCodes)).toBe(true);
    expect(kept.familyCodes[0]).toBe(short);
    expect(codes[1]?.familyCodeStr).toBe(long);
  });

  it('no half of a sign is left at the edge', () => {
    const text = `${'x'.repeat(MOST_NOTICE_TEXT - 1)}😀😀`;
    const kept = withoutLongTexts(told({ kind: 'updateNewsBulletin', newsMessage: text }), 10_000);
    expect(kept).toMatchObject({ newsMessage: `${'x'.repeat(MOST_NOTICE_TEXT - 1)}… (4 more)` });
  });
});
