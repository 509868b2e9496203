import type { Operation } from '@launch-ready/core';
import { opensAccount } from '../roles/opens-account.ts';
import { isDeclaredPublic } from './public-by-design.ts';
import type { Workshop } from '../plant/workshop.ts';

const doors =
  /(^|\/)(log-?in|sign-?in|sign-?up|register|registration|forgot(-?password)?|reset-?password|password-?reset|request-?(password-?)?reset|verify(-?e?mail)?|verification|callback|token|health[a-z]*|ready[a-z]*|live[a-z]*|ping|status|version|openapi(\.json|\.yaml)?|swagger[^/]*|docs|robots\.txt|favicon\.ico|csrf(-?token)?)(\/|$)/i;

/** Why an operation is meant for everybody, or null: it says so, or it is a way in or a sign of life. */
export function openToAllBecause(workshop: Pick<Workshop, 'context'>, operation: Operation): string | null {
  if (isDeclaredPublic(workshop, operation)) return 'declared public';
  if (operation.declaredAuth === 'required') return null;
  if (opensAccount(operation)) return 'a way in, by what it asks for';
  return doors.test(operation.path.replace(/\{[^}]*\}/g, '_'))
    ? 'a way in or a sign of life, by its name'
    : null;
}
