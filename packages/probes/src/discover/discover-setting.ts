import type { EvidenceMap } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';

/** What discovery starts from. */
export interface DiscoverSetting {
  readonly target: Pick<
    Target,
    | 'api'
    | 'source'
    | 'app'
    | 'origins'
    | 'openapi'
    | 'headers'
    | 'har'
    | 'postman'
    | 'graphql'
    | 'trpc'
    | 'postgrest'
    | 'tenants'
    | 'tenantIds'
    | 'actors'
    | 'permissions'
  >;
  readonly transport: Transport;
  /** With them, documents are read as every actor too, and what only some of them are shown is merged in. */
  readonly sessions?: Sessions;
  /** What was found without sessions, so that places which have nothing are not asked again. */
  readonly known?: EvidenceMap['operations'];
}
