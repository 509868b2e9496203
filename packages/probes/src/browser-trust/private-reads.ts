import type { ActorId, HeaderList, Operation } from '@launch-ready/core';
import { tenantCall } from '../lifecycle/tenant-call.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';

/** A read that works for an actor and is refused to nobody. */
export interface PrivateRead {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: HeaderList;
  readonly actor: ActorId;
  readonly answer: Answer;
  /** What somebody without a credential got. */
  readonly refused: Answer;
}

const mostTries = 12;

/** Looks for a few private reads: the answer with a credential is a success, and without one it is not. */
export async function privateReads(
  context: ProbeContext,
  probe: string,
  most: number,
): Promise<readonly PrivateRead[]> {
  const { sessions, operations } = context;
  const [actor] = sessions.actors;
  if (actor === undefined || actor.tenant === null) return [];
  const found: PrivateRead[] = [];
  let tries = 0;
  for (const operation of operations.filter(isPlainRead).toSorted((a, b) => rank(a) - rank(b))) {
    if (found.length >= most || tries >= mostTries) break;
    const call = await tenantCall(context, operation, actor.tenant);
    if (call === null) continue;
    const { url, headers } = call;
    tries += 1;
    const request = { probe, method: 'GET', url, headers, operation, effect: { kind: 'none' } } as const;
    const answer = await sessions.send(actor.id, { ...request, purpose: 'look for a private answer' });
    if (answer.kind === 'no-answer' || answer.status < 200 || answer.status > 299 || isPage(answer)) continue;
    const refused = await sessions.sendWith(null, 'anonymous', {
      ...request,
      purpose: 'the same without a credential',
    });
    if (refused.kind === 'no-answer' || ![400, 401, 403, 404].includes(refused.status)) continue;
    found.push({ operation, url, headers, actor: actor.id, answer, refused });
  }
  return found;
}

const isPlainRead = (operation: Operation): boolean =>
  operation.method === 'GET' &&
  operation.declaredAuth !== 'public' &&
  !operation.slots.some((slot) => slot.required && slot.in !== 'path') &&
  !/(export|download|stream|events|logout|signout|callback|oauth|csv|pdf)/i.test(operation.path);

const isPage = (answer: Answer): boolean => (answer.header('content-type') ?? '').includes('text/html');

/** Fewer slots first; what is about oneself before all. */
const rank = (operation: Operation): number =>
  (operation.path.match(/\{/g)?.length ?? 0) * 10 +
  (/\/(me|profile|account|session)\/?$/i.test(operation.path) ? 0 : 1);
