import { profileIds, type ProfileId } from '@launch-ready/core';
import { Option } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import { readFacts } from '../run/read-facts.ts';
import { judgeRun } from '../run/judge-run.ts';
import { readReview } from '../run/read-review.ts';
import { openRunFolder, type RunFolder } from '../run/run-folder.ts';
import { writeReports } from '../run/write-reports.ts';
import type { RegisterCommand } from './register-command.ts';
import { formatOption, type Format } from './review-options.ts';

interface JudgeOptions {
  readonly profile?: ProfileId;
  readonly baseline?: string;
  readonly format: readonly Format[];
  readonly json?: boolean;
  readonly color: boolean;
}

/** `launch-ready judge <review>`: judges saved evidence again, under another profile if asked. */
export const judgeCommand: RegisterCommand = (program, terminal, finish) => {
  program
    .command('judge')
    .description('judge the saved evidence of a run again, without touching the target')
    .argument('<review>', 'folder of a run, or the review.json in it')
    .addOption(new Option('--profile <id>', 'launch checklist to judge by').choices([...profileIds]))
    .option('--baseline <file>', 'an earlier review.json, to show what is new, fixed or the same')
    .addOption(formatOption())
    .option('--json', 'print the Review on standard output')
    .option('--no-color', 'no colour')
    .action((path: string, options: JudgeOptions) => {
      const folder = openRunFolder(path);
      const facts = readFacts(folder.facts);
      const review = judgeRun(folder, facts, {
        profile: options.profile ?? facts.profile,
        today: new Date().toISOString().slice(0, 10),
        baseline: options.baseline === undefined ? null : readReview(options.baseline),
      });
      writeReports(review, reportsBeside(folder, review.profile.id, facts.profile), terminal, {
        formats: options.format,
        json: options.json === true,
        color: options.color,
      });
      finish(exitCodeOf(review.verdict.kind));
    });
};

/** A judgement under another profile gets files of its own, so that the run's own review stays. */
function reportsBeside(folder: RunFolder, profile: string, own: string): RunFolder {
  if (profile === own) return folder;
  const named = (path: string): string => path.replace(/(\.\w+)$/, `.${profile}$1`);
  return {
    ...folder,
    review: named(folder.review),
    html: named(folder.html),
    markdown: named(folder.markdown),
  };
}
