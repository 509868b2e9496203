import type { Visited, Visitor } from '../worlds/journey.ts';

type Pair = { readonly name: string; readonly value: string };

/** An entry of an HTTP archive (HAR 1.2). */
export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly headers: readonly Pair[];
    readonly queryString: readonly Pair[];
    readonly postData?: { readonly mimeType: string; readonly text: string };
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly headers: readonly Pair[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text: string };
  };
}

const pairs = (entries: Iterable<readonly [string, string]>): readonly Pair[] =>
  [...entries].map(([name, value]) => ({ name, value }));

type Body = { readonly type: string; readonly text: string };

/** A visitor of one origin whose every request and answer is written down. */
export function recordingVisitor(origin: string, entries: HarEntry[]): Visitor {
  const cookies = new Map<string, string>();
  const carried = new Map<string, string>();
  return {
    carry: (header, value) => void carried.set(header, value),
    send: (method, path, body) =>
      ask(method, path, body === undefined ? null : { type: 'application/json', text: JSON.stringify(body) }),
    submit: (path, fields) =>
      ask('POST', path, {
        type: 'application/x-www-form-urlencoded',
        text: new URLSearchParams(fields).toString(),
      }),
  };

  async function ask(method: string, path: string, body: Body | null): Promise<Visited> {
    const url = new URL(path, origin);
    const headers = new Headers([...carried]);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (body !== null) headers.set('content-type', body.type);
    const startedDateTime = new Date().toISOString();
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === null ? {} : { body: body.text }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';', 1)[0] ?? '').split('=');
      cookies.set(name, value.join('='));
    }
    const answer = await response.text();
    entries.push({
      startedDateTime,
      time: 0,
      request: {
        method,
        url: url.href,
        httpVersion: 'HTTP/1.1',
        headers: pairs(headers),
        queryString: pairs(url.searchParams),
        ...(body === null ? {} : { postData: { mimeType: body.type, text: body.text } }),
      },
      response: {
        status: response.status,
        statusText: response.statusText,
        httpVersion: 'HTTP/1.1',
        headers: pairs(response.headers),
        content: {
          size: answer.length,
          mimeType: response.headers.get('content-type') ?? '',
          text: answer,
        },
      },
    });
    return { status: response.status, headers: response.headers, json: parsed(answer) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
