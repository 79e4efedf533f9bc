// FOP-MARGIN: what the broker asks for a written futures option is there.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { deficitFacts, deficitsOf } from './deficits.js';

export const fopMargin: Rule = {
  codes: ['FOP-MARGIN'],
  judge: (context) =>
    deficitsOf(context)
      .filter((deficit) => deficit.cause === 'fops')
      .map((deficit) => finding('FOP-MARGIN', { ...deficitFacts(context, deficit), maxQuantity: undefined })),
};
