import { Command, CommanderError } from 'commander';
import { checksCommand } from './commands/checks-command.ts';
import { cleanupCommand } from './commands/cleanup-command.ts';
import { demoCommand } from './commands/demo-command.ts';
import { explainCommand } from './commands/explain-command.ts';
import { judgeCommand } from './commands/judge-command.ts';
import { permissionsCommand } from './commands/permissions-command.ts';
import { profilesCommand } from './commands/profiles-command.ts';
import type { RegisterCommand } from './commands/register-command.ts';
import { reviewCommand } from './commands/review-command.ts';
import { verifyCommand } from './commands/verify-command.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCode } from './exit-code.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { toolVersion } from './version.ts';

const commands: readonly RegisterCommand[] = [
  reviewCommand,
  demoCommand,
  judgeCommand,
  verifyCommand,
  permissionsCommand,
  explainCommand,
  checksCommand,
  profilesCommand,
  cleanupCommand,
];

/**
 * Runs the command line and resolves to the exit code; prints every failure as one line.
 * @param args without the program's own name
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let code: number = exitCode.go;
  const program = new Command('launch-ready')
    .description(
      'Decides with evidence whether a web application is ready to launch: go, no-go or not proven.',
    )
    .version(toolVersion)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: (text, write) => write(`launch-ready: ${onOneLine(text.replace(/^error: /, ''))}\n`),
    });
  for (const register of commands)
    register(program, terminal, (result) => {
      code = result;
    });
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.go : exitCode.usage;
    const failure = describeFailure(error);
    terminal.err(`launch-ready: ${failure.message}\n`);
    return failure.code;
  }
}

/** A suggestion comes on a line of its own from the parser. */
const onOneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');
