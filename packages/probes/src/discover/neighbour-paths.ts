import type { Operation } from '@launch-ready/core';
import { singular } from '../access/names.ts';
import { dangerousWord } from '../transport/dangerous-words.ts';

/** A path that no document names, and a surely absent one of the same shape. */
export interface Neighbour {
  /** Path template; its slots are those of the collection that it was guessed from. */
  readonly path: string;
  readonly absent: string;
  readonly origin: string;
  readonly because: string;
}

const mostCollections = 3;

/** Paths that developers leave beside documented collections, the likeliest first. `absent` is a name that nothing has. */
export function neighbourPaths(operations: readonly Operation[], absent: string): readonly Neighbour[] {
  const known = new Set(operations.map(({ origin, path }) => `${origin} ${shape(path)}`));
  const collections = operations
    .filter(
      ({ method, path, declaredAuth }) => method === 'GET' && declaredAuth !== 'public' && isCollection(path),
    )
    .filter(({ path }) => operations.some((other) => shape(other.path).startsWith(`${shape(path)}/{}`)))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
    .slice(0, mostCollections);
  const found: Neighbour[] = [];
  const add = (origin: string, segments: readonly string[], at: number, because: string): void => {
    const path = `/${segments.join('/')}`;
    const key = `${origin} ${shape(path)}`;
    if (known.has(key) || dangerousWord({ segments }, false) !== null) return;
    known.add(key);
    const other = segments.map((segment, index) => (index === at ? absent : segment));
    found.push({ path, absent: `/${other.join('/')}`, origin, because });
  };
  const prefixOf = (segments: readonly string[]): number => {
    const start = segments.findIndex((segment) => !/^(api|rest|v\d+|services?|app)$/i.test(segment));
    return Math.max(0, start);
  };
  for (const { origin, path, id } of collections) {
    const segments = path.split('/').filter((segment) => segment !== '');
    const start = prefixOf(segments);
    const last = segments.length - 1;
    const name = segments[last] ?? '';
    const because = `a neighbour of ${id}`;
    add(origin, [...segments, 'all'], segments.length, because);
    add(origin, [...segments, 'export'], segments.length, because);
    add(origin, [...segments.slice(0, start), 'admin', ...segments.slice(start)], start, because);
    add(origin, [...segments, 'search'], segments.length, because);
    const one = singular(name);
    add(origin, [...segments.slice(0, last), one === name ? `${name}s` : one], last, because);
  }
  const [first] = collections;
  if (!first) return found;
  const segments = first.path.split('/').filter((segment) => segment !== '');
  const start = prefixOf(segments);
  const prefix = segments.slice(0, start);
  const because = `beside ${first.id}`;
  for (const name of ['debug', 'users']) add(first.origin, [...prefix, name], start, because);
  add(first.origin, [...prefix, 'internal', ...segments.slice(start)], start, because);
  if (start > 0) add(first.origin, ['debug'], 0, because);
  const version = segments.findIndex((segment) => /^v\d+$/i.test(segment));
  if (version >= 0) {
    const number = Number((segments[version] ?? 'v1').slice(1));
    for (const other of [number - 1, number + 1].filter((one) => one >= 0)) {
      const moved = segments.map((segment, index) => (index === version ? `v${other}` : segment));
      add(first.origin, moved, segments.length - 1, `another version of ${first.id}`);
    }
  }
  return found;
}

const shape = (path: string): string =>
  path
    .replace(/\{[^}]+\}/g, '{}')
    .replace(/\/+$/, '')
    .toLowerCase();
const isCollection = (path: string): boolean => {
  const last = path.split('/').findLast((segment) => segment !== '') ?? '{';
  return !last.includes('{') && singular(last.toLowerCase()) !== last.toLowerCase();
};
