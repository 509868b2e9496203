import type { AcceptanceRule, Profile } from '../model/profile.ts';
import type { LineResult, Review } from '../model/review.ts';

type Acceptance = Review['acceptance'][number];

/**
 * Judges the profile's acceptance rules. A rule is met when every line it names passes (lines that do not apply here are
 * passed over, unless none is left) and it asks nothing that no line covers.
 */
export const judgeAcceptance = (profile: Profile, lines: readonly LineResult[]): readonly Acceptance[] =>
  profile.acceptance.map((rule) => ({ id: rule.id, text: rule.text, ...judgeRule(rule, lines) }));

function judgeRule(
  rule: AcceptanceRule,
  lines: readonly LineResult[],
): Pick<Acceptance, 'state' | 'because'> {
  const named = rule.lines.flatMap((id) => lines.find((line) => line.id === id) ?? []);
  const failed = named.filter((line) => line.status === 'fail');
  if (failed.length > 0)
    return { state: 'not-met', because: `${failed.map(({ title }) => `"${title}"`).join(', ')} failed` };
  const open = [
    ...rule.lines
      .filter((id) => !lines.some((line) => line.id === id))
      .map((id) => `this checklist has no line ${id}`),
    ...named.filter((line) => line.status === 'unknown').map((line) => `"${line.title}" is not proven`),
    ...rule.notYetExamined.map((what) => `not examined yet: ${what}`),
  ];
  if (open.length > 0) return { state: 'not-proven', because: open.join('; ') };
  const passed = named.filter((line) => line.status === 'pass');
  if (passed.length === 0) return { state: 'not-proven', because: 'none of its lines applies here' };
  return { state: 'met', because: `${passed.map(({ title }) => `"${title}"`).join(', ')} passed` };
}
