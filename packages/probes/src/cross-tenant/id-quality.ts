import type { EvidenceMap } from '@launch-ready/core';

type IdQuality = NonNullable<EvidenceMap['crossTenant']['ids']>[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const objectId = /^[0-9a-f]{24}$/i;
/** Ids of two that were made one after the other are counted when they lie nearer than this. */
const nearest = 1000;

/** How hard it is to come by an id of a kind that one was not given, from some that were made (RFC 9562 section 6.6 to 6.9). */
export function idQuality(ids: readonly string[]): Pick<IdQuality, 'quality' | 'because'> {
  const all = (pattern: RegExp): boolean => ids.length > 0 && ids.every((id) => pattern.test(id));
  const versions = new Set(ids.map((id) => uuid.exec(id)?.[1]));
  const [version] = versions;
  if (all(uuid) && versions.size === 1) {
    if (version === '4') return { quality: 'random', because: 'random UUIDs (version 4)' };
    if (version === '7')
      return {
        quality: 'random',
        because: 'UUIDs of version 7: the time of creation, and random bits behind it',
      };
    if (version === '1' || version === '6')
      return {
        quality: 'guessable',
        because: `UUIDs of version ${version}: a time and a machine, without chance`,
      };
    return { quality: 'unknown', because: 'UUIDs of which nobody can say how they are made' };
  }
  if (all(ulid))
    return { quality: 'random', because: 'ULIDs: the time of creation, and random bits behind it' };
  if (all(objectId))
    return { quality: 'guessable', because: 'ObjectIds: a time, a value of the process, and a counter' };
  const numbers = ids.map((id) => /^(?:.*[^\dA-Za-z])?(\d{1,15})$/.exec(id)?.[1]);
  if (ids.length >= 2 && numbers.every((number) => number !== undefined)) {
    const sorted = numbers.map(Number).toSorted((a, b) => a - b);
    const gaps = sorted.slice(1).map((number, index) => number - (sorted[index] ?? 0));
    const widest = Math.max(...gaps);
    return widest < nearest
      ? { quality: 'guessable', because: `numbers that follow on one another (at most ${widest} apart)` }
      : { quality: 'unknown', because: 'numbers with wide gaps between them' };
  }
  return { quality: 'unknown', because: 'of no known form' };
}
