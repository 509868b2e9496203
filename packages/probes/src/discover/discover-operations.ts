import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { Target } from '../target/target.ts';
import type { SendResult, Transport } from '../transport/transport.ts';
import { discoverWires } from './discover-wires.ts';
import { documentPages, documentPlaces, documentsNamedIn, furtherPlaces } from './document-places.ts';
import { documentInScript, pageScriptsIn } from './document-in-script.ts';
import type { Subscription } from './graphql/subscriptions-of.ts';
import { guessNeighbours } from './guess-neighbours.ts';
import { mergeOperations } from './merge-operations.ts';
import { isObject, parseDocument } from './parse-document.ts';
import { permittedOperations } from './permitted-operations.ts';
import { readOperations } from './read-operations.ts';
import { readRecordings } from './read-recordings.ts';
import { sourceOperations } from './source/source-routes.ts';

type Operations = EvidenceMap['operations'];
type DocumentRecord = Operations['documents'][number];

export interface DiscoverSetting {
  readonly target: Pick<
    Target,
    | 'api'
    | 'source'
    | 'app'
    | 'origins'
    | 'openapi'
    | 'headers'
    | 'har'
    | 'postman'
    | 'graphql'
    | 'trpc'
    | 'postgrest'
    | 'tenants'
    | 'tenantIds'
    | 'actors'
    | 'permissions'
  >;
  readonly transport: Transport;
  /** With them, documents are read as every actor too, and what only some of them are shown is merged in. */
  readonly sessions?: Sessions;
  /** What was found without sessions, so that places which have nothing are not asked again. */
  readonly known?: Operations;
}

const largestDocument = 16 * 1024 * 1024;

/**
 * Finds what the application offers: in its API documents, where the target file says or at places where they usually are, in
 * recorded traffic and collections that the target file names, and, with sessions, beside what those name.
 */
export async function discoverOperations(setting: DiscoverSetting): Promise<Operations> {
  const { target, transport, sessions, known } = setting;
  const origins = Object.values(target.origins);
  const scope = { api: target.api, origins: origins.map((origin) => new URL(origin).origin) };
  const addresses = target.openapi.map((place) => new URL(place, target.api).href);
  const given = addresses.filter((url) => !url.startsWith('file:'));
  const documents: DocumentRecord[] = [...(known?.documents ?? [])];
  const lists: (readonly Operation[])[] = known ? [known.operations] : [];
  /** Operations by what stood at a place, so that a document many actors get is read once. */
  const contents = new Map<string, Map<string, readonly Operation[]>>();
  const open = new Set<string>();
  let openReads = 0;
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
    if (open.has(result.text)) openReads += 1;
    const before = seen.get(result.text);
    if (before) {
      // What everybody is shown needs no actor's name.
      lists.push(
        before.map((operation) => ({
          ...operation,
          sources: open.has(result.text) ? operation.sources : [`openapi: ${source}`],
        })),
      );
      return true;
    }
    if (actor === anonymous) open.add(result.text);
    const parsed = parseDocument(documentInScript(url, result.text) ?? result.text);
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

  /** A document that lies beside the target file. */
  const readLocal = (url: string): void => {
    const path = fileURLToPath(url);
    const source = basename(path);
    const parsed = existsSync(path) ? parseDocument(readFileSync(path, 'utf8')) : null;
    if (parsed?.kind !== 'document') {
      documents.push({
        source: `openapi: ${source}`,
        title: null,
        version: null,
        problems: [parsed?.problem ?? 'it does not exist'],
        exchange: null,
      });
      return;
    }
    const info = isObject(parsed.value['info']) ? parsed.value['info'] : {};
    const { operations, problems } = readOperations(parsed.value, { url: target.api, source, scope });
    const [title, version] = [textOf(info['title']), textOf(info['version'])];
    documents.push({
      source: `openapi: ${source}`,
      title,
      version,
      problems: [...parsed.problems, ...problems],
      exchange: null,
    });
    lists.push(operations);
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
      const result = await fetchDocument(page, actor);
      if (result.kind !== 'answer' || result.status !== 200) continue;
      for (const url of [...documentsNamedIn(result.text, page), ...pageScriptsIn(result.text, page)])
        if (await read(url, actor, false)) found.push(url);
      if (found.length > 0) break;
    }
    return found;
  };

  if (!known) for (const url of addresses.filter((one) => !given.includes(one))) readLocal(url);
  const places = known
    ? [
        ...new Set(
          known.documents
            .filter(({ source }) => !/^[a-z]+: /.test(source))
            .map(({ source }) => new URL(source.replace(/ as \S+$/, ''), target.api).href),
        ),
      ]
    : await search(anonymous);
  if (sessions) {
    // Read once more as nobody, so that what is shown to everybody is told from what is shown to an actor.
    if (known) for (const url of places) await read(url, anonymous, false);
    let toRead = [...new Set([...places, ...given, ...shut])];
    const isWired = known?.operations.some(({ wire }) => wire !== undefined) === true;
    // Who is shown what everybody is shown speaks for the others of the role.
    const plainRoles = new Set<string>();
    for (const { id, role } of sessions.actors) {
      if (toRead.length === 0 && isWired) break;
      if (toRead.length === 0) {
        toRead = [...(await search(id))];
        continue;
      }
      if (plainRoles.has(role)) continue;
      const before = openReads;
      for (const url of toRead) await read(url, id, false);
      if (openReads - before === toRead.length) plainRoles.add(role);
    }
  }
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

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
