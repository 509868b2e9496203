import { checks, profiles } from '@launch-ready/checks';
import type { RegisterCommand } from './register-command.ts';

/** `launch-ready checks`: every check, with the lines it serves. */
export const checksCommand: RegisterCommand = (program, terminal) => {
  program
    .command('checks')
    .description('list every check and the scorecard lines it serves')
    .option('--json', 'print the checks as data')
    .action((options: { readonly json?: boolean }) => {
      if (options.json === true) return terminal.out(`${JSON.stringify(checks, null, 2)}\n`);
      const widest = Math.max(...checks.map(({ id }) => id.length));
      for (const check of checks) {
        const lines = new Set(
          profiles.flatMap((profile) =>
            profile.lines.filter((line) => line.checks.some(({ id }) => id === check.id)).map(({ id }) => id),
          ),
        );
        terminal.out(
          `${check.id.padEnd(widest)}  ${check.severity.padEnd(8)}  ${check.title} [${[...lines].join(', ')}]\n`,
        );
      }
    });
};
