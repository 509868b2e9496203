import type { Operation } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import { rolesAllowed } from './roles-allowed.ts';

export interface DeclaredMatrix {
  /** File or document it comes from; null when nothing is declared. */
  readonly source: string | null;
  right(operation: Operation, role: string): 'allowed' | 'denied' | 'unstated';
}

const forEverybody = /^(anonymous|public|everyone|everybody)$/i;
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The declared matrix: the target file's own first, then the roles that the document names. */
export function declaredMatrix(
  target: Pick<Target, 'permissions' | 'roles'>,
  operations: readonly Operation[],
): DeclaredMatrix {
  const { permissions } = target;
  // A document that speaks of other roles than the target file declares nothing about these.
  const isOurs = (roles: readonly string[]): boolean =>
    roles.some((one) => target.roles.some((role) => same(one, role)));
  const documented = operations.some(
    ({ declaredRoles }) => declaredRoles !== undefined && isOurs(declaredRoles),
  );
  const table = permissions && isOurs(Object.values(permissions.allowed).flat()) ? permissions : null;
  return {
    source: table?.source ?? (documented ? 'x-roles of the API document' : null),
    right: (operation, role) => {
      const named =
        rolesAllowed(table?.allowed ?? {}, operation) ?? (documented ? operation.declaredRoles : undefined);
      if (named === undefined) return 'unstated';
      return named.some((one) => same(one, role) || forEverybody.test(one)) ? 'allowed' : 'denied';
    },
  };
}
