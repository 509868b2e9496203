import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notesDocument } from './notes-document.ts';

interface Note {
  readonly id: string;
  readonly tenant: string;
  readonly author: string;
  title: string;
  text: string;
}

/** A request whose body has arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly raw: IncomingMessage;
}

/** Takes a request out of the application's hands by answering true. */
export type Intercept = (received: Received, response: ServerResponse) => boolean;

/** A small application with two tenants whose state outlives its server, as a database would. */
export interface NotesApp {
  readonly origin: string;
  /** Its whole store. */
  readonly notes: Map<string, Note>;
  /** Bearer tokens it has given out and still knows. */
  readonly tokens: Map<string, string>;
  readonly passwords: Readonly<Record<string, string>>;
  readonly seen: readonly string[];
  intercept: Intercept;
  /** Answers one request as the application does. */
  handle(received: Received, response: ServerResponse): void;
  /** Ends the server at once, open connections too; the store stays. */
  die(): Promise<void>;
  /** Starts a server at the same address again. */
  revive(): Promise<void>;
}

/** Accounts by actor. */
export const accounts = {
  'north.admin': 'ada@north.test',
  'north.member': 'bo@north.test',
  'south.admin': 'cy@south.test',
  'south.member': 'di@south.test',
} as const;

export const reply = (
  response: ServerResponse,
  status: number,
  value?: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(value === undefined ? undefined : JSON.stringify(value));
};

const pageHeaders = {
  'content-type': 'text/html',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

const tenantOf = (email: string): string => (email.endsWith('@north.test') ? 'north' : 'south');

/** Starts the application on a free loopback port, with one note of its own for each tenant. */
export async function startNotesApp(document: unknown = notesDocument): Promise<NotesApp> {
  const notes = new Map<string, Note>();
  for (const tenant of ['north', 'south']) {
    const id = randomUUID();
    notes.set(id, { id, tenant, author: `old@${tenant}.test`, title: 'kept', text: `of ${tenant}` });
  }
  const tokens = new Map<string, string>();
  const passwords = Object.fromEntries(
    Object.values(accounts).map((email) => [email, `Pw-${randomBytes(12).toString('hex')}`]),
  );
  const seen: string[] = [];

  const handle = ({ method, path, body, raw }: Received, response: ServerResponse): void => {
    if (path === '/') return void response.writeHead(200, pageHeaders).end('<p>Notes</p>');
    if (path === '/openapi.json' && document !== null) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(typeof document === 'string' ? document : JSON.stringify(document));
    }
    const given = objectIn(body);
    if (path === '/auth/login' && method === 'POST') {
      const email = String(given?.['email']);
      if (passwords[email] === undefined || passwords[email] !== given?.['password'])
        return reply(response, 401, { error: 'wrong name or password' });
      const token = `tok_${randomBytes(18).toString('hex')}`;
      tokens.set(token, email);
      return reply(response, 200, { token });
    }
    const email = tokens.get((raw.headers.authorization ?? '').replace('Bearer ', ''));
    if (email === undefined) return reply(response, 401, { error: 'sign in first' });
    if (path === '/auth/me' && method === 'GET') return reply(response, 200, { id: email, email });
    const tenant = tenantOf(email);
    if (path === '/notes' && method === 'GET')
      return reply(response, 200, { notes: [...notes.values()].filter((note) => note.tenant === tenant) });
    if (path === '/notes' && method === 'POST') {
      const { title, text } = given ?? {};
      if (!isText(title) || !isText(text))
        return reply(response, 422, { error: 'title and text, at most 200' });
      const note = { id: randomUUID(), tenant, author: email, title, text };
      notes.set(note.id, note);
      return reply(response, 201, note);
    }
    const note = notes.get(/^\/notes\/([\w-]+)$/.exec(path)?.[1] ?? '');
    if (note?.tenant !== tenant) return reply(response, 404, { error: 'not found' });
    if (method === 'GET') return reply(response, 200, note);
    if (method === 'DELETE') {
      notes.delete(note.id);
      return reply(response, 204);
    }
    if (method !== 'PATCH') return reply(response, 405, { error: 'not allowed' });
    if (given === null || Object.values(given).some((value) => !isText(value)))
      return reply(response, 422, { error: 'title and text, at most 200' });
    if (isText(given['title'])) note.title = given['title'];
    if (isText(given['text'])) note.text = given['text'];
    return reply(response, 200, note);
  };

  let server: Server;
  let port = 0;
  const revive = async (): Promise<void> => {
    server = createServer((raw, response) => {
      const chunks: Buffer[] = [];
      raw.on('error', () => response.destroy());
      raw.on('data', (chunk: Buffer) => chunks.push(chunk));
      raw.on('end', () => {
        const path = (raw.url ?? '/').split('?')[0] ?? '/';
        const received = { method: raw.method ?? '', path, body: Buffer.concat(chunks).toString(), raw };
        seen.push(`${received.method} ${path}`);
        if (!app.intercept(received, response)) handle(received, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  await revive();
  const app: NotesApp = {
    origin: `http://127.0.0.1:${port}`,
    notes,
    tokens,
    passwords,
    seen,
    intercept: () => false,
    handle,
    die: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    revive,
  };
  return app;
}

/** Notes that a review made and did not remove. */
export const strayNotes = (app: NotesApp): readonly string[] =>
  [...app.notes.values()].filter(({ author }) => !author.startsWith('old@')).map(({ title }) => title);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 200 && !value.includes('\u0000');

function objectIn(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
