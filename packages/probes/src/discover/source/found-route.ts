import type { EvidenceMap } from '@launch-ready/core';
import type { Procedure } from '../trpc/operations-of-procedures.ts';

/** A route before it is compared with the operations that are known otherwise. */
export type FoundRoute = Omit<EvidenceMap['sourceRoutes']['routes'][number], 'operation' | 'inDocument'> & {
  /** Whether it takes any path below its own. */
  readonly catchAll: boolean;
  /** Which application of the repository serves it. */
  readonly app: string;
  /** The procedure that it is, where tRPC serves it. */
  readonly procedure?: Procedure & {
    readonly endpoint: string;
    readonly transformer: 'none' | 'superjson';
  };
};
