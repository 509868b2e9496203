import { describe, lacksScript, misleads, tells, type VerifyResult } from './run-verify.ts';

const share = (part: number, whole: number): string =>
  whole === 0 ? '0 of 0' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;

/** The result for people: scripts that could not tell or misled, a line per check, then the shares. */
export function verifyTable({ findings, silent, seconds }: VerifyResult): string {
  const byCheck = [...Map.groupBy(findings, ({ check }) => check)].toSorted(([a], [b]) => a.localeCompare(b));
  const count = (test: (one: VerifyResult['findings'][number]) => boolean): string =>
    share(findings.filter(test).length, findings.length);
  return [
    ...findings
      .filter((one) => !tells(one))
      .map(
        (one) =>
          `${misleads(one) ? 'MISLEADS' : 'cannot tell'}  ${one.fault}  ${one.check}\n  ${describe(one)}`,
      ),
    ...silent.map(({ fault, because }) => `no finding  ${fault}: ${because}`),
    '',
    ...byCheck.map(([check, list]) => `${check}: ${share(list.filter(tells).length, list.length)} tell both`),
    '',
    `scripts that exit 1 at the faulty world: ${count(({ faulty }) => faulty.state === 'still-there')}`,
    `scripts that exit 0 at the mended world: ${count(({ mended }) => mended.state === 'fixed')}`,
    `scripts that tell both:                  ${count(tells)}`,
    `scripts that mislead:                    ${count(misleads)}`,
    `findings without a script:               ${count(lacksScript)}`,
    `${seconds.toFixed(1)} s`,
    '',
  ].join('\n');
}
