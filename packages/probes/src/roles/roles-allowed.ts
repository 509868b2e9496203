import type { Operation } from '@launch-ready/core';

/** Roles that a matrix names for an operation. What its slots are called does not matter: `/posts/{id}` is `/posts/{postId}`. */
export function rolesAllowed(
  allowed: Readonly<Record<string, readonly string[]>>,
  { id }: Pick<Operation, 'id'>,
): readonly string[] | undefined {
  const exact = allowed[id];
  if (exact !== undefined) return exact;
  const wanted = shapeOf(id);
  return Object.entries(allowed).find(([other]) => shapeOf(other) === wanted)?.[1];
}

const shapeOf = (id: string): string => id.replaceAll(/\{[^}]*\}|:\w+(?=\/|$)/g, '{}');
