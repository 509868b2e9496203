import type { Actor } from '@launch-ready/core';
import { outcomeOf, type Delivery } from './courier.ts';
import type { Capability } from './capability.ts';
import type { Workshop } from './workshop.ts';

/** What an attack without effect proves. */
export interface QuietVerdict {
  readonly verdict: 'safe' | 'inconclusive';
  readonly because: string;
}

/** Controls of one attack: what the owner could do with the object, and the attacker with one of its own. */
export interface Controls {
  readonly owner: Capability;
  /** Null when the attacker's tenant has no object of the kind. */
  readonly self: Capability | null;
  /** Another actor of the attacker's tenant, tried when its own role is refused this at home as well. */
  readonly selfTenant: Capability | null;
}

const unclear = (because: string): QuietVerdict => ({ verdict: 'inconclusive', because });

/** Safe only when the owner can do it, the attacker's side can do it at home, and the answer was a clear one. */
export async function quietVerdict(
  workshop: Workshop,
  attacker: Actor,
  answer: Delivery,
  controls: Controls,
): Promise<QuietVerdict> {
  if (answer.kind !== 'answer') return unclear(outcomeOf(answer));
  if (answer.status >= 500) return unclear(`the attack was answered ${answer.status}`);
  if (answer.status === 429) return unclear('the attack was answered 429: too many requests');
  if (controls.owner.state !== 'able')
    return unclear(`the owner's control did not work: ${controls.owner.because}`);
  const home = controls.self?.state === 'able' ? controls.self : controls.selfTenant;
  if (!home || home.state !== 'able') {
    const why = controls.self?.because ?? 'its tenant has no object of this kind';
    return unclear(`the attacker's own control did not work: ${why}`);
  }
  if (answer.status === 401) {
    const { sessions } = workshop.context;
    const { alive } = await sessions.isAlive(sessions.current(attacker.id), 'access/cross-tenant');
    if (!alive)
      return unclear('the attack was answered 401 and the login of the attacker is no longer recognised');
  }
  const role =
    controls.self?.state === 'able'
      ? ''
      : '; the role is refused this in its own tenant as well, where a stronger one is not';
  return {
    verdict: 'safe',
    because: `answered ${answer.status} without any effect, while the same request works for the owner and in the attacker's own tenant${role}`,
  };
}
