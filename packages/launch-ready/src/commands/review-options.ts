import { profileIds, runMode, type ProfileId, type RunMode } from '@launch-ready/core';
import { InvalidArgumentError, Option, type Command } from 'commander';

const formats = ['terminal', 'html', 'md', 'json'] as const;
export type Format = (typeof formats)[number];

/** Options of `review` and `demo`, as commander hands them over. */
export interface ReviewOptions {
  readonly profile?: ProfileId;
  readonly config?: string;
  readonly mode: RunMode;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly out?: string;
  readonly format: readonly Format[];
  readonly baseline?: string;
  readonly rate?: number;
  readonly maxRequests?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Adds the options that every reviewing command shares. */
export function addReviewOptions(command: Command): Command {
  return command
    .addOption(new Option('--profile <id>', 'launch checklist to judge by').choices([...profileIds]))
    .addOption(
      new Option(
        '--mode <mode>',
        'observe: reads only; standard: creates and changes what it created; full: everything',
      )
        .choices([...runMode.options])
        .default('standard'),
    )
    .option('--only <ids>', 'judge only these lines, checks or probes (comma separated)', parseIds, [])
    .option('--skip <ids>', 'leave out these lines, checks or probes (comma separated)', parseIds, [])
    .option('--out <dir>', 'folder for evidence and reports (default: .launch-ready/<run>)')
    .addOption(formatOption())
    .option('--baseline <file>', 'an earlier review.json, to show what is new, fixed or the same')
    .option('--rate <n>', 'requests per second at most, such as 20 or 20/s', parseRate)
    .option('--max-requests <n>', 'requests in all at most', parseCount)
    .option('--yes', 'do not ask before a run that changes a target')
    .option('--json', 'print the Review on standard output, everything else on standard error')
    .option('--quiet', 'no progress')
    .option('--no-color', 'no colour');
}

export const formatOption = (): Option =>
  new Option('--format <list>', `reports to write: ${formats.join(', ')}`)
    .argParser(parseFormats)
    .default(['terminal', 'html', 'json']);

const parseList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** An option that is given twice names the ids of both. */
function parseIds(text: string, before: readonly string[]): readonly string[] {
  const ids = parseList(text);
  if (ids.length === 0) throw new InvalidArgumentError('give at least one id.');
  return [...before, ...ids];
}

function parseFormats(text: string): readonly Format[] {
  const names = parseList(text);
  if (names.length === 0) throw new InvalidArgumentError(`give at least one of ${formats.join(', ')}.`);
  return names.map((name) => {
    const format = formats.find((known) => known === name);
    if (format === undefined)
      throw new InvalidArgumentError(`${JSON.stringify(name)} is not one of ${formats.join(', ')}.`);
    return format;
  });
}

function parseRate(text: string): number {
  const rate = Number(text.replace(/\/s$/, ''));
  if (!(rate > 0 && rate <= 10_000))
    throw new InvalidArgumentError('give a number of requests per second above 0, such as 20/s.');
  return rate;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('give a whole number above 0.');
  return count;
}
