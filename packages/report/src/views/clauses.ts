import { sentenceCase } from '../words/sentence-case.ts';

/** The statements of a reason, which are separated by semicolons; a semicolon inside brackets separates nothing. */
export function clauses(because: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < because.length; at += 1) {
    const character = because[at];
    if (character === '(') depth += 1;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (character !== ';' || depth > 0 || because[at + 1] !== ' ') continue;
    found.push(because.slice(start, at));
    start = at + 2;
  }
  return [...found, because.slice(start)].map((clause) => sentenceCase(clause.trim()));
}
