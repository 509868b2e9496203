import type { AnyCheck, EvidenceKind, Profile } from '@launch-ready/core';
import { UserError } from '../user-error.ts';

export interface Selection {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** What a selection is made from: checks, and the evidence each probe provides. */
export interface Selectable {
  readonly profile: Profile;
  readonly checks: readonly AnyCheck[];
  readonly probes: readonly { readonly id: string; readonly provides: EvidenceKind }[];
}

/**
 * The checks that a selection leaves. An id names a line (`SC-AUTHZ`), a check (`tenancy/cross-tenant-read`), a group of
 * checks (`tenancy`) or a probe (`access/cross-tenant`), which stands for the checks that read its evidence.
 * @throws {UserError} naming an id that means nothing, or when nothing is left
 */
export function selectChecks(selectable: Selectable, selection: Selection): readonly AnyCheck[] {
  const only = selection.only.map((id) => meaningOf(selectable, id, '--only'));
  const skip = selection.skip.map((id) => meaningOf(selectable, id, '--skip'));
  const chosen = selectable.checks.filter(
    (check) =>
      (only.length === 0 || only.some((ids) => ids.has(check.id))) && !skip.some((ids) => ids.has(check.id)),
  );
  if (chosen.length === 0) throw new UserError('--only and --skip leave no check: name fewer in --skip');
  return chosen;
}

function meaningOf({ profile, checks, probes }: Selectable, id: string, option: string): ReadonlySet<string> {
  const line = profile.lines.find((candidate) => candidate.id === id);
  if (line !== undefined) return new Set(line.checks.map((check) => check.id));
  const probe = probes.find((candidate) => candidate.id === id);
  const named = checks.filter(
    (check) =>
      check.id === id ||
      check.id.startsWith(`${id}/`) ||
      (probe !== undefined && check.needs.includes(probe.provides)),
  );
  if (named.length === 0)
    throw new UserError(
      `${option} ${id}: no line of ${profile.id}, check or probe has this id: see \`launch-ready checks\``,
    );
  return new Set(named.map((check) => check.id));
}
