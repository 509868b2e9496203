import type { AnyCheck } from '../model/check.ts';
import type { Profile } from '../model/profile.ts';

/**
 * The options of a check under a profile: its own defaults with what the profile's lines set.
 *
 * @throws {Error} a line sets an option the check does not have, or of another type, or two lines disagree: a threshold
 * that is quietly ignored would be a false pass
 */
export function profileOptions(profile: Profile, check: AnyCheck): object {
  const defaults = new Map<string, unknown>(Object.entries(check.options));
  const set = new Map<string, { readonly line: string; readonly value: unknown }>();
  for (const line of profile.lines) {
    for (const lineCheck of line.checks.filter((candidate) => candidate.id === check.id)) {
      for (const [name, value] of Object.entries(lineCheck.options ?? {})) {
        const problem = optionProblem(defaults, name, value);
        if (problem !== null)
          throw new Error(`line ${line.id} of the profile sets the option ${name}, ${problem}`);
        const before = set.get(name);
        if (before !== undefined && JSON.stringify(before.value) !== JSON.stringify(value)) {
          throw new Error(
            `lines ${before.line} and ${line.id} of the profile disagree on the option ${name}`,
          );
        }
        set.set(name, { line: line.id, value });
      }
    }
  }
  return { ...check.options, ...Object.fromEntries([...set].map(([name, { value }]) => [name, value])) };
}

function optionProblem(defaults: ReadonlyMap<string, unknown>, name: string, value: unknown): string | null {
  if (!defaults.has(name)) return 'which its check does not have';
  const usual = defaults.get(name);
  // A default of null says nothing about the type.
  if (usual === null || (typeof usual === typeof value && Array.isArray(usual) === Array.isArray(value)))
    return null;
  return `which must be a ${Array.isArray(usual) ? 'list' : typeof usual}`;
}
