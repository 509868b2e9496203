import { parseArgs } from 'node:util';
import { inputKinds, type InputKind } from '../inputs/discover-by.ts';

/** What a run of the bench is asked to do. */
export interface BenchOptions {
  readonly json: boolean;
  readonly sample: boolean;
  /** Ids of faults, traps or worlds; all when empty. */
  readonly only: readonly string[];
  /** Leaves the folder with the evidence of every review. */
  readonly keep: boolean;
  /** Reviews at the same time. */
  readonly jobs: number;
  /** What worlds are discovered from; other than by their document, only faults of worlds are walked. */
  readonly input: InputKind;
  /** Runs the scripts of findings instead of the walks. */
  readonly verify: boolean;
  /** How often everything is walked, to see whether the verdicts stay the same. */
  readonly repeat: number;
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
        jobs: { type: 'string', default: '12' },
        inputs: { type: 'string', default: 'openapi' },
        repeat: { type: 'string', default: '1' },
        verify: { type: 'boolean', default: false },
      },
    });
    const jobs = Number(values.jobs);
    if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
      throw new OptionProblem('--jobs: give a whole number from 1 to 64');
    const input = inputKinds.find((kind) => kind === values.inputs);
    if (input === undefined) throw new OptionProblem(`--inputs: give one of ${inputKinds.join(', ')}`);
    const repeat = Number(values.repeat);
    if (!Number.isInteger(repeat) || repeat < 1 || repeat > 100)
      throw new OptionProblem('--repeat: give a whole number from 1 to 100');
    const only = values.only.flatMap((list) => list.split(',')).map((id) => id.trim());
    return {
      json: values.json,
      sample: values.sample,
      keep: values.keep,
      only: only.filter((id) => id !== ''),
      jobs,
      input,
      repeat,
      verify: values.verify,
    };
  } catch (error) {
    if (error instanceof OptionProblem) throw error;
    throw new OptionProblem(error instanceof Error ? error.message.split('\n', 1).join('') : String(error));
  }
}
