import type { Review } from '@launch-ready/core';
import { verdictWords } from '../words/status-word.ts';

/** The sentence of the verdict as it reads below the verdict's word: `Not proven: the run ...` becomes `The run ...`. */
export function verdictReason({ verdict }: Review): string {
  const said = `${verdictWords[verdict.kind].word}: `;
  if (!verdict.sentence.toLowerCase().startsWith(said.toLowerCase())) return verdict.sentence;
  const rest = verdict.sentence.slice(said.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
