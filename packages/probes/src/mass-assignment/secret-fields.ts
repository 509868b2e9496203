import type { ActorId, EvidenceMap } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { Received } from '../leaks/received-answers.ts';

type Exposure = EvidenceMap['massAssignment']['exposures'][number];

/** A secret in an answer; its value is kept nowhere. */
export interface SecretField extends Pick<Exposure, 'field' | 'kind' | 'own'> {
  readonly received: Received;
}

const hash =
  /^(\$2[abxy]\$\d\d\$[./A-Za-z\d]{53}|\$argon2(id|i|d)\$v=\d+\$.{20,}|\$scrypt\$.{20,}|scrypt:\d+:\d+:\d+\$.{20,}|pbkdf2[:_]sha\d+[:$].{20,}|\$pbkdf2-sha\d+\$.{20,}|\$[156]\$.{8,}\$.{20,}|\{SSHA\d*\}.{20,})$/;
const passwordName = /^(password|passwd|pwd|pass)(hash|digest|salt)?$|^(hashed|encrypted)password$/;
const credentialName =
  /^(reset|passwordreset|resetpassword|recovery|confirmation|emailverification|verification)token$|^(totp|mfa|otp|twofactor|2fa)secret$|^(refresh|session)token$/;
const accountMark = /^(e?mail|username|login|userid)$/;
const masked =
  /^([*x•·.\-\s]+|.*\*{3,}.*|\[?(redacted|hidden|masked|removed|filtered|secret)\]?|true|false)$/i;

/**
 * Password hashes by their shape, and credentials by the name of their field inside an object that is an account. What an
 * account is told about its own credentials may be meant for it; a hash never is.
 *
 * @param isOwn whether a piece of an answer speaks of the account that asked
 */
export function secretFields(
  received: Received,
  isOwn: (actor: ActorId, text: string) => boolean,
): readonly SecretField[] {
  const found: SecretField[] = [];
  walk(received.answer.json(), (object) => {
    const isAccount = Object.keys(object).some((name) => accountMark.test(plain(name)));
    const own = isOwn(received.actor, JSON.stringify(object).toLowerCase());
    for (const [name, value] of Object.entries(object)) {
      if (typeof value !== 'string' || value.length < 6 || masked.test(value)) continue;
      if (hash.test(value)) found.push({ field: name, kind: 'password-hash', own, received });
      else if (isAccount && !own && (passwordName.test(plain(name)) || credentialName.test(plain(name))))
        found.push({ field: name, kind: 'credential', own, received });
    }
  });
  return found;
}

const plain = (name: string): string => name.replace(/[^a-z\d]/gi, '').toLowerCase();

function walk(value: unknown, visit: (object: Readonly<Record<string, unknown>>) => void, depth = 0): void {
  if (depth > 10) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 200)) walk(item, visit, depth + 1);
  } else if (isJsonObject(value)) {
    visit(value);
    for (const inner of Object.values(value)) walk(inner, visit, depth + 1);
  }
}
