// CONFIRMATION-REQUIRED: a person has to agree to this exact order.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';

export const confirmation: Rule = {
  codes: ['CONFIRMATION-REQUIRED'],
  judge: (context) =>
    context.snapshot.policy.requireConfirmation
      ? context.asks
          .filter(({ order }) => order.confirmed !== true && order.whatIf !== true)
          .map((ask) => finding('CONFIRMATION-REQUIRED', {}, { orderId: shownId(ask, context) }))
      : [],
};
