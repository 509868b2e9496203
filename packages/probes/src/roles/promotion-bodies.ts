import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject, type JsonScalar } from '../plant/json-scalars.ts';

/** A body that asks for more rights, and one that takes it back. */
export interface PromotionBody {
  readonly raise: Readonly<Record<string, unknown>>;
  readonly restore: Readonly<Record<string, unknown>>;
  /** Asks for less than the strongest role, which may be let through where that one is not. */
  readonly lesser?: boolean;
}

/** The fields of all of them in one body; of a field named twice, the first. */
export const together = (bodies: readonly PromotionBody[]): PromotionBody => ({
  raise: Object.assign({}, ...bodies.toReversed().map(({ raise }) => raise)),
  restore: Object.assign({}, ...bodies.toReversed().map(({ restore }) => restore)),
});

/** Values by the name of their field. */
export const top = (scalars: readonly JsonScalar[]): ReadonlyMap<string, JsonScalar['value']> =>
  new Map(scalars.map(({ key, value }) => [key, value]));

/** Fields that differ between the weak and the strong account first, then the usual names of rights. */
export function promotionBodies(
  operation: Operation,
  roles: readonly string[],
  mine: readonly JsonScalar[],
  theirs: readonly JsonScalar[],
): readonly PromotionBody[] {
  const [own, strong] = [top(mine), top(theirs)];
  const learnt = [...strong].filter(
    ([key, value]) =>
      /role|admin|permission|level|type|rank|scope|staff|super/i.test(key) &&
      own.has(key) &&
      own.get(key) !== value,
  );
  const allowed = rolesOf(operation);
  const spelled = (role: JsonScalar['value']): JsonScalar['value'] =>
    allowed.find((one) => one.toLowerCase() === String(role).toLowerCase()) ?? role;
  const strongest = spelled(learnt.find(([key]) => /role/i.test(key))?.[1] ?? roles[0] ?? 'admin');
  const weakest = own.get('role') ?? spelled(roles.at(-1) ?? 'member');
  return [
    ...(learnt.length > 0
      ? [
          {
            raise: Object.fromEntries(learnt),
            restore: Object.fromEntries(learnt.map(([key]) => [key, own.get(key)])),
          },
        ]
      : []),
    { raise: { role: strongest }, restore: { role: weakest } },
    {
      raise: { isAdmin: true, is_admin: true, admin: true },
      restore: { isAdmin: false, is_admin: false, admin: false },
    },
    { raise: { roles: [strongest] }, restore: { roles: [weakest] } },
    ...roles
      .slice(1, -1)
      .filter((role) => role !== strongest && role !== weakest)
      .slice(0, 2)
      .map((role) => ({ raise: { role }, restore: { role: weakest }, lesser: true })),
  ].filter(
    (body, index, all) =>
      all.findIndex((one) => JSON.stringify(one.raise) === JSON.stringify(body.raise)) === index,
  );
}

/** The roles that a body is said to take, as they are spelled there. */
function rolesOf({ body }: Operation): readonly string[] {
  const { properties } = flatSchema(body?.schema ?? {});
  const role = isJsonObject(properties) && isJsonObject(properties.role) ? flatSchema(properties.role) : {};
  return Array.isArray(role.enum) ? role.enum.filter((one) => typeof one === 'string') : [];
}
