import type { Target } from '@launch-ready/probes';
import type { RunPlan } from '../run/plan-run.ts';

const shown = 6;

const some = (ids: readonly string[]): string =>
  ids.length <= shown ? ids.join(', ') : `${ids.slice(0, shown).join(', ')} and ${ids.length - shown} more`;

/** The plan for people: what is sent by whom, what is made, and what may leave the target. */
export function describePlan(
  plan: RunPlan,
  target: Pick<Target, 'name' | 'app' | 'tenants' | 'mail'>,
): string {
  const total = plan.probes.reduce((sum, probe) => sum + probe.requests, 0);
  const width = Math.max(0, ...plan.probes.map(({ title }) => title.length));
  const short =
    total > plan.budget
      ? [
          `  That is more than the budget: each probe gets its part of it, and what is not reached stays unknown.`,
        ]
      : [];
  return [
    '',
    `Reviewing ${target.name} at ${target.app} as ${plan.actors.length} actors of ${target.tenants.length} tenants, mode ${plan.mode}:`,
    `  ${plan.operations} operations, about ${total} requests (at most ${plan.budget})`,
    ...plan.probes.map(
      ({ title, requests }) => `    ${title.padEnd(width)}  ${String(requests).padStart(5)}`,
    ),
    ...short,
    ...(plan.mode === 'observe'
      ? ['  It reads and logs in, and changes nothing.']
      : [
          `  It makes objects of its own (${some(plan.creates) || 'by no operation'}), changes only those, and removes them.`,
          plan.outward.length === 0
            ? '  No operation is named as if it reached beyond the target.'
            : `  These may reach beyond the target: ${some(plan.outward)}.`,
          `  E-mail addresses that it makes up end in @${plan.mailDomain}${target.mail === null ? ', which nobody reads' : ', whose mail it reads'}.`,
        ]),
    '',
    '',
  ].join('\n');
}
