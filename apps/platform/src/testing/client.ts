import { request } from 'node:http';
import * as z from 'zod';

/** An answer as it came, and its body as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

interface Ask {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client without opinions: sends exactly the headers it is told and keeps the session cookie of its last login. */
export interface Client {
  cookie: string | null;
  send(method: string, path: string, ask?: Ask): Promise<Answer>;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const send = (
  url: URL,
  method: string,
  headers: Record<string, string>,
  payload: string | Buffer | undefined,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parse(text) });
      });
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });

export const createClient = (origin: string): Client => {
  const client: Client = {
    cookie: null,
    send: async (method, path, ask = {}) => {
      const payload = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
      const headers = {
        ...(payload === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
        ...(client.cookie === null ? {} : { cookie: client.cookie }),
        ...ask.headers,
      };
      const answer = await send(new URL(path, origin), method, headers, payload);
      const [line] = z.array(z.string()).default([]).parse(answer.headers['set-cookie']);
      if (line !== undefined)
        client.cookie = line.includes('Max-Age=0') ? null : (line.split(';')[0] ?? null);
      return answer;
    },
  };
  return client;
};
