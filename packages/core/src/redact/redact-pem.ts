import type { ReplaceSecret } from './redact-json-members.ts';

const begin = /-----BEGIN[ +]([A-Z0-9 +]{1,64})-----/g;
/** What a key is made of, also when it is escaped or URL-encoded. */
const body = /[A-Za-z0-9+/=\s\\%:,._-]*?(?=-----)|[A-Za-z0-9+/=\s\\%]*/y;
const end = /-----END[ +][A-Z0-9 +]{1,64}-----/y;

/**
 * Replaces PEM blocks (RFC 7468) whole, also when they are cut off before their end. Certificates and public keys are made to
 * be shown and stay.
 */
export function redactPem(text: string, replace: ReplaceSecret): string {
  const parts: string[] = [];
  let kept = 0;
  begin.lastIndex = 0;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const label = match[1] ?? '';
    if (/CERTIFICATE|PUBLIC.KEY/.test(label)) continue;
    body.lastIndex = begin.lastIndex;
    body.exec(text);
    end.lastIndex = body.lastIndex;
    const stop = end.exec(text) === null ? body.lastIndex : end.lastIndex;
    parts.push(text.slice(kept, match.index), replace(text.slice(match.index, stop)));
    kept = stop;
    begin.lastIndex = stop;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}
