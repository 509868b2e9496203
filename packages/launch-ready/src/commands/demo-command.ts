import { exitCode } from '../exit-code.ts';
import { loadTargetFile } from '../run/load-target-file.ts';
import { addReviewOptions, type ReviewOptions } from './review-options.ts';
import { runAndReport } from './run-and-report.ts';
import type { RegisterCommand } from './register-command.ts';

/** `launch-ready demo`: starts the platform with two tenants, reviews it, shows the report. */
export const demoCommand: RegisterCommand = (program, terminal, finish) => {
  const command = program
    .command('demo')
    .description(
      'start the platform on an embedded database with two tenants, review it and show the report',
    );
  addReviewOptions(command).action(async (options: ReviewOptions) => {
    const started = performance.now();
    terminal.err('starting the platform with two tenants on an embedded PostgreSQL\n');
    // Loaded only here: the other commands start faster without the platform.
    const { startDemo } = await import('../demo/start-demo.ts');
    const demo = await startDemo();
    try {
      Object.assign(process.env, demo.env);
      const code = await runAndReport(await loadTargetFile(demo.targetFile), options, terminal);
      terminal.err(`demo took ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
      // The demo did its work whatever the verdict says; only a run that did not end counts as failed.
      const ended: readonly number[] = [exitCode.go, exitCode.noGo, exitCode.notProven];
      finish(ended.includes(code) ? exitCode.go : code);
    } finally {
      await demo.stop();
    }
  });
};
