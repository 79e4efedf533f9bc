import { describe, expect, it } from 'vitest';
import { BAR_SIZES, barSizeOf, durationOf, periodOf, whatToShowOf } from '../../../src/gateway/world/bar-sizes.js';
import { codeOf } from './world-at.js';

describe('durations, bar sizes and periods', () => {
  it.each([
    ['60 S', { count: 60, unit: 'S' }],
    ['86400 S', { count: 86400, unit: 'S' }],
    ['365 D', { count: 365, unit: 'D' }],
    ['52 W', { count: 52, unit: 'W' }],
    ['12 M', { count: 12, unit: 'M' }],
    ['68 Y', { count: 68, unit: 'Y' }],
  ])('%s is a duration', (text, duration) => {
    expect(durationOf(text)).toEqual(duration);
  });

  it.each(['', '1', 'D', '1D', '0 D', '-1 D', '1.5 D', '1 d', '1 X', ' 1 D', '1 D '])('%j is none', (text) => {
    expect(codeOf(() => durationOf(text))).toBe('badDuration');
  });

  it.each(['86401 S', '366 D', '53 W', '13 M', '69 Y'])('%s is too long', (text) => {
    expect(codeOf(() => durationOf(text))).toBe('durationTooLong');
  });

  it('knows every bar size of the vocabulary and no other', () => {
    for (const text of BAR_SIZES) expect(barSizeOf(text).text).toBe(text);
    expect(BAR_SIZES).toHaveLength(22);
    for (const text of ['', '1', '6 secs', '45 mins', '1 Day', '2 days'])
      expect(codeOf(() => barSizeOf(text))).toBe('badBarSize');
  });

  it('reads periods of histograms', () => {
    expect(periodOf('3 days')).toEqual({ count: 3, unit: 'D' });
    expect(periodOf('1 week')).toEqual({ count: 1, unit: 'W' });
    expect(periodOf('2 hours')).toEqual({ count: 7200, unit: 'S' });
    for (const text of ['', '3', '3 D', '0 days']) expect(codeOf(() => periodOf(text))).toBe('badPeriod');
  });

  it('refuses an unknown what-to-show', () => {
    expect(codeOf(() => whatToShowOf('LAST'))).toBe('badWhatToShow');
  });
});
