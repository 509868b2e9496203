import type { ProbeContext } from '../probe.ts';

/** Long and mixed, since passwords that break the rules may be refused before they are counted. */
export const wrongPassword = ({ random }: ProbeContext): string =>
  `Wrong-${random.token(6)}-${random.token(6)}-7Q`;
