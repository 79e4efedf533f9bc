// OPT-NONSTANDARD: an adjusted series is never written, only closed.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';
import { nameOf } from '../naming.js';
import { writtenBy } from './fop-needs-whatif.js';

export const nonStandard: Rule = {
  codes: ['OPT-NONSTANDARD'],
  judge: (context) =>
    context.asks.flatMap((ask) =>
      [...writtenBy(ask, context, 'OPT'), ...writtenBy(ask, context, 'FOP')]
        .filter((contract) => !contract.standard)
        .map((contract) => finding('OPT-NONSTANDARD', { contract: nameOf(contract) }, { orderId: shownId(ask, context) })),
    ),
};
