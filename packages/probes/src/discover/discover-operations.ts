import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import type { SendResult, Transport } from '../transport/transport.ts';
import { documentPages, documentPlaces, documentsNamedIn } from './document-places.ts';
import { mergeOperations } from './merge-operations.ts';
import { isObject, parseDocument } from './parse-document.ts';
import { readOperations } from './read-operations.ts';

type Operations = EvidenceMap['operations'];
type DocumentRecord = Operations['documents'][number];

export interface DiscoverSetting {
  readonly target: Pick<Target, 'api' | 'app' | 'origins' | 'openapi' | 'headers'>;
  readonly transport: Transport;
  /** With them, documents are read as every actor too, and what only some of them are shown is merged in. */
  readonly sessions?: Sessions;
  /** What was found without sessions, so that places which have nothing are not asked again. */
  readonly known?: Operations;
}

const largestDocument = 16 * 1024 * 1024;

/** Finds what the application offers in its API documents: where the target file says, else at places where they usually are. */
export async function discoverOperations(setting: DiscoverSetting): Promise<Operations> {
  const { target, transport, sessions, known } = setting;
  const origins = Object.values(target.origins);
  const scope = { api: target.api, origins: origins.map((origin) => new URL(origin).origin) };
  const given = target.openapi.map((place) => new URL(place, target.api).href);
  const documents: DocumentRecord[] = [...(known?.documents ?? [])];
  const lists: (readonly Operation[])[] = known ? [known.operations] : [];
  /** Operations by what stood at a place, so that a document many actors get is read once. */
  const contents = new Map<string, Map<string, readonly Operation[]>>();
  const open = new Set<string>();
  const shut: string[] = [];

  /** Reads one place as one actor; says whether a document was there. */
  const read = async (url: string, actor: ActorId, announced: boolean): Promise<boolean> => {
    const source = `${url.startsWith(target.api) ? url.slice(target.api.length) : url}${actor === anonymous ? '' : ` as ${actor}`}`;
    const result = await fetchDocument(url, actor);
    const record = (
      problems: readonly string[],
      title: string | null = null,
      version: string | null = null,
    ): void => {
      if (documents.some((document) => document.source === source)) return;
      documents.push({ source, title, version, problems: [...problems], exchange: result.exchange });
    };
    if (result.kind === 'no-answer') {
      if (announced) record([result.because]);
      return false;
    }
    if (result.status !== 200) {
      if ([401, 403].includes(result.status)) shut.push(url);
      if (announced && actor === anonymous && !(sessions && shut.includes(url)))
        record([`status ${result.status}`]);
      return false;
    }
    const seen = contents.get(url) ?? new Map<string, readonly Operation[]>();
    contents.set(url, seen);
    const before = seen.get(result.text);
    if (before) {
      // What everybody is shown needs no actor's name.
      lists.push(
        before.map((operation) => ({
          ...operation,
          sources: open.has(result.text) ? operation.sources : [source],
        })),
      );
      return true;
    }
    if (actor === anonymous) open.add(result.text);
    const parsed = parseDocument(result.text);
    if (parsed.kind !== 'document') {
      seen.set(result.text, []);
      if (announced || parsed.kind === 'broken') record([parsed.problem]);
      return parsed.kind === 'broken';
    }
    const info = isObject(parsed.value['info']) ? parsed.value['info'] : {};
    const { operations, problems } = readOperations(parsed.value, { url, source, scope });
    record([...parsed.problems, ...problems], textOf(info['title']), textOf(info['version']));
    seen.set(result.text, operations);
    lists.push(operations);
    return true;
  };

  const fetchDocument = (url: string, actor: ActorId): Promise<SendResult> => {
    const request = {
      probe: 'discover/openapi',
      purpose: 'find the API document',
      method: 'GET',
      url,
      effect: { kind: 'none' },
      maxBytes: largestDocument,
    } as const;
    if (sessions && actor !== anonymous) return sessions.send(actor, request);
    return transport.send({ ...request, actor: anonymous, headers: Object.entries(target.headers) });
  };

  /** Reads the places that are given, or looks around, as one actor. */
  const search = async (actor: ActorId): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const url of given) if (await read(url, actor, true)) found.push(url);
    if (given.length > 0) return found;
    const bases = [...new Set([target.api, target.app])];
    for (const base of bases) {
      for (const place of documentPlaces)
        if (await read(`${base}${place}`, actor, false)) found.push(`${base}${place}`);
    }
    if (found.length > 0) return found;
    for (const page of bases.flatMap((base) => documentPages.map((path) => `${base}${path}`))) {
      const result = await fetchDocument(page, actor);
      if (result.kind !== 'answer' || result.status !== 200) continue;
      for (const url of documentsNamedIn(result.text, page))
        if (await read(url, actor, false)) found.push(url);
      if (found.length > 0) break;
    }
    return found;
  };

  const places = known
    ? [
        ...new Set(
          known.documents.map(({ source }) => new URL(source.replace(/ as \S+$/, ''), target.api).href),
        ),
      ]
    : await search(anonymous);
  if (sessions) {
    // Read once more as nobody, so that what is shown to everybody is told from what is shown to an actor.
    if (known) for (const url of places) await read(url, anonymous, false);
    let toRead = [...new Set([...places, ...given, ...shut])];
    for (const { id } of sessions.actors) {
      if (toRead.length === 0) toRead = [...(await search(id))];
      else for (const url of toRead) await read(url, id, false);
    }
  }
  return { documents, operations: [...mergeOperations(lists)] };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
