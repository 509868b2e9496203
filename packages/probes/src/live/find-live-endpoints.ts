import { readFileSync } from 'node:fs';
import { anonymous, type Operation } from '@launch-ready/core';
import * as z from 'zod';
import type { ProbeContext } from '../probe.ts';
import type { LiveEndpoint } from './live-endpoint.ts';
import { endpointsInPage, scriptsOf } from './endpoints-in-page.ts';

const mostScripts = 5;
const socketName = /(^|\/)(ws|wss|websocket|socket|cable|realtime)$/i;

/** The WebSockets and event streams that the target file, the document, recordings or the start page name. */
export async function findLiveEndpoints(context: ProbeContext): Promise<readonly LiveEndpoint[]> {
  const { target, operations } = context;
  const given = (target.live ?? []).map(({ kind, url, hello }): LiveEndpoint => ({
    kind,
    url,
    hello,
    source: 'target file',
  }));
  const all = [
    ...given,
    ...target.har.flatMap((file) => recorded(file)),
    ...operations.flatMap(inDocument),
    ...(await inPages(context)),
  ];
  const origins = new Set(Object.values(target.origins).map((origin) => new URL(origin).origin));
  const known = new Map<string, LiveEndpoint>();
  for (const one of all) {
    const key = `${one.kind} ${one.url.split('?')[0]}`;
    if (!known.has(key) && URL.canParse(one.url) && origins.has(new URL(one.url).origin)) known.set(key, one);
  }
  return [...known.values()];
}

function inDocument({ method, path, origin, responses, sources, wire }: Operation): readonly LiveEndpoint[] {
  if (method !== 'GET' || wire) return [];
  const source = sources[0] ?? 'document';
  const url = origin + path;
  if (responses.some(({ contentType }) => /^text\/event-stream/i.test(contentType ?? '')))
    return [{ kind: 'events', url, hello: [], source }];
  if (responses.some(({ status }) => status === '101') || socketName.test(path))
    return [{ kind: 'websocket', url, hello: [], source }];
  return [];
}

const entry = z.object({
  request: z.object({ url: z.string() }),
  response: z.object({
    status: z.number(),
    content: z.object({ mimeType: z.string().catch('') }).optional(),
  }),
  _webSocketMessages: z.array(z.object({ type: z.string(), data: z.string().catch('') })).optional(),
});
const harFile = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** What browsers record of WebSockets (`_webSocketMessages`) and event streams. */
function recorded(file: string): readonly LiveEndpoint[] {
  let entries: readonly unknown[];
  try {
    ({ entries } = harFile.parse(JSON.parse(readFileSync(file, 'utf8'))).log);
  } catch {
    // The discovery has said already that it cannot be read.
    return [];
  }
  return entries.flatMap((value): readonly LiveEndpoint[] => {
    const parsed = entry.safeParse(value);
    if (!parsed.success) return [];
    const { request, response, _webSocketMessages: messages } = parsed.data;
    const url = request.url.replace(/^ws(s?):/i, 'http$1:').replace(/[?#].*/s, '');
    if (messages !== undefined || /^wss?:/i.test(request.url)) {
      const hello = (messages ?? []).filter(({ type }) => type === 'send').map(({ data }) => data);
      return [{ kind: 'websocket', url, hello: hello.slice(0, 5), source: 'har' }];
    }
    return /^text\/event-stream/i.test(response.content?.mimeType ?? '')
      ? [{ kind: 'events', url, hello: [], source: 'har' }]
      : [];
  });
}

async function inPages({ target, transport }: ProbeContext): Promise<readonly LiveEndpoint[]> {
  const read = async (url: string): Promise<string> => {
    const answer = await transport.send({
      actor: anonymous,
      probe: 'live/live-channels',
      purpose: 'look for WebSockets and event streams in the page',
      method: 'GET',
      url,
      headers: Object.entries(target.headers),
      effect: { kind: 'none' },
    });
    return answer.kind === 'answer' && answer.status === 200 ? answer.text : '';
  };
  const start = `${target.app.replace(/\/$/, '')}/`;
  const page = await read(start);
  const found = [...endpointsInPage(page, start)];
  for (const script of scriptsOf(page, start).slice(0, mostScripts))
    found.push(...endpointsInPage(await read(script), start));
  return found;
}
