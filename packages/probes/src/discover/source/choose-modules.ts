import { readFileSync } from 'node:fs';
import type { ResolveImport } from './resolve-import.ts';

const frameworks =
  /['"](npm:)?(express|ultimate-express|express-promise-router|fastify|fastify-plugin|@fastify\/[\w-]+|hono(\/[\w-]+)*|@hono\/[\w-]+|@trpc\/server(\/[\w-]+)*|@nestjs\/(common|core))['"]/;
const imported = /(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g;

/**
 * The files to read: those that name a framework, and those that import them, however far away, because that is where parts are
 * put together. What these import in turn is read as it is needed.
 */
export function chooseModules(files: readonly string[], resolve: ResolveImport): readonly string[] {
  const importers = new Map<string, string[]>();
  const waiting: string[] = [];
  for (const file of files) {
    const text = textIn(file);
    if (frameworks.test(text)) waiting.push(file);
    for (const [, specifier = ''] of text.matchAll(imported)) {
      const place = resolve(file, specifier);
      if (place.kind !== 'file') continue;
      const list = importers.get(place.file);
      if (list) list.push(file);
      else importers.set(place.file, [file]);
    }
  }
  const chosen = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (chosen.has(file)) continue;
    chosen.add(file);
    waiting.push(...(importers.get(file) ?? []));
  }
  return [...chosen].toSorted();
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
