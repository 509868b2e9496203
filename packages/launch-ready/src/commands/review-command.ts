import { addReviewOptions, type ReviewOptions } from './review-options.ts';
import { loadTargetFile } from '../run/load-target-file.ts';
import { runAndReport } from './run-and-report.ts';
import type { RegisterCommand } from './register-command.ts';

/** `launch-ready review [target]`: reviews an application and says go, no-go or not proven. */
export const reviewCommand: RegisterCommand = (program, terminal, finish) => {
  const command = program
    .command('review')
    .description('review an application as several users of several tenants')
    .argument('[target]', 'a target file or a URL (default: launch-ready.config.ts)')
    .option('--config <file>', 'the target file');
  addReviewOptions(command).action(async (target: string | undefined, options: ReviewOptions) => {
    const place = target ?? options.config ?? null;
    finish(await runAndReport(await loadTargetFile(place), options, terminal));
  });
};
