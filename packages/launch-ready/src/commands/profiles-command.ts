import { profiles } from '@launch-ready/checks';
import type { RegisterCommand } from './register-command.ts';

/** `launch-ready profiles`: the checklists a review can be judged against. */
export const profilesCommand: RegisterCommand = (program, terminal) => {
  program
    .command('profiles')
    .description('list the launch checklists')
    .option('--json', 'print the profiles as data')
    .action((options: { readonly json?: boolean }) => {
      if (options.json === true) return terminal.out(`${JSON.stringify(profiles, null, 2)}\n`);
      for (const profile of profiles) {
        terminal.out(`${profile.id}\n  ${profile.title}: ${profile.audience}\n`);
        for (const line of profile.lines) {
          terminal.out(`  ${line.gate ? 'gate' : '    '}  ${line.id.padEnd(17)} ${line.title}\n`);
        }
        terminal.out('\n');
      }
    });
};
