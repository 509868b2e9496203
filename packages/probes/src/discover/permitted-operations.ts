import { httpMethod, type Operation, type Slot } from '@launch-ready/core';
import type { Target } from '../target/target.ts';

/** Path without the names of its slots, by which two spellings of it are the same. */
const shapeOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}').replace(/\/+$/, '');

/**
 * Operations that the permissions of the target file name and nothing else does: who writes down who may call something says that
 * it is there. What they take is learnt as for every operation that nothing describes.
 */
export function permittedOperations(
  target: Pick<Target, 'api' | 'permissions'>,
  known: readonly Operation[],
): readonly Operation[] {
  const have = new Set(known.map(({ method, path }) => `${method} ${shapeOf(path)}`));
  const { origin } = new URL(target.api);
  const base = new URL(target.api).pathname.replace(/\/$/, '');
  return Object.keys(target.permissions?.allowed ?? {}).flatMap((id): readonly Operation[] => {
    const [verb = '', path = '', ...more] = id.split(' ');
    const method = httpMethod.safeParse(verb);
    const here = [path, base + path].some((one) => have.has(`${verb} ${shapeOf(one)}`));
    if (!method.success || !path.startsWith('/') || more.length > 0 || here) return [];
    const slots = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']): Slot => ({
      in: 'path',
      name,
      required: true,
    }));
    return [
      {
        id,
        method: method.data,
        path,
        origin,
        tags: [],
        slots,
        responses: [],
        declaredAuth: 'unstated',
        sources: ['target file: permissions'],
      },
    ];
  });
}
