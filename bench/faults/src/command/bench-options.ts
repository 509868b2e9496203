import { parseArgs } from 'node:util';

/** What a run of the bench is asked to do. */
export interface BenchOptions {
  readonly json: boolean;
  readonly sample: boolean;
  /** Ids of faults, traps or worlds; all when empty. */
  readonly only: readonly string[];
  /** Leaves the folder with the evidence of every review. */
  readonly keep: boolean;
  /** Walks at the same time. */
  readonly jobs: number;
}

/** An option that cannot be understood; the message is one line for the user. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
}

/**
 * Reads the command line of the bench.
 * @throws {OptionProblem}
 */
export function readOptions(args: readonly string[]): BenchOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        sample: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        keep: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '3' },
      },
    });
    const jobs = Number(values.jobs);
    if (!Number.isInteger(jobs) || jobs < 1 || jobs > 16)
      throw new OptionProblem('--jobs: give a whole number from 1 to 16');
    const only = values.only.flatMap((list) => list.split(',')).map((id) => id.trim());
    return {
      json: values.json,
      sample: values.sample,
      keep: values.keep,
      only: only.filter((id) => id !== ''),
      jobs,
    };
  } catch (error) {
    if (error instanceof OptionProblem) throw error;
    throw new OptionProblem(error instanceof Error ? error.message.split('\n', 1).join('') : String(error));
  }
}
