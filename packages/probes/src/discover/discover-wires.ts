import type { EvidenceMap, Operation } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import { discoverGraphql } from './graphql/discover-graphql.ts';
import { discoverPostgrest } from './postgrest/discover-postgrest.ts';
import { operationsOfProcedures } from './trpc/operations-of-procedures.ts';

export interface DiscoverWiresSetting {
  readonly target: Pick<Target, 'api' | 'app' | 'headers' | 'graphql' | 'trpc' | 'postgrest'>;
  readonly transport: Transport;
  /** With them, what only some actors are shown is read too. */
  readonly sessions?: Sessions | undefined;
  /** What is known already: places in it are not looked for again, and may name an endpoint. */
  readonly known: readonly Operation[];
  /** Whether places were looked for before, without sessions. */
  readonly again: boolean;
}

export interface WiredOperations {
  readonly operations: readonly Operation[];
  readonly documents: readonly EvidenceMap['operations']['documents'][number][];
}

/** Finds what is offered as GraphQL, tRPC or PostgREST, as operations in resource style, and tells the transport how to speak them. */
export async function discoverWires(setting: DiscoverWiresSetting): Promise<WiredOperations> {
  const graphql = await discoverGraphql(setting);
  const postgrest = await discoverPostgrest(setting);
  const { trpc } = setting.target;
  const place = trpc ? new URL(trpc.url, setting.target.api) : null;
  const procedures =
    trpc && place && !setting.again
      ? operationsOfProcedures(trpc.procedures, {
          origin: place.origin,
          endpoint: place.pathname,
          transformer: trpc.transformer,
          source: 'target file',
        })
      : { operations: [] };
  const operations = [...graphql.operations, ...postgrest.operations, ...procedures.operations];
  setting.transport.addWires([...setting.known, ...operations]);
  return { operations, documents: [...graphql.documents, ...postgrest.documents] };
}
