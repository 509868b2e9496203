import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { EvidenceMap, Operation } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import { recordedDocuments } from './graphql/recorded-documents.ts';
import { readHar } from './har/har-file.ts';
import { observedOperations } from './har/observed-operations.ts';
import { recordedProcedures } from './trpc/procedures-of-calls.ts';
import { readPostman } from './postman/postman-file.ts';
import { postmanOperations } from './postman/postman-operations.ts';

type DocumentRecord = EvidenceMap['operations']['documents'][number];

export interface Recordings {
  readonly documents: readonly DocumentRecord[];
  readonly lists: readonly (readonly Operation[])[];
}

/** Operations of the HAR files and Postman collections that the target file names. */
export function readRecordings(
  target: Pick<Target, 'api' | 'origins' | 'har' | 'postman' | 'tenants' | 'tenantIds'>,
): Recordings {
  const documents: DocumentRecord[] = [];
  const lists: (readonly Operation[])[] = [];
  const origins = Object.values(target.origins).map((origin) => new URL(origin).origin);
  const tenantValues = new Map<string, string>([
    ...target.tenants.map((tenant): [string, string] => [tenant, 'tenant']),
    ...Object.values(target.tenantIds).flatMap((ids) =>
      Object.entries(ids).map(([name, value]): [string, string] => [value, name]),
    ),
  ]);
  const record = (source: string, title: string | null, problems: readonly string[]): void => {
    documents.push({ source, title, version: null, problems: [...problems], exchange: null });
  };
  for (const path of target.har) {
    const source = `har: ${basename(path)}`;
    const text = readOrNull(path);
    const { calls, problems } =
      text === null ? { calls: [], problems: ['it cannot be read'] } : readHar(text, origins);
    record(source, null, problems);
    const graphql = recordedDocuments(calls, source);
    const procedures = recordedProcedures(graphql.rest, source);
    lists.push(
      graphql.operations,
      procedures.operations,
      observedOperations(procedures.rest, { source, tenantValues }),
    );
  }
  for (const path of target.postman) {
    const source = `postman: ${basename(path)}`;
    const text = readOrNull(path);
    const collection = text === null ? null : readPostman(text);
    if (!collection) {
      record(source, null, ['it is not a Postman collection of format 2.0 or 2.1']);
      continue;
    }
    const { operations, problems } = postmanOperations(collection, {
      source,
      scope: { api: target.api, origins },
    });
    record(source, collection.title, problems);
    lists.push(operations);
  }
  return { documents, lists };
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
