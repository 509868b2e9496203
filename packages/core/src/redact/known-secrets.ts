import { secretForms } from './secret-forms.ts';

/** Values that are secret because somebody said so, wherever they turn up. */
export interface KnownSecrets {
  /** Values of fewer than 4 characters are not looked for: they are in every text by chance. */
  add(value: string): void;
  /** The secret that a text is a form of, such as its URL-encoded form; null when it is none. */
  secretOf(text: string): string | null;
  replaceAll(text: string, tag: (secret: string) => string): string;
}

/** How many first characters of a form pick its bucket. */
const head = 3;

const bucketOf = (text: string, at: number): number =>
  (text.charCodeAt(at) * 2011 + text.charCodeAt(at + 1) * 257 + text.charCodeAt(at + 2)) & 0xffff;

/**
 * Looks for all forms of all secrets in one walk over the text: the first characters at each place pick a bucket, nearly
 * always an empty one, so that the time does not grow with the number of secrets.
 */
export function createKnownSecrets(): KnownSecrets {
  const secrets = new Map<string, string>();
  const buckets = new Map<number, string[]>();
  const taken = new Uint8Array(0x1_0000);

  const addForm = (form: string, secret: string): void => {
    if (secrets.has(form)) return;
    secrets.set(form, secret);
    const bucket = bucketOf(form, 0);
    const forms = [...(buckets.get(bucket) ?? []), form];
    // The longest first, so that a secret that starts with another is replaced whole.
    buckets.set(
      bucket,
      forms.toSorted((a, b) => b.length - a.length),
    );
    taken[bucket] = 1;
  };

  return {
    add: (value) => {
      for (const form of secretForms(value)) addForm(form, value);
    },
    secretOf: (text) => secrets.get(text) ?? null,
    replaceAll: (text, tag) => {
      if (secrets.size === 0) return text;
      const parts: string[] = [];
      let kept = 0;
      for (let at = 0; at <= text.length - head; at += 1) {
        const bucket = bucketOf(text, at);
        if (taken[bucket] === 0) continue;
        const form = buckets.get(bucket)?.find((candidate) => text.startsWith(candidate, at));
        if (form === undefined) continue;
        parts.push(text.slice(kept, at), tag(secrets.get(form) ?? form));
        kept = at + form.length;
        at = kept - 1;
      }
      return kept === 0 ? text : parts.join('') + text.slice(kept);
    },
  };
}
