import type { Profile } from '../model/profile.ts';
import type { LineResult, Verdict } from '../model/review.ts';
import { counted } from './counted.ts';

/**
 * The decision. A failed gate, or as many failures as the profile bears, is no-go. A gate that is not proven, a run that
 * ended early, or a run in which nothing passed, is not proven. Everything else is go.
 *
 * @param interrupted why the run ended early; null when it ran to its end
 */
export function judgeVerdict(
  profile: Profile,
  lines: readonly LineResult[],
  interrupted: string | null,
): Verdict {
  const failed = lines.filter((line) => line.status === 'fail');
  const failedGates = failed.filter((line) => line.gate);
  const unknown = lines.filter((line) => line.status === 'unknown');
  const unknownGates = unknown.filter((line) => line.gate);
  const gates = {
    failedGates: failedGates.map(({ id }) => id),
    unknownGates: unknownGates.map(({ id }) => id),
  };

  if (failedGates.length > 0) {
    const sentence = `Do not launch yet: ${titles(failedGates)} failed, and ${one(failedGates) ? 'that' : 'each of these'} alone stops a launch.`;
    return { kind: 'no-go', sentence, ...gates };
  }
  if (failed.length > 0 && failed.length >= profile.failuresThatStop) {
    const sentence = `Do not launch yet: ${counted(failed.length, 'line')} of the checklist failed (${titles(failed)}), and ${profile.failuresThatStop} are enough to stop a launch.`;
    return { kind: 'no-go', sentence, ...gates };
  }
  const also = failed.length > 0 ? ` ${titles(failed)} failed and should be mended soon.` : '';
  if (unknownGates.length > 0) {
    const sentence = `Not proven: nothing that stops a launch was seen, but ${titles(unknownGates)} could not be proven safe.${also}`;
    return { kind: 'not-proven', sentence, ...gates };
  }
  if (interrupted !== null) {
    return {
      kind: 'not-proven',
      sentence: `Not proven: the review ended early (${interrupted}).${also}`,
      ...gates,
    };
  }
  if (!lines.some((line) => line.status === 'pass')) {
    return {
      kind: 'not-proven',
      sentence: `Not proven: no line of the checklist could be judged.${also}`,
      ...gates,
    };
  }
  const open = unknown.length > 0 ? ` ${counted(unknown.length, 'other line')} could not be proven.` : '';
  return {
    kind: 'go',
    sentence: `Ready to launch: every line that can stop a launch passed.${also}${open}`,
    ...gates,
  };
}

const one = (lines: readonly LineResult[]): boolean => lines.length === 1;

function titles(lines: readonly LineResult[]): string {
  const all = lines.map((line) => `"${line.title}"`);
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}
