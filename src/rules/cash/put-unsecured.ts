// IRA-PUT-UNSECURED, CASH-PUT-UNSECURED: the cash to take delivery, or a long put, stands behind every short put.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { deficitFacts, deficitsOf, isSinglePut } from './deficits.js';
import { twin } from './twin.js';

export const putUnsecured: Rule = {
  codes: ['IRA-PUT-UNSECURED', 'CASH-PUT-UNSECURED'],
  judge: (context) =>
    deficitsOf(context)
      .filter((deficit) => deficit.cause === 'options' && isSinglePut(context, deficit))
      .map((deficit) => finding(twin('PUT-UNSECURED', context.snapshot), deficitFacts(context, deficit))),
};
