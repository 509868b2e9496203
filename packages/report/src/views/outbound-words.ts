import type { Review } from '@launch-ready/core';
import { count } from '../words/count.ts';

/** What may have left the target because of the run, one sentence each; none when nothing did or nobody noted it. */
export function outboundWords({ outbound }: Review): readonly string[] {
  if (outbound === undefined) return [];
  const by = (operations: readonly string[]): string =>
    operations.length > 3 ? `${operations.slice(0, 3).join(', ')} and others` : operations.join(', ');
  const mails = outbound.mails ?? 0;
  return [
    ...outbound.domains.map(
      ({ domain, addresses, operations }) =>
        `${count(addresses, 'made-up address', 'made-up addresses')} at ${domain}, by ${by(operations)}`,
    ),
    ...outbound.hosts.map(({ host, operations }) => `URLs of ${host}, by ${by(operations)}`),
    ...(mails > 0 ? [`${count(mails, 'mail')} of the target arrived in the inbox of the run`] : []),
  ];
}
