import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Subject } from '../model/finding.ts';
import { steadyOperation } from './steady-operation.ts';
import { steadyText, steadyWord } from './steady-text.ts';

/**
 * Names a finding by what it is about, so that the same fault has the same name in a rescan, on another host or port, with
 * other ids and with renamed path parameters: 16 hex characters of the SHA-256 of the check and the steady parts of the
 * subject. The host is left out on purpose; a check that must tell hosts apart says so in `variant`.
 */
export function fingerprint(check: string, subject: Subject): string {
  const parts = [
    check,
    steady(subject.operation, steadyOperation),
    steady(subject.file, steadyText),
    steady(subject.record, steadyText),
    steady(subject.cookie, steadyText),
    steady(subject.header, (name) => steadyText(name.toLowerCase())),
    steady(subject.relation, steadyWord),
    steady(subject.variant, steadyWord),
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, 16);
}

const steady = (text: string | undefined, how: (text: string) => string): string | null =>
  text === undefined ? null : how(text);
