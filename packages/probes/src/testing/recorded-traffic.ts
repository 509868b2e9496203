import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
let files = 0;
/** Keeps a value as a JSON file; gives its path. */
export const saveJson = (value: unknown): string => {
  const path = join(folder, `file-${(files += 1)}.json`);
  writeFileSync(path, JSON.stringify(value));
  return path;
};

/** A request and its answer, as a recording has them. */
export interface Recorded {
  readonly send: string;
  readonly body?: unknown;
  readonly form?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly answer?: unknown;
  readonly type?: string;
  readonly location?: string;
}

const entry = (origin: string, recorded: Recorded, at: number): unknown => {
  const [method = 'GET', path = '/'] = recorded.send.split(' ');
  const type = recorded.type ?? 'application/json; charset=utf-8';
  const list = (headers: Readonly<Record<string, string>>): unknown =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    startedDateTime: new Date(1_700_000_000_000 + at * 1000).toISOString(),
    request: {
      method,
      url: path.startsWith('http') ? path : `${origin}${path}`,
      headers: list(recorded.headers ?? {}),
      ...(recorded.form === undefined
        ? {}
        : { postData: { mimeType: 'application/x-www-form-urlencoded', text: recorded.form } }),
      ...(recorded.body === undefined
        ? {}
        : { postData: { mimeType: 'application/json', text: JSON.stringify(recorded.body) } }),
    },
    response: {
      status: recorded.status ?? 200,
      headers: list({ 'content-type': type, ...(recorded.location ? { location: recorded.location } : {}) }),
      content: {
        mimeType: type,
        encoding: 'base64',
        text: Buffer.from(
          typeof recorded.answer === 'string' ? recorded.answer : JSON.stringify(recorded.answer ?? {}),
        ).toString('base64'),
      },
    },
  };
};

/** A file with these calls as an HTTP archive, the last first. */
export const har = (origin: string, calls: readonly Recorded[]): string =>
  saveJson({ log: { version: '1.2', entries: calls.map((one, at) => entry(origin, one, at)).toReversed() } });

/** An id of an object in the traffic. */
export const project = '8b4f6f4e-5a0f-4e0e-9d0b-0d9a3c1b7e55';
/** What people do in an application with projects. */
export const traffic: readonly Recorded[] = [
  { send: 'GET /', type: 'text/html', answer: '<html></html>' },
  { send: 'GET /assets/app.js', type: 'text/javascript', answer: 'let a' },
  { send: 'GET https://cdn.example.test/api/ads', answer: [] },
  {
    send: 'POST /api/auth/login',
    body: { email: 'ada@north.test', password: 'North-Secret-1' },
    answer: { token: 'eyJhbGciOi.secret.token', user: { id: 'usr_9fK2mQ7xLp31', role: 'admin' } },
  },
  { send: 'GET /api/orgs', answer: [{ slug: 'north', plan: 'pro' }] },
  {
    send: 'GET /api/orgs/north/projects?limit=20',
    headers: { authorization: 'Bearer abc', 'x-org-id': 'north', 'x-request-id': '1' },
    answer: { items: [{ id: project, slug: 'apollo' }] },
  },
  {
    send: 'POST /api/orgs/north/projects',
    body: {
      name: 'Apollo',
      budget: 10,
      visibility: 'private',
      ownerId: 'usr_9fK2mQ7xLp31',
      due: '2030-01-01',
    },
    status: 201,
    answer: { id: project, self: `https://app.example.test/p/${project}` },
  },
  {
    send: 'POST /api/orgs/north/projects',
    body: { name: 'Zeus', budget: 4, visibility: 'public', ownerId: 'usr_9fK2mQ7xLp31' },
    status: 201,
    answer: { id: 'a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11' },
  },
  { send: `GET /api/projects/${project}`, answer: { id: project, name: 'Apollo' } },
  {
    send: 'GET /api/projects/a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11',
    answer: { id: 'a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11', name: 'Zeus' },
  },
  { send: 'GET /api/projects/export', answer: [] },
  {
    send: `GET /api/boards/${Buffer.from(`Project:${project}`).toString('base64url')}/cards`,
    answer: { cards: [{ node: Buffer.from('Card:card-771').toString('base64') }] },
  },
  { send: 'GET /api/cards/card-771', answer: { title: 'x' } },
  { send: 'GET /api/missing', status: 404, answer: {} },
];
