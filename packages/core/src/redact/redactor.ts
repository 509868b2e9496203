import type { HeaderList } from '../model/exchange.ts';
import { createKnownSecrets } from './known-secrets.ts';
import { redactHeaderLines, redactHeaders } from './redact-headers.ts';
import { redactJsonMembers } from './redact-json-members.ts';
import { decodeParameter, redactParameters } from './redact-parameters.ts';
import { redactPem } from './redact-pem.ts';
import { redactTokens } from './redact-tokens.ts';
import { isSecretTag, secretTag } from './secret-tag.ts';

export interface RedactorOptions {
  /** Random, kept for one run and never written: it makes tags comparable within the run and worthless outside. */
  readonly key: string | Uint8Array;
  /** How the canaries of the run start. A canary is no secret, wherever it stands. */
  readonly canaryMarker?: string;
}

/** Takes secrets out of what is about to be recorded. Nothing here throws, whatever the text. */
export interface Redactor {
  /**
   * Names a value that must not be recorded in any form. Values of fewer than 4 characters are taken out where a name tells
   * that they are secret, but not looked for in running text.
   */
  addSecret(value: string): void;
  /** Redacts any text: JSON, forms, URLs, markup, logs, binary read as text. Doing it twice changes nothing. */
  text(text: string): string;
  /**
   * Redacts every string inside a value, by its text alone: for records of our own, whose member names say nothing of
   * secrets. The result has the same shape, so its schema reads it.
   */
  values(value: unknown): unknown;
  /** Redacts headers; names, schemes, cookie names and cookie attributes stay. */
  headers(headers: HeaderList): HeaderList;
}

/**
 * Makes a redactor. Secrets are replaced by `[redacted:ab12cd34]`, where equal values give equal letters. The time is
 * linear in the length of the text and does not grow with the number of secrets.
 *
 * @throws {RangeError} the key is empty
 */
export function createRedactor({ key, canaryMarker = 'lr' }: RedactorOptions): Redactor {
  if (key.length === 0) throw new RangeError('the key of a redactor must not be empty');
  const known = createKnownSecrets();
  const tag = secretTag(key);
  const named = new Set<string>();

  const isCanary = (value: string): boolean =>
    value.startsWith(canaryMarker) &&
    /^[a-z0-9]{10,40}(?:@[a-z0-9.-]{1,64})?$/.test(value) &&
    !named.has(value);

  const replace = (value: string): string => {
    if (value === '' || isSecretTag(value) || isCanary(value)) return value;
    if (isPlaceholder(value) && !named.has(value)) return value;
    return tag(known.secretOf(value) ?? known.secretOf(decodeParameter(value)) ?? value);
  };

  const text = (input: string): string => {
    // Names come first, so that a whole value is replaced even when a known secret is only part of it.
    let output = redactPem(input, replace);
    output = redactJsonMembers(output, replace);
    output = redactHeaderLines(output, replace);
    output = redactParameters(output, replace);
    output = known.replaceAll(output, tag);
    return redactTokens(output, replace);
  };

  const values = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(values);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, values(inner)]));
  };

  return {
    addSecret: (value) => {
      if (value === '') return;
      named.add(value);
      known.add(value);
    },
    text,
    values,
    headers: (headers) => redactHeaders(headers, replace, text),
  };
}

/** `${NAME}`, `$NAME`, `{name}` and `{{name}}` stand for a value that is given later, as in a reproduction or a path template. */
const isPlaceholder = (value: string): boolean =>
  value.length <= 80 &&
  /^(?:\$\{[A-Za-z_][\w.]*\}|\$[A-Z][A-Z0-9_]*|\{[A-Za-z_][\w-]*\}|\{\{\w+\}\})$/.test(value);
