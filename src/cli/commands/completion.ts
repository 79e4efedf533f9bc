// `ibwire completion SHELL`: prints what makes a shell complete commands and options.

import { Argument, type Command } from 'commander';
import { completionScript, type Shell, shells } from '../completion/script.js';
import type { Io } from '../io.js';

export function addCompletion(program: Command, io: Io): void {
  program
    .command('completion')
    .description('completion of commands and options for a shell')
    .addArgument(new Argument('<shell>', 'the shell that is to complete').choices(shells))
    .action((shell: Shell) => io.draw(completionScript(program, shell)));
}
