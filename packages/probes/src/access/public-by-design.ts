import { anonymous, type ExchangeId, type Operation } from '@launch-ready/core';
import { exchangesOf, isSuccess, type Call, type Courier } from '../cross-tenant/courier.ts';
import { rolesAllowed } from '../roles/roles-allowed.ts';
import { showsAny } from '../leaks/shown-canaries.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Whether an operation says of itself that everybody may use it. */
export function isDeclaredPublic(workshop: Pick<Workshop, 'context'>, operation: Operation): boolean {
  if (operation.declaredAuth === 'public') return true;
  const table = workshop.context.target.permissions?.allowed ?? {};
  const named = rolesAllowed(table, operation) ?? operation.declaredRoles ?? [];
  return named.some((role) => /^(anonymous|public|everyone|everybody)$/i.test(role));
}

/** Public by design: declared so, and anonymous sees the same canary. Anonymous access alone excuses nothing. */
export async function isPublicByDesign(
  workshop: Workshop,
  courier: Courier,
  call: Call,
  object: PlantedObject,
): Promise<{ readonly isPublic: boolean; readonly exchanges: readonly ExchangeId[] }> {
  if (!isDeclaredPublic(workshop, call.operation)) return { isPublic: false, exchanges: [] };
  const answer = await courier.send(
    { kind: 'credential', actor: anonymous, credential: null },
    { ...call, purpose: 'does anonymous see it as well' },
  );
  return { isPublic: isSuccess(answer) && showsAny(answer, object.canaries), exchanges: exchangesOf(answer) };
}
