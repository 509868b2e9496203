import { anonymous, type EvidenceMap } from '@launch-ready/core';
import type { DiscoverSetting } from './discover-setting.ts';
import { discoverWires } from './discover-wires.ts';
import { createDocumentReader } from './document-reader.ts';
import type { Subscription } from './graphql/subscriptions-of.ts';
import { guessNeighbours } from './guess-neighbours.ts';
import { mergeOperations } from './merge-operations.ts';
import { permittedOperations } from './permitted-operations.ts';
import { readAsActors } from './read-as-actors.ts';
import { readRecordings } from './read-recordings.ts';
import { searchDocuments } from './search-documents.ts';
import { sourceOperations } from './source/source-routes.ts';

type Operations = EvidenceMap['operations'];

/**
 * Finds what the application offers: in its API documents, where the target file says or at places where they usually are, in
 * recorded traffic and collections that the target file names, and, with sessions, beside what those name.
 */
export async function discoverOperations(setting: DiscoverSetting): Promise<Operations> {
  const { target, transport, sessions, known } = setting;
  const reader = createDocumentReader(setting);
  const local = target.openapi
    .map((place) => new URL(place, target.api).href)
    .filter((url) => url.startsWith('file:'));
  if (!known) for (const url of local) reader.readLocal(url);
  const places = known
    ? [
        ...new Set(
          known.documents
            .filter(({ source }) => !/^[a-z]+: /.test(source))
            .map(({ source }) => new URL(source.replace(/ as \S+$/, ''), target.api).href),
        ),
      ]
    : await searchDocuments(reader, target, anonymous);
  await readAsActors(reader, setting, places);
  const documents = [...reader.documents];
  const lists = [...(known ? [known.operations] : []), ...reader.lists];
  if (!known) {
    const recorded = readRecordings(target);
    documents.push(...recorded.documents);
    lists.push(...recorded.lists, sourceOperations(target, [...lists, ...recorded.lists].flat()));
    lists.push(permittedOperations(target, lists.flat()));
  }
  const plain = mergeOperations(lists);
  const again = known !== undefined;
  const wired = await discoverWires({ target, transport, sessions, known: plain, again });
  for (const document of wired.documents)
    if (!documents.some(({ source }) => source === document.source)) documents.push(document);
  const merged = mergeOperations([plain, wired.operations]);
  const heard = distinct([...(known?.subscriptions ?? []), ...(wired.subscriptions ?? [])]);
  const subscriptions = heard.length === 0 ? {} : { subscriptions: heard };
  if (!sessions) return { documents, operations: [...merged], ...subscriptions };
  const ordinary = merged.filter(({ wire }) => wire === undefined);
  const guessed = await guessNeighbours({ target, transport, sessions, operations: ordinary });
  return { documents, operations: [...mergeOperations([merged, guessed])], ...subscriptions };
}

const distinct = (all: readonly Subscription[]): readonly Subscription[] => [
  ...new Map(all.map((one) => [`${one.origin}${one.endpoint} ${one.field}`, one])).values(),
];
