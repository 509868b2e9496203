import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject } from '../plant/json-scalars.ts';

const nameField = /^(e-?mail|user-?name|login)$/i;
const passwordField = /^(password|passwd|pwd)$/i;

/**
 * Whether a request takes a name and a password for something new. Where nothing says that a login is needed for it, it is
 * the way in for everybody, whatever its path is called and in whatever language.
 */
export function opensAccount({ method, path, body }: Operation): boolean {
  if (method !== 'POST' || path.includes('{')) return false;
  const { properties } = flatSchema(body?.schema ?? {});
  const fields = isJsonObject(properties) ? Object.keys(properties) : [];
  return fields.some((name) => nameField.test(name)) && fields.some((name) => passwordField.test(name));
}
