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
  /^(e?mail|mail|emailaddress|useremail|username|user|login|identifier|account)$/.test(plain(name));
const isPassword = ({ name }: BodyField): boolean => /(password|passwd|pwd|passphrase)/.test(plain(name));
const isCurrent = ({ name }: BodyField): boolean => /^(current|old|existing|previous)/.test(plain(name));
const isToken = (name: string): boolean => /(token|code|secret|ticket|otp|key|hash)$/.test(plain(name));
const speaksOfReset = ({ path, summary }: Operation): boolean => {
  const words = [...literalSegments(path), summary ?? ''].flatMap(wordsOf);
  return (
    words.some((word) => resetWord.test(word)) || words.includes('password') || words.includes('passwords')
  );
};

/** Finds them by the words of their paths and by their bodies; says which one is missing. */
export function resetRoutes(operations: readonly Operation[]): ResetRoutes | { readonly because: string } {
  const changing = operations.filter(
    (one) => one.method !== 'GET' && one.method !== 'HEAD' && one.method !== 'DELETE' && speaksOfReset(one),
  );
  const request = changing.find((one) => {
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
  if (request === undefined)
    return { because: 'no operation was found that mails a link for a new password' };
  for (const use of changing) {
    const fields = bodyFields(use);
    if (use === request || !fields.some(isPassword) || fields.some(isCurrent)) continue;
    const tokenField = fields.find(({ name }) => isToken(name))?.name;
    const slots = slotNames(use.path);
    const slot = slots.length === 1 ? slots.find(isToken) : undefined;
    if (slots.length > 0 && slot === undefined) continue;
    const name = slot ?? tokenField;
    if (name === undefined) continue;
    return {
      request,
      addressField: bodyFields(request).find(isAddress)?.name ?? 'email',
      use,
      token: { in: slot === undefined ? 'body' : 'path', name },
      passwordFields: fields.filter(isPassword).map((field) => field.name),
      accountField: fields.find(isAddress)?.name ?? null,
    };
  }
  return { because: 'no operation was found that takes the token of a mailed link and a new password' };
}
