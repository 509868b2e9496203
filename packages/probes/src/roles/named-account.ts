import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject, type JsonScalar } from '../plant/json-scalars.ts';

const naming = /^(user_?name|login|e_?mail|(user|account|member)(_?(id|name|email))?)$/i;
const right = /^(roles?|role_?name|is_?(admin|staff|superuser)|permissions?|access_?level)$/i;
const secret = /pass(word|wd|phrase)|^pwd$/i;
const idKey = /^(id|_id|uuid|userId|user_id|accountId|account_id|memberId|member_id|documentId)$/;

interface BodyFields {
  readonly names: readonly string[];
  readonly required: ReadonlySet<string>;
}

function fieldsOf({ body }: Operation): BodyFields {
  const { properties, required } = flatSchema(body?.schema ?? {});
  return {
    names: isJsonObject(properties) ? Object.keys(properties) : [],
    required: new Set(Array.isArray(required) ? required.filter((one) => typeof one === 'string') : []),
  };
}

/** Fields of a body without which it is not taken, and that name an account. */
export const requiredNames = (operation: Operation): readonly string[] => {
  const { names, required } = fieldsOf(operation);
  return names.filter((name) => naming.test(name) && required.has(name));
};

/** Whether a body names an account and the rights that it is to have, and gives no way in. */
export function givesRights(operation: Operation): boolean {
  const { names } = fieldsOf(operation);
  return (
    names.some((name) => naming.test(name)) &&
    names.some((name) => right.test(name)) &&
    !names.some((name) => secret.test(name))
  );
}

/** What these fields hold when they name the account that is called so and is told this of itself; null when that is not known. */
export function namedIn(
  fields: readonly string[],
  username: string,
  told: readonly JsonScalar[],
): Readonly<Record<string, string | number>> | null {
  const entries = fields.flatMap((field): readonly (readonly [string, string | number])[] => {
    const isName = (value: unknown): value is string | number =>
      (typeof value === 'string' && value !== '') || typeof value === 'number';
    const same = told.find(({ key, value }) => key.toLowerCase() === field.toLowerCase() && isName(value));
    const id = told.find(({ key, value }) => idKey.test(key) && isName(value));
    const mail = told.find(({ key, value }) => /^e_?mail$/i.test(key) && isName(value));
    const value = /id$/i.test(field)
      ? (same ?? id)?.value
      : /mail/i.test(field) && !username.includes('@')
        ? (same ?? mail)?.value
        : (same?.value ?? username);
    return isName(value) ? [[field, value]] : [];
  });
  return entries.length === fields.length ? Object.fromEntries(entries) : null;
}

/** Fields of a body that name an account, whether they are asked for or not. */
export const namingFields = (operation: Operation): readonly string[] =>
  fieldsOf(operation).names.filter((name) => naming.test(name));
