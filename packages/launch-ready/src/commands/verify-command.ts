import type { Finding } from '@launch-ready/core';
import type { Reproduced } from '@launch-ready/probes';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { loadTargetFile } from '../run/load-target-file.ts';
import { readFacts } from '../run/read-facts.ts';
import { readReview } from '../run/read-review.ts';
import { listRunFolders, openRunFolder, type RunFolder } from '../run/run-folder.ts';
import { verifyFindings } from '../run/verify-findings.ts';
import { UserError } from '../user-error.ts';
import type { RegisterCommand } from './register-command.ts';
import { runsFolder } from './run-and-report.ts';

interface VerifyOptions {
  readonly review?: string;
  readonly config?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

const words: Readonly<Record<Reproduced['state'], string>> = {
  fixed: 'fixed',
  'still-there': 'still there',
  'cannot-tell': 'cannot tell',
};

/** `launch-ready verify <finding>`: runs one finding's reproduction again. Exits 0 fixed, 1 still there, 2 cannot tell. */
export const verifyCommand: RegisterCommand = (program, terminal, finish) => {
  program
    .command('verify')
    .description('run the reproduction of a finding again: fixed, still there, or cannot tell')
    .argument('[finding]', 'id of a finding, or the first letters of it')
    .option('--all', 'every finding of the review')
    .option(
      '--review <path>',
      `folder of a run, or the review.json in it (default: newest below ${runsFolder})`,
    )
    .option('--config <file>', 'the target file (default: the one the run was started with)')
    .option('--json', 'print the results as JSON on standard output')
    .action(async (id: string | undefined, options: VerifyOptions) => {
      const folder = folderOf(options.review);
      const facts = readFacts(folder.facts);
      const findings = chosen(readReview(folder.review).findings, id, options.all === true);
      const { target } = await loadTargetFile(options.config ?? facts.target.file);
      if (target.name !== facts.target.name)
        throw new UserError(
          `the review is of ${facts.target.name}, and the target file describes ${target.name}: name the right one with --config`,
        );
      const stop = new AbortController();
      const onSignal = (): void => stop.abort();
      process.on('SIGINT', onSignal);
      try {
        const results: (Reproduced & { readonly id: string })[] = [];
        await verifyFindings({
          target,
          folder,
          facts,
          findings,
          signal: stop.signal,
          tell: (finding, result) => {
            results.push({ id: finding.id, ...result });
            const line = `${words[result.state]}: ${finding.id} ${finding.title} (${result.said})\n`;
            if (options.json === true) terminal.err(line);
            else terminal.out(line);
          },
        });
        if (options.json === true) terminal.out(`${JSON.stringify(results, null, 2)}\n`);
        finish(stop.signal.aborted ? exitCode.stopped : exitCodeOfResults(results));
      } finally {
        process.off('SIGINT', onSignal);
      }
    });
};

function folderOf(path: string | undefined): RunFolder {
  if (path !== undefined) return openRunFolder(path);
  const [newest] = listRunFolders(runsFolder);
  if (newest === undefined)
    throw new UserError(`no run below ${runsFolder}: name the folder of a run with --review`);
  return newest;
}

/** The findings that an id or its beginning names. */
function chosen(findings: readonly Finding[], id: string | undefined, all: boolean): readonly Finding[] {
  if ((id === undefined) !== all)
    throw new UserError('name one finding by its id, or say --all for every finding of the review');
  if (id === undefined) {
    if (findings.length === 0) throw new UserError('the review has no findings to verify');
    return findings;
  }
  const exact = findings.filter((finding) => finding.id === id);
  const named = exact.length > 0 ? exact : findings.filter((finding) => finding.id.startsWith(id));
  if (named.length === 1) return named;
  const known = findings.map((finding) => finding.id).join(', ');
  throw new UserError(
    named.length === 0
      ? `the review has no finding ${id}${known === '' ? '' : `: it has ${known}`}`
      : `${id} is the beginning of ${named.length} findings: give more of the id`,
  );
}

/** One that is still there decides; one that could not be told keeps the rest from counting as fixed. */
function exitCodeOfResults(results: readonly Reproduced[]): ExitCode {
  if (results.some(({ state }) => state === 'still-there')) return exitCode.noGo;
  if (results.some(({ state }) => state === 'cannot-tell')) return exitCode.notProven;
  return exitCode.go;
}
