// Numbers and times as they are shown: exact texts with their digits grouped; what is not known is a dash, never 0.

import { dayIn } from './instants.js';

export const NONE = '—';

/** `-1234.5` → `-1,234.50` with two places; digits that are told are kept beyond `least`, up to `most`. */
export function grouped(value: string | undefined, least = 0, most = 8): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value ?? '');
  if (found === null) return NONE;
  const [, sign = '', whole = '', told = ''] = found;
  const rounded = told.length > most ? Number(`0.${told}`).toFixed(most) : undefined;
  const carry = rounded?.startsWith('1') === true ? 1n : 0n;
  const fraction = (rounded?.slice(2) ?? told).replace(/0+$/, '').padEnd(least, '0');
  const digits = (BigInt(whole) + carry).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const isNothing = /^0$/.test(digits) && /^0*$/.test(fraction);
  return `${isNothing ? '' : sign}${digits}${fraction === '' ? '' : `.${fraction}`}`;
}

export const money = (value: string | undefined): string => grouped(value, 2, 2);

/** With its sign, which says up or down without a colour. */
export function signed(value: string | undefined, least = 2, most = 2): string {
  const text = grouped(value, least, most);
  return text === NONE || text.startsWith('-') || /^[0,.]*$/.test(text) ? text : `+${text}`;
}

export const wayOf = (value: string | undefined): 'up' | 'down' | '' =>
  value === undefined || !/[1-9]/.test(value) ? '' : value.startsWith('-') ? 'down' : 'up';

/** 1.2 M, 340 k: for sizes and volumes, which nobody reads to the last digit. */
export function short(value: string | undefined): string {
  const number = Number(value);
  if (value === undefined || Number.isNaN(number)) return NONE;
  for (const [unit, name] of [
    [1e9, ' B'],
    [1e6, ' M'],
    [1e4, ' k'],
  ] as const)
    if (Math.abs(number) >= unit) return `${(number / (name === ' k' ? 1e3 : unit)).toFixed(1).replace(/\.0$/, '')}${name}`;
  return grouped(value, 0, 2);
}

/** What a session asks for; what a quote is stands beside it. */
export const DATA_WORDS = {
  live: 'live',
  delayed: 'delayed where not live',
  frozen: 'live, frozen when closed',
  delayedFrozen: 'delayed where not live, frozen when closed',
} as const;

export function ageText(ms: number | undefined): string {
  if (ms === undefined) return NONE;
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return seconds.toFixed(1);
  if (seconds < 600) return `${Math.round(seconds)} s`;
  if (seconds < 36_000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** Within a sentence, where a number alone has no meaning. */
export const ageWords = (ms: number | undefined): string => `${ageText(ms)}${ms !== undefined && ms < 9_950 ? ' s' : ''}`;

/** With its day, where that is not today's; what is no instant stands as it is. */
export function moment(at: string, now: number): string {
  if (Number.isNaN(Date.parse(at))) return at;
  const day = dayIn(new Date(at));
  return day === dayIn(now) ? clock(at) : `${day} ${clock(at)}`;
}

export const clock = (at: string | number | undefined): string =>
  at === undefined ? NONE : new Date(at).toLocaleTimeString('en-GB', { hour12: false });
