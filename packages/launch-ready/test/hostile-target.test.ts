import { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaint, complaints, run, type Ended } from './command.ts';
import { notesDocument } from './notes-document.ts';
import { reply, startNotesApp, strayNotes, type Intercept, type NotesApp } from './notes-app.ts';
import { makeWorkbench, reviewIn, type Workbench } from './workbench.ts';

let app: NotesApp;
let bench: Workbench;
const open = async (document?: unknown): Promise<void> => {
  app = await startNotesApp(document);
  bench = makeWorkbench(app);
};
const review = (...args: readonly string[]): Promise<Ended> =>
  run(['review', '--only', 'tenancy', '--out', bench.out, '--max-requests', '600', ...args], bench);
afterEach(async () => {
  bench.remove();
  await app.die();
});

/** A review that came to its end, found nothing that is not there, and left nothing behind. */
const honestEnd = (end: Ended): object => ({
  code: end.code,
  complaints: complaints(end),
  findings: reviewIn(bench.out).findings.map(({ message }) => message),
  verdict: reviewIn(bench.out).verdict.kind,
  leftovers: reviewIn(bench.out).leftovers,
  stray: strayNotes(app),
});
const nothingFound = {
  code: 2,
  complaints: [],
  findings: [],
  verdict: 'not-proven',
  leftovers: [],
  stray: [],
} as const;

describe('an API document that', () => {
  const circle: Record<string, unknown> = {
    type: 'object',
    properties: { inner: { $ref: '#/components/schemas/A' } },
  };
  const yaml = 'openapi: 3.1.0\ninfo:\n  title: Notes\npaths:\n  /notes:\n   get: {responses: [\n  - x';
  it.each([
    ['is broken JSON', JSON.stringify(notesDocument).slice(0, -40)],
    ['is broken YAML', yaml],
    ['is a bomb of aliases', `openapi: 3.1.0\na: &a [x,x,x,x,x,x,x,x,x]\n${bomb()}paths: {}\n`],
    ['is no document at all', null],
    ['has no paths', { openapi: '3.1.0' }],
    [
      'has paths of the wrong kind',
      { openapi: '3.1.0', paths: { '/notes': 7, notes: {}, '/x': { get: [], post: 'y' } } },
    ],
    [
      'goes in circles',
      {
        ...notesDocument,
        components: {
          schemas: {
            A: { allOf: [{ $ref: '#/components/schemas/A' }, circle] },
            B: { $ref: '#/components/schemas/B' },
          },
        },
        paths: {
          ...notesDocument.paths,
          '/circle': { $ref: '#/paths/~1circle' },
          '/loops': {
            post: {
              requestBody: {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
              },
            },
          },
          '/self': {
            post: {
              requestBody: {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/B' } } },
              },
            },
          },
        },
      },
    ],
    [
      'names paths that do not exist, in wrong shapes, on servers elsewhere',
      {
        ...notesDocument,
        paths: {
          '/ghosts': notesDocument.paths['/notes'],
          '/ghosts/{noteId}': notesDocument.paths['/notes/{noteId}'],
          '/elsewhere': { servers: [{ url: 'http://launch-ready.invalid/v1' }], get: {}, post: {} },
          ...notesDocument.paths,
          '/notes': {
            get: { responses: 'none' },
            post: {
              responses: { 200: { content: { 'application/json': { schema: { type: 'string' } } } } },
              requestBody: {
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      properties: { title: { type: 'integer' }, text: { enum: [] } },
                      required: ['nothing'],
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  ])('%s spoils nothing, and what cannot be read is said', async (kind, document) => {
    await open(document);
    expect(honestEnd(await review())).toEqual(nothingFound);
    const said = reviewIn(bench.out).coverage.notTested.map(({ what }) => what);
    expect(said).toContain(kind.includes('no document') ? 'operations' : 'the API document /openapi.json');
  });
});

function bomb(): string {
  return ['b', 'c', 'd', 'e', 'f', 'g']
    .map((name, index) => {
      const before = `*${'abcdef'[index] ?? 'a'}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(',')}]\n`;
    })
    .join('');
}

describe('a target that', () => {
  beforeEach(() => open());
  const on =
    (isIt: (method: string, path: string) => boolean, answer: Intercept): Intercept =>
    (received, response) =>
      isIt(received.method, received.path) && answer(received, response);
  const always = (send: (response: Parameters<Intercept>[1]) => void): Intercept => {
    return (_, response) => {
      send(response);
      return true;
    };
  };
  const isNotes = (_: string, path: string): boolean => path.startsWith('/notes');

  it('answers 500 to everything is said in one line', async () => {
    app.intercept = always((response) => reply(response, 500, { error: 'internal' }));
    const end = await review();
    expect(complaint(end)).toMatch(/no account could log in .*POST \/\S+ answers 500/);
    expect(end.code).toBe(64);
  });

  it('answers 500 to everything but logins is not judged by it', async () => {
    app.intercept = on(
      isNotes,
      always((response) => reply(response, 500, { error: 'internal' })),
    );
    expect(honestEnd(await review('--only', 'tenancy,input,access'))).toEqual({
      ...nothingFound,
      // Whether it stored them cannot be seen.
      leftovers: expect.anything(),
    });
  });

  it('stores what it answers 500 to is cleaned up', async () => {
    app.intercept = (received, response) => {
      if (received.method !== 'POST' || received.path !== '/notes') return false;
      app.handle(received, new ServerResponse(received.raw));
      reply(response, 500, { error: 'internal' });
      return true;
    };
    expect(honestEnd(await review())).toEqual(nothingFound);
    expect(app.seen).toContain('POST /notes');
  });

  it('answers 429 with Retry-After now and then is waited for', async () => {
    let asked = 0;
    let refused = 0;
    app.intercept = on(isNotes, (_, response) => {
      asked += 1;
      if (asked % 15 !== 0 || refused > 5) return false;
      refused += 1;
      reply(response, 429, { error: 'slow down' }, { 'retry-after': '0' });
      return true;
    });
    expect(honestEnd(await review())).toEqual(nothingFound);
    expect(refused).toBeGreaterThan(2);
  });

  it('shows a page where it promised JSON is not judged by it', async () => {
    app.intercept = on(
      isNotes,
      always((response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'),
      ),
    );
    expect(honestEnd(await review())).toEqual(nothingFound);
  });

  it('answers with 5 MB or without an end is read only so far', async () => {
    let largest = 0;
    app.intercept = (received, response) => {
      if (received.method !== 'GET') return false;
      if (received.path === '/') {
        response.writeHead(200, { 'content-type': 'text/html' });
        let sent = 0;
        const chunk = Buffer.alloc(64 * 1024, 'x');
        const more = (): void => {
          for (let room = true; room && !response.destroyed;) {
            room = response.write(chunk);
            sent += chunk.length;
            largest = Math.max(largest, sent);
          }
        };
        response.on('drain', more);
        more();
        return true;
      }
      if (received.path !== '/notes') return false;
      reply(response, 200, { notes: [], more: 'y'.repeat(5_000_000) });
      return true;
    };
    expect(honestEnd(await review('--only', 'tenancy,browser'))).toEqual({
      ...nothingFound,
      findings: expect.anything(),
    });
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(64 * 1024 * 1024);
  });

  it('redirects its front page in circles is reviewed all the same', async () => {
    app.intercept = on(
      (_, path) => path === '/' || path.startsWith('/again'),
      always((response) => reply(response, 302, {}, { location: '/again' })),
    );
    expect(honestEnd(await review())).toEqual(nothingFound);
  });

  it('breaks every third answer off is reviewed as far as it goes', async () => {
    let asked = 0;
    app.intercept = on(isNotes, (received, response) => {
      asked += 1;
      if (asked % 3 !== 0 || received.method !== 'GET') return false;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"notes": [');
      response.destroy();
      return true;
    });
    const end = await review();
    expect(reviewIn(bench.out).findings).toEqual([]);
    app.intercept = () => false;
    await run(['cleanup', bench.out], bench);
    expect({ stray: strayNotes(app), code: [2, 69].includes(end.code ?? 0) }).toEqual({
      stray: [],
      code: true,
    });
  });
});
