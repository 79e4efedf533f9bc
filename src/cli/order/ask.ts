// The question before anything is sent.

import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';

/** Asks a person, y or N. @throws {CliError} refused, when the answer is not yes or nobody can be asked. */
export async function confirmed(io: Io, question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!io.canAsk) throw new CliError(EXIT.refused, 'Not sent: nobody is there to say yes.', 'A program says it with --yes.');
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer)) throw new CliError(io.stop.aborted ? EXIT.interrupted : EXIT.refused, 'Not sent.');
}
