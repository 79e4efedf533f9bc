// One thing that the doctor looked at.

export type CheckState = 'ok' | 'note' | 'warning' | 'failed';

export interface Check {
  readonly step: string;
  readonly state: CheckState;
  readonly says: string;
  /** What to do about it; undefined when nothing has to be done. */
  readonly todo?: string;
}

/** A check with nothing to do about it. */
export function fine(step: string, says: string, state: 'ok' | 'note' = 'ok'): Check {
  return { step, state, says };
}

export function trouble(step: string, state: 'warning' | 'failed', says: string, todo: string): Check {
  return { step, state, says, todo };
}

/** Everything that was looked at behind one port. */
export interface Examined {
  readonly port: number;
  readonly application: string;
  readonly checks: readonly Check[];
}
