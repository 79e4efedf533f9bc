// IRA-SPREAD-UNFUNDED, CASH-SPREAD-UNFUNDED: the worst loss of what a combination, call or share order leaves is set aside.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { deficitFacts, deficitsOf, isSinglePut } from './deficits.js';
import { twin } from './twin.js';

export const spreadUnfunded: Rule = {
  codes: ['IRA-SPREAD-UNFUNDED', 'CASH-SPREAD-UNFUNDED'],
  judge: (context) =>
    deficitsOf(context)
      .filter((deficit) => deficit.cause === 'options' && !isSinglePut(context, deficit))
      .map((deficit) => finding(twin('SPREAD-UNFUNDED', context.snapshot), deficitFacts(context, deficit))),
};
