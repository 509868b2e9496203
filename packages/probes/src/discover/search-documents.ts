import type { ActorId } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import { documentPages, documentPlaces, documentsNamedIn, furtherPlaces } from './document-places.ts';
import { pageScriptsIn } from './document-in-script.ts';
import type { DocumentReader } from './document-reader.ts';

/** Reads the documents that the target file names, or looks around where it names none, as one actor; says where there were some. */
export async function searchDocuments(
  { read, fetch }: DocumentReader,
  target: Pick<Target, 'api' | 'app' | 'openapi'>,
  actor: ActorId,
): Promise<readonly string[]> {
  const addresses = target.openapi.map((place) => new URL(place, target.api).href);
  const given = addresses.filter((url) => !url.startsWith('file:'));
  const found: string[] = [];
  for (const url of given) if (await read(url, actor, true)) found.push(url);
  if (addresses.length > 0) return found;
  const bases = [...new Set([target.api, target.app])];
  for (const base of bases) {
    for (const place of documentPlaces) {
      if (found.length > 0 && !furtherPlaces.has(place)) continue;
      if (await read(`${base}${place}`, actor, false)) found.push(`${base}${place}`);
    }
  }
  if (found.length > 0) return found;
  for (const page of bases.flatMap((base) => documentPages.map((path) => `${base}${path}`))) {
    const result = await fetch(page, actor);
    if (result.kind !== 'answer' || result.status !== 200) continue;
    for (const url of [...documentsNamedIn(result.text, page), ...pageScriptsIn(result.text, page)])
      if (await read(url, actor, false)) found.push(url);
    if (found.length > 0) break;
  }
  return found;
}
