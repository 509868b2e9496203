import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import type { SendResult } from '../transport/transport.ts';
import type { DiscoverSetting } from './discover-setting.ts';
import { documentInScript } from './document-in-script.ts';
import { isObject, parseDocument } from './parse-document.ts';
import { readOperations } from './read-operations.ts';

type DocumentRecord = EvidenceMap['operations']['documents'][number];

/** Reads API documents as several actors, and each content once. */
export interface DocumentReader {
  /** What became of each place that was announced or held something. */
  readonly documents: readonly DocumentRecord[];
  /** Operations of each document that was read. */
  readonly lists: readonly (readonly Operation[])[];
  /** Places that nobody is shown without a login. */
  readonly shut: readonly string[];
  /** How often an actor was shown what everybody is shown. */
  openReads(): number;
  /** Reads one place as one actor; says whether a document was there. An announced one is recorded in any case. */
  readonly read: (url: string, actor: ActorId, announced: boolean) => Promise<boolean>;
  /** Reads a document that lies beside the target file. */
  readLocal(url: string): void;
  readonly fetch: (url: string, actor: ActorId) => Promise<SendResult>;
}

const largestDocument = 16 * 1024 * 1024;

export function createDocumentReader({
  target,
  transport,
  sessions,
  known,
}: DiscoverSetting): DocumentReader {
  const origins = Object.values(target.origins);
  const scope = { api: target.api, origins: origins.map((origin) => new URL(origin).origin) };
  const documents: DocumentRecord[] = [...(known?.documents ?? [])];
  const lists: (readonly Operation[])[] = [];
  /** Operations by what stood at a place, so that a document many actors get is read once. */
  const contents = new Map<string, Map<string, readonly Operation[]>>();
  const open = new Set<string>();
  let openReads = 0;
  const shut: string[] = [];

  const read = async (url: string, actor: ActorId, announced: boolean): Promise<boolean> => {
    const source = `${url.startsWith(target.api) ? url.slice(target.api.length) : url}${actor === anonymous ? '' : ` as ${actor}`}`;
    const result = await fetch(url, actor);
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

  const fetch = (url: string, actor: ActorId): Promise<SendResult> => {
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

  return { documents, lists, shut, openReads: () => openReads, read, readLocal, fetch };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
