import type { Operation } from '@launch-ready/core';
import { bodyFields, literalSegments, wordsOf, type BodyField } from '../lifecycle/operation-words.ts';
import { slotNames } from '../lifecycle/tenant-call.ts';

/** The two operations of a forgotten password, with the names of their fields. */
export interface ResetRoutes {
  readonly request: Operation;
  readonly addressField: string;
  readonly use: Operation;
  /** Where the token of the mail goes. */
  readonly token: { readonly in: 'body' | 'path'; readonly name: string };
  readonly passwordFields: readonly string[];
  /** Field of the account's address beside the token; null when the token alone says whose it is. */
  readonly accountField: string | null;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');
const resetWord =
  /^(forgot|forgotten|forget|lost|recover|recovery|reset|resets|passwordreset|forgotpassword|resetpassword)$/;
const isAddress = ({ name }: BodyField): boolean =>
  /^(e?mail|emailaddress|useremail|emailorusername|usernameoremail|(user|login|account)name|user|loginid|login|identifier|account|handle)$/.test(
    plain(name),
  );
const isPassword = ({ name }: BodyField): boolean => /(password|passwd|pwd|passphrase)/.test(plain(name));
const isCurrent = ({ name }: BodyField): boolean => /^(current|old|existing|previous)/.test(plain(name));
const isToken = (name: string): boolean => /(token|code|secret|ticket|otp|key|hash)$/.test(plain(name));
const speaksOfReset = ({ path, summary }: Operation): boolean => {
  const words = [...literalSegments(path), summary ?? ''].flatMap(wordsOf);
  return (
    words.some((word) => resetWord.test(word)) || words.includes('password') || words.includes('passwords')
  );
};

const changingResets = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    (one) => one.method !== 'GET' && one.method !== 'HEAD' && one.method !== 'DELETE' && speaksOfReset(one),
  );

/** The operation by which a stranger asks for a reset, and the field that names the account. */
export type ResetRequest = Pick<ResetRoutes, 'request' | 'addressField'>;

/** Finds where a reset is asked for, whether or not it is known where its token is used. */
export function resetRequest(operations: readonly Operation[]): ResetRequest | null {
  const request = changingResets(operations).find((one) => {
    const fields = bodyFields(one);
    const words = literalSegments(one.path).flatMap(wordsOf);
    return (
      fields.some(isAddress) &&
      !fields.some(isPassword) &&
      !fields.some(({ name }) => isToken(name)) &&
      slotNames(one.path).length === 0 &&
      words.some((word) => resetWord.test(word) || /^passwords?$/.test(word)) &&
      !words.some((word) => /^(verify|verification|confirm|login|invite|invites)$/.test(word))
    );
  });
  const field = request === undefined ? undefined : bodyFields(request).find(isAddress);
  return request === undefined || field === undefined ? null : { request, addressField: field.name };
}

/** An operation that looks like a part of a forgotten password though it is not known how to ask for one; null when there is none. */
export function unclearReset(operations: readonly Operation[]): Operation | null {
  return (
    changingResets(operations).find((one) => {
      const words = literalSegments(one.path).flatMap(wordsOf);
      const joined = words.join('');
      return (
        /forgot|lostpassword|recoverpassword|passwordrecovery|passwordreset|resetpassword/.test(joined) &&
        !bodyFields(one).some(isCurrent)
      );
    }) ?? null
  );
}

/** Finds them by the words of their paths and by their bodies; says which one is missing. */
export function resetRoutes(operations: readonly Operation[]): ResetRoutes | { readonly because: string } {
  const asked = resetRequest(operations);
  if (asked === null) return { because: 'no operation was found that mails a link for a new password' };
  const { request } = asked;
  for (const use of changingResets(operations)) {
    const fields = bodyFields(use);
    if (use === request || !fields.some(isPassword) || fields.some(isCurrent)) continue;
    const tokenField = fields.find(({ name }) => isToken(name))?.name;
    const slots = slotNames(use.path);
    const slot = slots.length === 1 ? slots.find(isToken) : undefined;
    if (slots.length > 0 && slot === undefined) continue;
    const name = slot ?? tokenField;
    if (name === undefined) continue;
    return {
      ...asked,
      use,
      token: { in: slot === undefined ? 'body' : 'path', name },
      passwordFields: fields.filter(isPassword).map((field) => field.name),
      accountField: fields.find(isAddress)?.name ?? null,
    };
  }
  return { because: 'no operation was found that takes the token of a mailed link and a new password' };
}
