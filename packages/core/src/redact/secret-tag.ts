import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What stands in place of a secret. Equal secrets get equal tags under one key, so that they can be compared. */
export type SecretTag = (value: string) => string;

const wholeTag = /^\[redacted:[0-9a-f]{8}\]$/;

/** Whether a text is a tag already, so that redacting twice changes nothing. */
export const isSecretTag = (text: string): boolean => text.length === 19 && wholeTag.test(text);

/** How many tags are remembered: the same few secrets come again and again in one answer. */
const remembered = 4096;

/**
 * Tags secrets with the first 8 hex characters of HMAC-SHA-256 (RFC 2104). Without the key a tag tells nothing, not even by
 * guessing the value.
 *
 * @param key random and kept for one run; text is taken as UTF-8
 */
export function secretTag(key: string | Uint8Array): SecretTag {
  const bytes = typeof key === 'string' ? utf8ToBytes(key) : Uint8Array.from(key);
  const tags = new Map<string, string>();
  return (value) => {
    const before = tags.get(value);
    if (before !== undefined) return before;
    const tag = `[redacted:${bytesToHex(hmac(sha256, bytes, utf8ToBytes(value))).slice(0, 8)}]`;
    if (tags.size >= remembered) tags.clear();
    tags.set(value, tag);
    return tag;
  };
}
