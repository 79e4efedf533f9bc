// Nothing leaves a desk that does not lead: asked in the turn in which the bytes leave.

import type { Guard } from 'ibwire';

export function leadingGuard(whyNot: () => string | undefined): Guard {
  return () => {
    const why = whyNot();
    if (why === undefined) return [];
    return [
      {
        code: 'NOT-LEADING',
        severity: 'reject',
        message: why,
        remedy: 'Ask the desk that leads; it is named by the session of the bus.',
        facts: {},
      },
    ];
  };
}
