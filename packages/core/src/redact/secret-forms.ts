import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64, urlSafe } from './base64.ts';

/**
 * Every form in which a secret may turn up in a message: as it is, URL-encoded, as a form field, JSON-escaped once or twice,
 * HTML-escaped, and base64 at each of the three places a byte can have within a group (as in `user:password`).
 */
export function secretForms(value: string): readonly string[] {
  const json = escapeJson(value);
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const url = encodeUrl(value);
  const strictUrl = url.replace(/[!'()*~]/g, percent);
  const forms = [
    value,
    ...[json, ascii].flatMap((text) => [text, text.replaceAll('/', '\\/'), escapeJson(text)]),
    ...[url, strictUrl]
      .flatMap((text) => [text, text.replaceAll('%20', '+')])
      .flatMap((text) => [text, lowerHex(text)]),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...base64Forms(value),
  ];
  return [...new Set(forms)].filter((form) => form.length >= shortestForm);
}

/** Shorter values would turn up in ordinary words by chance. */
const shortestForm = 4;

const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

function encodeUrl(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // A lone surrogate has no URL form.
    return text;
  }
}

function base64Forms(value: string): readonly string[] {
  const bytes = utf8ToBytes(value);
  const forms = [base64(bytes)];
  for (const shift of [0, 1, 2]) {
    // Letters that share bits with neighbours are left out: they depend on what stands before and after.
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const whole = Math.floor((padded.length * 8) / 6);
    const inner = base64(padded).slice(Math.ceil((shift * 8) / 6), whole);
    if (inner.length >= 8) forms.push(inner);
  }
  return forms.flatMap((form) => [form, urlSafe(form)]);
}
