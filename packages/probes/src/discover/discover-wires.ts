import type { EvidenceMap, Operation } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import { discoverGraphql } from './graphql/discover-graphql.ts';
import type { Subscription } from './graphql/subscriptions-of.ts';
import { discoverPostgrest } from './postgrest/discover-postgrest.ts';
import { rememberCalls } from '../wires/known-calls.ts';
import { sourceProcedures } from './source/source-routes.ts';
import { operationsOfProcedures, type Procedure } from './trpc/operations-of-procedures.ts';

export interface DiscoverWiresSetting {
  readonly target: Pick<Target, 'api' | 'app' | 'source' | 'headers' | 'graphql' | 'trpc' | 'postgrest'>;
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
  /** Of GraphQL. */
  readonly subscriptions?: readonly Subscription[];
}

/** Finds what is offered as GraphQL, tRPC or PostgREST, as operations in resource style, and tells the transport how to speak them. */
export async function discoverWires(setting: DiscoverWiresSetting): Promise<WiredOperations> {
  const graphql = await discoverGraphql(setting);
  const postgrest = await discoverPostgrest(setting);
  const procedures = setting.again ? [] : trpcOperations(setting.target);
  const operations = [...graphql.operations, ...postgrest.operations, ...procedures];
  setting.transport.addWires([...setting.known, ...operations]);
  rememberCalls([...setting.known, ...operations]);
  const documents = [...graphql.documents, ...postgrest.documents];
  return { operations, documents, subscriptions: graphql.subscriptions ?? [] };
}

/** Procedures that the target file names, and those that the source shows. */
function trpcOperations({ trpc, api, source }: DiscoverWiresSetting['target']): readonly Operation[] {
  const place = trpc ? new URL(trpc.url, api) : null;
  const named =
    trpc && place
      ? operationsOfProcedures(trpc.procedures, {
          origin: place.origin,
          endpoint: place.pathname,
          transformer: trpc.transformer,
          source: 'target file',
        }).operations
      : [];
  const shown = Map.groupBy(sourceProcedures({ source: source ?? null, api }), ({ endpoint }) => endpoint);
  const read = [...shown].flatMap(([endpoint, all]) => {
    const procedures: readonly Procedure[] = all;
    // What the target file says of the place holds for the code that serves it.
    const told = trpc && place?.pathname.replace(/\/$/, '') === endpoint ? trpc.transformer : null;
    const transformer = told ?? (all.some((one) => one.transformer === 'superjson') ? 'superjson' : 'none');
    const at = { origin: new URL(api).origin, endpoint, transformer, source: 'source: tRPC router' };
    return operationsOfProcedures(procedures, at).operations;
  });
  const known = new Set(named.map(({ id }) => id));
  return [...named, ...read.filter(({ id }) => !known.has(id))];
}
