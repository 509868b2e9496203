import { parse as parseYaml } from 'yaml';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a text turned out to be. */
export type ParsedDocument =
  | { readonly kind: 'document'; readonly value: JsonObject; readonly problems: readonly string[] }
  /** It claims to be an API document and cannot be read. */
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'other'; readonly problem: string };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads JSON or YAML; only an object that names its OpenAPI or Swagger version is an API document. */
export function parseDocument(text: string): ParsedDocument {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (start === '') return { kind: 'other', problem: 'the answer is empty' };
  if (start.startsWith('<')) return { kind: 'other', problem: 'the answer is HTML, not an API document' };
  const claims = /["']?(openapi|swagger)["']?\s*:\s*["']?[23]/i.test(text.slice(0, 4096));
  let value: unknown;
  try {
    value =
      start.startsWith('{') || start.startsWith('[')
        ? JSON.parse(text)
        : claims
          ? parseYaml(text)
          : undefined;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return { kind: claims ? 'broken' : 'other', problem: `it cannot be parsed: ${message.slice(0, 160)}` };
  }
  if (!isObject(value)) return { kind: 'other', problem: 'the answer is not an API document' };
  const version = value['openapi'] ?? value['swagger'];
  if (typeof version !== 'string' && typeof version !== 'number') {
    return { kind: 'other', problem: 'the answer does not name an OpenAPI version' };
  }
  const known = /^(3\.[012]|2\.0|2$)/.test(String(version));
  const problems = known ? [] : [`OpenAPI ${version} is not known; it is read as 3.1`];
  if (!isObject(value['paths'])) return { kind: 'broken', problem: 'it has no paths' };
  return { kind: 'document', value, problems };
}

/** A list, or an empty one for everything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
