import { listOf, type JsonObject } from './parse-document.ts';

/** Servers that an operation is offered by: its own, or those of its path or of the document. */
export function serversOf(described: JsonObject, item: JsonObject, document: JsonObject): readonly unknown[] {
  for (const holder of [described, item, document]) {
    const servers = listOf(holder['servers']);
    if (servers.length > 0) return servers;
  }
  const base = text(document['basePath']);
  const host = text(document['host']);
  if (base === undefined && host === undefined) return [];
  const schemes = listOf(document['schemes']).filter((scheme) => scheme === 'http' || scheme === 'https');
  const hosts =
    host === undefined
      ? ['']
      : schemes.length > 0
        ? schemes.map((scheme) => `${scheme}://${host}`)
        : [`//${host}`];
  return hosts.map((one) => ({ url: `${one}${base ?? '/'}` }));
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
