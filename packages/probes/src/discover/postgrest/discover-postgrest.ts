import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import type { Answer } from '../../transport/transport.ts';
import { isRecord } from '../../wires/remote-values.ts';
import type { DiscoverWiresSetting, WiredOperations } from '../discover-wires.ts';
import { operationsOfTables, tablesIn } from './operations-of-tables.ts';

type DocumentRecord = EvidenceMap['operations']['documents'][number];

/** Finds PostgREST (and Supabase) and reads its tables from the document at its root, or from the target file. */
export async function discoverPostgrest(setting: DiscoverWiresSetting): Promise<WiredOperations> {
  const { target, transport, sessions, known, again } = setting;
  const operations: Operation[] = [];
  const documents: DocumentRecord[] = [];
  const given = target.postgrest ?? null;
  const seen = known.find(({ wire }) => wire?.kind === 'postgrest');
  if (!given && (again ? !seen : !isSupabase())) return { operations, documents };
  const base = new URL(given?.url ?? '/rest/v1/', target.api);
  const url = `${base.origin}${base.pathname.replace(/\/?$/, '/')}`;
  const contents = new Set<string>();
  for (const actor of sessions ? sessions.actors.map(({ id }) => id) : [anonymous]) {
    const request = {
      probe: 'discover/postgrest',
      purpose: 'read the tables that PostgREST serves',
      method: 'GET',
      url,
      headers: [['accept', 'application/openapi+json, application/json']],
      effect: { kind: 'none' },
    } as const satisfies object;
    const headers = request.headers.map(([name, value]): [string, string] => [name, value]);
    const result =
      sessions && actor !== anonymous
        ? await sessions.send(actor, { ...request, headers })
        : await transport.send({
            ...request,
            actor: anonymous,
            headers: [...Object.entries(target.headers), ...headers],
          });
    if (result.kind !== 'answer') break;
    const document = result.status === 200 ? result.json() : null;
    if (!isRecord(document) || document['swagger'] !== '2.0') {
      if (given && given.tables.length === 0 && contents.size === 0)
        note(actor, result, [
          `${url} shows no tables (answered ${result.status}); name them in postgrest.tables`,
        ]);
      continue;
    }
    if (contents.has(result.text)) continue;
    contents.add(result.text);
    const source = sourceOf(actor);
    operations.push(
      ...operationsOfTables(tablesIn(document), { origin: base.origin, base: base.pathname, source }),
    );
    note(actor, result, []);
  }
  if (given && given.tables.length > 0 && !again)
    operations.push(
      ...operationsOfTables(
        { tables: given.tables, functions: [] },
        { origin: base.origin, base: base.pathname, source: 'target file' },
      ),
    );
  return { operations, documents };

  function isSupabase(): boolean {
    return 'apikey' in target.headers || 'Apikey' in target.headers;
  }
  function sourceOf(actor: ActorId): string {
    return `postgrest: ${base.pathname}${actor === anonymous ? '' : ` as ${actor}`}`;
  }
  function note(actor: ActorId, answer: Answer, problems: readonly string[]): void {
    const source = sourceOf(actor);
    if (documents.some((one) => one.source === source)) return;
    documents.push({
      source,
      title: 'PostgREST',
      version: null,
      problems: [...problems],
      exchange: answer.exchange,
    });
  }
}
