import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { Actor } from '../model/actor.ts';
import type { Review } from '../model/review.ts';
import { gatheredOf } from './gathered-of.ts';

/** Which accounts of the target were proven to be who they should be, from their first request to their last heartbeat. */
export function coverageOfActors(
  actors: readonly Actor[],
  records: readonly EvidenceRecord[],
): Review['coverage']['actors'] {
  const logins = gatheredOf(records, 'logins').flatMap((data) => data.actors);
  return actors.flatMap((actor) => {
    if (actor.tenant === null) return [];
    const named = { actor: actor.id, tenant: actor.tenant, role: actor.role };
    const login = logins.find((candidate) => candidate.actor === actor.id);
    if (login === undefined) return [{ ...named, proven: false, because: 'its login was not tried' }];
    const last = login.heartbeats.at(-1);
    if (login.proven && last !== undefined && !last.alive) {
      return [{ ...named, proven: false, because: `its login was lost after ${last.after}` }];
    }
    return [{ ...named, proven: login.proven, because: login.because }];
  });
}
