import type { Actor } from '@launch-ready/core';
import { outcomeOf, type Delivery } from './courier.ts';
import type { Capability } from '../plant/capability.ts';
import type { TenantControl } from './front.ts';
import type { Workshop } from '../plant/workshop.ts';

/** What an attack without effect proves. */
export interface QuietVerdict {
  readonly verdict: 'safe' | 'inconclusive';
  readonly because: string;
}

/** Controls of one attack: what the owner's side could do with the object, and the attacker's side with one of its own. */
export interface Controls {
  readonly owner: Capability & { readonly isLent?: boolean };
  /** Null when the attacker's tenant has no object of the kind. */
  readonly home: TenantControl | null;
}

const unclear = (because: string): QuietVerdict => ({ verdict: 'inconclusive', because });

/** Safe only when the owner can do it, the attacker's side can do it at home, and the answer was a clear one. */
export async function quietVerdict(
  workshop: Workshop,
  attacker: Actor,
  answer: Delivery,
  { owner, home }: Controls,
): Promise<QuietVerdict> {
  if (answer.kind !== 'answer') return unclear(outcomeOf(answer));
  if (answer.status >= 500) return unclear(`the attack was answered ${answer.status}`);
  if (answer.status === 429) return unclear('the attack was answered 429: too many requests');
  if (owner.state !== 'able') return unclear(`the owner's control did not work: ${owner.because}`);
  if (!home || home.state !== 'able') {
    const why = home?.because ?? 'its tenant has no object of this kind';
    return unclear(`the attacker's own control did not work: ${why}`);
  }
  if (answer.status === 401) {
    const { sessions } = workshop.context;
    const { alive } = await sessions.isAlive(sessions.current(attacker.id), 'access/cross-tenant');
    if (!alive)
      return unclear('the attack was answered 401 and the login of the attacker is no longer recognised');
  }
  if (owner.isLent === true || home.isLent === true)
    return {
      verdict: 'safe',
      because: `answered ${answer.status} without any effect, while the same request works for ${home.isLent === true ? 'the owner' : home.actor}, and for both tenants with other kinds of object`,
    };
  const by = home.actor === attacker.id ? '' : `, as ${home.actor}`;
  return {
    verdict: 'safe',
    because: `answered ${answer.status} without any effect, while the same request works for the owner and in the attacker's own tenant${by}`,
  };
}
