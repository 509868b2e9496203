import { HttpError } from './http-error.ts';

/** Deepest nesting of arrays and objects that is read. */
const maxJsonDepth = 20;

const badJson = (message: string): HttpError => new HttpError(400, 'invalid_json', message);

/** How deep a JSON text nests, found without parsing it: a parser might be what the depth is meant to hurt. */
const jsonDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
};

const refuseUnstorable = (_key: string, value: unknown): unknown => {
  // PostgreSQL cannot store NUL in text, and no text of people needs it.
  if (typeof value === 'string' && value.includes('\0'))
    throw badJson('text must not contain NUL characters');
  return value;
};

/**
 * Reads the body of a request as JSON. An empty body counts as an empty object, so that operations without input
 * can be called without one.
 *
 * @throws HttpError 400 for text that is no JSON, nests too deep, or holds keys or characters that only attackers send.
 */
export const parseJsonBody = (text: string): unknown => {
  if (text.trim() === '') return {};
  if (jsonDepth(text) > maxJsonDepth) throw badJson(`must not nest deeper than ${maxJsonDepth}`);
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw badJson('must not contain the key __proto__');
      if (key.includes('\0')) throw badJson('keys must not contain NUL characters');
      return refuseUnstorable(key, value);
    });
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw badJson('is not valid JSON');
  }
};
