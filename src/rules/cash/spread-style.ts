// IRA-SPREAD-STYLE, CASH-SPREAD-STYLE: refused only because American-style options do not cover each other here.
import { isCashType } from '../account-kind.js';
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { deficitsOf } from './deficits.js';
import { twin } from './twin.js';

export const spreadStyle: Rule = {
  codes: ['IRA-SPREAD-STYLE', 'CASH-SPREAD-STYLE'],
  judge: (context) => {
    const { kind } = context.snapshot;
    if (kind === undefined || !isCashType(kind)) return [];
    const isMeant = context.worst().uncovered.length > 0 || deficitsOf(context).some((deficit) => deficit.cause === 'options');
    if (!isMeant) return [];
    const { uncovered, deficits, tooMany } = context.relaxed();
    return uncovered.length === 0 && deficits.length === 0 && tooMany === undefined
      ? [finding(twin('SPREAD-STYLE', context.snapshot), {})]
      : [];
  },
};
