// `ibwire replay --redact TO FILE`: a finished capture anew, without account ids, names and order refs.

import { redactFile } from '../../capture/redact/redact-file.js';
import type { Io } from '../io.js';
import { dim } from '../print.js';
import { show } from '../show.js';
import { legible } from '../terminal-text.js';

export interface RedactArgs {
  readonly from: string;
  readonly to: string;
  readonly hide: readonly string[];
  readonly json: boolean | undefined;
}

/** Collects the values of an option that may be given several times. */
export function anotherName(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}

export async function redactTo(io: Io, { from, to, hide, json }: RedactArgs): Promise<void> {
  const { learnt, outOfReach = [] } = await redactFile(from, to, { hide });
  show(io, json, { file: to, learnt, outOfReach }, () => {
    const { account = 0, name = 0, orderRef = 0 } = learnt ?? {};
    const found = `${account} account ids, ${name} names and ${orderRef} order refs replaced`;
    return `written: ${legible(to)}, ${found}\n${dim(`out of reach: ${outOfReach.join(', ')}; docs/captures.md says what they are`)}`;
  });
}
