import type { EvidenceMap } from '@launch-ready/core';

/** A route before it is compared with the operations that are known otherwise. */
export type FoundRoute = Omit<EvidenceMap['sourceRoutes']['routes'][number], 'operation' | 'inDocument'> & {
  /** Whether it takes any path below its own. */
  readonly catchAll: boolean;
  /** Which application of the repository serves it. */
  readonly app: string;
};
