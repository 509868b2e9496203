import type { EvidenceKind } from '@launch-ready/core';
import type { Probe } from '@launch-ready/probes';

/**
 * The probes that lead to the wanted kinds of evidence, each after the probes whose evidence it builds on.
 * `needs` of a probe that is only about order (such as "run last") does not pull other probes in.
 */
export function orderProbes(probes: readonly Probe[], wanted: ReadonlySet<EvidenceKind>): readonly Probe[] {
  const chosen = new Set(probes.filter((probe) => wanted.has(probe.provides)));
  // Planting feeds nearly everything, and is chosen whenever something that builds on it is.
  for (const probe of probes) {
    if (probe.provides === 'planting' && [...chosen].some((other) => other.needs.includes('planting')))
      chosen.add(probe);
  }
  const ordered: Probe[] = [];
  const place = (probe: Probe, path: readonly Probe[]): void => {
    if (ordered.includes(probe)) return;
    if (path.includes(probe))
      throw new Error(`probes need each other: ${[...path, probe].map(({ id }) => id).join(' > ')}`);
    for (const need of probe.needs) {
      for (const other of chosen) if (other.provides === need) place(other, [...path, probe]);
    }
    ordered.push(probe);
  };
  for (const probe of probes) if (chosen.has(probe)) place(probe, []);
  return ordered;
}
