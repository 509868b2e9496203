import { httpMethods } from '@launch-ready/core';
import * as z from 'zod';
import type { ObservedBody, ObservedCall } from './observed-call.ts';

const pair = z.object({ name: z.string(), value: z.string().catch('') });
const entry = z.object({
  startedDateTime: z.string().optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pair).catch([]),
    postData: z
      .object({
        mimeType: z.string().catch(''),
        text: z.string().optional(),
        params: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
      })
      .optional()
      .catch(undefined),
  }),
  response: z.object({
    status: z.number(),
    headers: z.array(pair).catch([]),
    content: z
      .object({
        mimeType: z.string().optional(),
        text: z.string().optional(),
        encoding: z.string().optional(),
      })
      .optional()
      .catch(undefined),
  }),
});
const harFile = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });
type Entry = z.infer<typeof entry>;

export interface ReadHar {
  readonly calls: readonly ObservedCall[];
  readonly problems: readonly string[];
}

const pageParts = /html|css|javascript|ecmascript|^image\/|^font\/|font-|wasm|^video\/|^audio\//i;

/**
 * Calls of an HTTP archive (HAR 1.2) in the order of their time: those to the given origins whose answers are data, not
 * parts of a page.
 */
export function readHar(text: string, origins: readonly string[]): ReadHar {
  let file: z.infer<typeof harFile>;
  try {
    file = harFile.parse(JSON.parse(text));
  } catch {
    return { calls: [], problems: ['it is not a HAR file'] };
  }
  let unreadable = 0;
  let elsewhere = 0;
  const entries = file.log.entries.flatMap((value): Entry[] => {
    const parsed = entry.safeParse(value);
    if (parsed.success) return [parsed.data];
    unreadable += 1;
    return [];
  });
  const timed = entries
    .map((one, index) => ({ one, index, at: Date.parse(one.startedDateTime ?? '') || 0 }))
    .sort((a, b) => a.at - b.at || a.index - b.index);
  const calls = timed.flatMap(({ one }): ObservedCall[] => {
    const url = URL.canParse(one.request.url) ? new URL(one.request.url) : null;
    if (!url || !origins.includes(url.origin)) {
      elsewhere += 1;
      return [];
    }
    const call = callOf(one, url);
    return call === null ? [] : [call];
  });
  const problems = [
    ...(unreadable > 0 ? [`${unreadable} of its entries cannot be read`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} of its ${entries.length} entries are of other origins`] : []),
    ...(calls.length === 0 ? ['it has no call of the target that is answered with data'] : []),
  ];
  return { calls, problems };
}

function callOf({ request, response }: Entry, url: URL): ObservedCall | null {
  const method = httpMethods.find((one) => one === request.method.toUpperCase());
  if (method === undefined || method === 'OPTIONS' || method === 'HEAD') return null;
  const { status } = response;
  if (status < 200 || [404, 405, 410, 501].includes(status)) return null;
  const answerHeaders = lowered(response.headers);
  const mime =
    (answerHeaders.find(([name]) => name === 'content-type')?.[1] ?? response.content?.mimeType ?? '')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? '';
  if (pageParts.test(mime)) return null;
  // A plain GET without data is a navigation; what changes something counts whatever it answers.
  if (method === 'GET' && (mime === '' || mime === 'x-unknown') && status < 300) return null;
  if (method === 'GET' && status >= 300 && status < 400) return null;
  const content = response.content?.text;
  const answerText =
    content === undefined
      ? ''
      : response.content?.encoding === 'base64'
        ? Buffer.from(content, 'base64').toString('utf8')
        : content;
  return {
    origin: url.origin,
    method,
    segments: url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(safelyDecoded),
    query: [...url.searchParams],
    headers: lowered(request.headers),
    body: bodyOf(request.postData),
    status,
    answerType: mime === '' || mime === 'x-unknown' ? null : mime,
    answer: /json/.test(mime) || /^\s*[[{]/.test(answerText) ? parsedJson(answerText) : undefined,
    location: answerHeaders.find(([name]) => name === 'location')?.[1] ?? null,
  };
}

function bodyOf(data: Entry['request']['postData']): ObservedBody | null {
  if (!data) return null;
  const contentType = (data.mimeType.split(';')[0] ?? '').trim().toLowerCase();
  const text = data.text ?? '';
  if (/urlencoded/.test(contentType)) {
    const params = data.params?.map(({ name, value }) => [name, value ?? ''] as const);
    const fields = params && params.length > 0 ? params : [...new URLSearchParams(text)];
    return { contentType, value: Object.fromEntries(fields) };
  }
  if (contentType.startsWith('multipart/')) {
    const params = data.params?.map(({ name, value }) => [name, value ?? ''] as const) ?? [];
    return { contentType, value: Object.fromEntries(params.length > 0 ? params : partsOf(text)) };
  }
  if (text === '') return null;
  const value = parsedJson(text);
  return { contentType: contentType || 'application/json', value };
}

/** Names and short values of the parts of a multipart text. */
const partsOf = (text: string): readonly (readonly [string, string])[] =>
  [
    ...text.matchAll(
      /content-disposition:[^\n]*?\bname="([^"]+)"([^\n]*)\r?\n(?:[^\n]+\n)*?\r?\n([^\r\n]{0,200})/gi,
    ),
  ].map((match) => [match[1] ?? '', /filename=/.test(match[2] ?? '') ? '' : (match[3] ?? '')] as const);

const lowered = (
  headers: readonly { name: string; value: string }[],
): readonly (readonly [string, string])[] =>
  headers
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }) => [name.toLowerCase(), value] as const);

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
