import { basename } from 'node:path';
import type { RegisterCommand } from './register-command.ts';
import { runsFolder } from './run-and-report.ts';
import { describeFailure } from '../describe-failure.ts';
import { exitCode } from '../exit-code.ts';
import { cleanUpRun } from '../run/clean-up-run.ts';
import { listRunFolders, openRunFolder } from '../run/run-folder.ts';
import { UserError } from '../user-error.ts';

/** `launch-ready cleanup [run]`: removes what a run left behind, after a crash too, and proves it by reading again. */
export const cleanupCommand: RegisterCommand = (program, terminal, finish) => {
  program
    .command('cleanup')
    .description('remove what runs left behind, after a crash too')
    .argument('[run]', `folder of a run (default: every run below ${runsFolder})`)
    .option('--config <file>', 'the target file (default: the one the run was started with)')
    .action(async (run: string | undefined, options: { readonly config?: string }) => {
      const folders = run === undefined ? listRunFolders(runsFolder) : [openRunFolder(run)];
      if (folders.length === 0) throw new UserError(`no run below ${runsFolder}: name the folder of a run`);
      let left = 0;
      let removed = 0;
      let failed: number | null = null;
      for (const folder of folders) {
        const result = await cleanUpRun(folder, options.config ?? null).catch((error: unknown) => {
          if (folders.length === 1) throw error;
          // The other runs are cleaned up all the same.
          const { message, code } = describeFailure(error);
          terminal.err(`launch-ready: ${basename(folder.path)}: ${message}\n`);
          failed ??= code;
          return null;
        });
        if (result === null) continue;
        if (result.removed + result.leftovers.length > 0) {
          terminal.out(
            `${basename(folder.path)}: ${result.removed} removed, ${result.leftovers.length} left\n`,
          );
        }
        for (const leftover of result.leftovers)
          terminal.out(`  ${leftover.ref} ${leftover.type} of ${leftover.owner}: ${leftover.because}\n`);
        left += result.leftovers.length;
        removed += result.removed;
      }
      if (left + removed === 0 && failed === null) terminal.out('nothing was left behind\n');
      finish(failed ?? (left === 0 ? exitCode.go : exitCode.noGo));
    });
};
