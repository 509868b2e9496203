import { anonymous } from '@launch-ready/core';
import type { DiscoverSetting } from './discover-setting.ts';
import type { DocumentReader } from './document-reader.ts';
import { searchDocuments } from './search-documents.ts';

/** Reads these places as every actor too, and looks for documents as one when there are none. */
export async function readAsActors(
  reader: DocumentReader,
  { target, sessions, known }: DiscoverSetting,
  places: readonly string[],
): Promise<void> {
  if (!sessions) return;
  const { read } = reader;
  const given = target.openapi
    .map((place) => new URL(place, target.api).href)
    .filter((url) => !url.startsWith('file:'));
  // Read once more as nobody, so that what is shown to everybody is told from what is shown to an actor.
  if (known) for (const url of places) await read(url, anonymous, false);
  let toRead = [...new Set([...places, ...given, ...reader.shut])];
  const isWired = known?.operations.some(({ wire }) => wire !== undefined) === true;
  // Who is shown what everybody is shown speaks for the others of the role.
  const plainRoles = new Set<string>();
  for (const { id, role } of sessions.actors) {
    if (toRead.length === 0 && isWired) break;
    if (toRead.length === 0) {
      toRead = [...(await searchDocuments(reader, target, id))];
      continue;
    }
    if (plainRoles.has(role)) continue;
    const before = reader.openReads();
    for (const url of toRead) await read(url, id, false);
    if (reader.openReads() - before === toRead.length) plainRoles.add(role);
  }
}
