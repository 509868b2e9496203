import type { Edit, Fault } from '../fault.ts';

const jsonBody = 'src/foundation/http/json-body.ts';
const createServer = 'src/foundation/http/create-server.ts';
const spaceRoutes = 'src/community/spaces/space-routes.ts';
const postRoutes = 'src/community/posts/post-routes.ts';
const createPost = 'POST /api/orgs/{org}/spaces/{space}/posts';
const createSpace = 'POST /api/orgs/{org}/spaces';
const createComment = 'POST /api/orgs/{org}/spaces/{space}/posts/{post}/comments';
const changeComment = 'PATCH /api/orgs/{org}/spaces/{space}/posts/{post}/comments/{comment}';

const biggerBodies: Edit = {
  file: createServer,
  find: `const maxBodyBytes = 256 * 1024;`,
  replace: `const maxBodyBytes = 16 * 1024 * 1024;`,
};

/** Input that gets further than it should. */
export const inputFaults: readonly Fault[] = [
  {
    id: 'broken-json-is-a-server-error',
    family: 'SC-INPUT',
    title: 'a body that is no JSON is answered 500',
    edits: [{ file: jsonBody, find: `    throw badJson('is not valid JSON');`, replace: `    throw error;` }],
    expects: { check: 'input/malformed-input', place: { variant: 'broken-json' } },
  },
  {
    id: 'nul-is-a-server-error',
    family: 'SC-INPUT',
    title: 'a NUL character reaches the database and is answered 500',
    edits: [
      {
        file: jsonBody,
        find: `if (typeof value === 'string' && value.includes('\\0'))`,
        replace: `if (typeof value === 'symbol')`,
      },
    ],
    expects: { check: 'input/malformed-input', place: { operation: createComment, variant: 'nul-byte' } },
    alsoExpects: [
      {
        check: 'input/malformed-input',
        place: { operation: changeComment, variant: 'nul-byte' },
        because:
          'one function reads the bodies of all operations, and a comment may be changed as well as made',
      },
      ...[
        createPost,
        createSpace,
        'PATCH /api/orgs/{org}/spaces/{space}/posts/{post}',
        'PATCH /api/orgs/{org}/spaces/{space}',
      ].map((operation) => ({
        check: 'input/malformed-input',
        place: { operation, variant: 'nul-byte' },
        because: 'one function reads the bodies of all operations, and this one takes a free text too',
      })),
    ],
  },
  {
    id: 'deep-nesting-is-a-server-error',
    family: 'SC-INPUT',
    title: 'a body that nests deep is walked by a function that calls itself and is answered 500',
    edits: [
      {
        file: jsonBody,
        find: `  if (jsonDepth(text) > maxJsonDepth) throw badJson(\`must not nest deeper than \${maxJsonDepth}\`);`,
        replace: `  if (jsonDepth(text) > maxJsonDepth) throw new RangeError('Maximum call stack size exceeded');`,
      },
    ],
    expects: { check: 'input/malformed-input', place: { variant: 'deep-nesting' } },
  },
  {
    id: 'errors-show-their-stack',
    family: 'SC-INPUT',
    title: 'refusals carry the stack of the server',
    edits: [
      {
        file: createServer,
        find: `    .send(known.body());`,
        replace: `    .send({ ...known.body(), stack: error instanceof Error ? error.stack : '' });`,
      },
    ],
    expects: { check: 'input/error-disclosure', place: {} },
  },
  {
    id: 'errors-show-the-database',
    family: 'SC-INPUT',
    title: 'a refusal repeats what the database said',
    edits: [
      {
        file: jsonBody,
        find: `    throw badJson('is not valid JSON');`,
        replace: `    throw badJson('error: invalid input syntax for type json\\nSQLSTATE 22P02 in INSERT INTO "app"."posts" ("tenant_id", "body")');`,
      },
    ],
    expects: { check: 'input/error-disclosure', place: {} },
  },
  {
    id: 'huge-bodies-are-stored',
    family: 'SC-INPUT',
    title: 'a comment of two megabytes is taken and stored',
    edits: [
      biggerBodies,
      {
        file: 'src/community/comments/comment-routes.ts',
        find: `.min(1, 'must not be empty').max(10_000) });`,
        replace: `.min(1, 'must not be empty') });`,
      },
      {
        file: 'migrations/0003-community.sql',
        find: `body text not null check (length(body) between 1 and 10000)`,
        replace: `body text not null`,
      },
    ],
    expects: {
      check: 'input/oversized-input',
      place: { operation: createComment, variant: 'oversized-body' },
    },
  },
  {
    id: 'length-is-left-to-the-database',
    family: 'SC-INPUT',
    title: 'a title that is too long is answered 500, because only the database knows its limit',
    edits: [
      {
        file: postRoutes,
        find: `body: z.strictObject({ title: line(200), body: text(50_000).default('') }),`,
        replace: `body: z.strictObject({ title: line(200_000).meta({ maxLength: 200 }), body: text(50_000).default('') }),`,
      },
    ],
    expects: { check: 'input/oversized-input', place: { operation: createPost, variant: 'over-long' } },
  },
  {
    id: 'long-names-are-stored',
    family: 'SC-INPUT',
    title: 'a name of any length is stored although the document allows one hundred characters',
    edits: [
      {
        file: spaceRoutes,
        find: `    name: line(100),\n    description: text(2000).default(''),`,
        replace: `    name: line(200_000).meta({ maxLength: 100 }),\n    description: text(2000).default(''),`,
      },
      {
        file: 'migrations/0003-community.sql',
        find: `name text not null check (length(name) between 1 and 100)`,
        replace: `name text not null`,
      },
    ],
    expects: { check: 'input/oversized-input', place: { operation: createSpace, variant: 'over-long' } },
  },
  {
    id: 'null-is-stored',
    family: 'SC-INPUT',
    title: 'null is stored where the document asks for a text',
    edits: [
      {
        file: spaceRoutes,
        find: `    name: line(100),\n    description: text(2000).default(''),`,
        replace: `    name: z
      .any()
      .refine((value) => value === null || (typeof value === 'string' && value.length <= 100))
      .meta({ type: 'string', maxLength: 100 }),
    description: text(2000).default(''),`,
      },
      {
        file: spaceRoutes,
        find: `  name: z.string(),\n  description: z.string(),\n  visibility,`,
        replace: `  name: z.string().nullable(),\n  description: z.string(),\n  visibility,`,
      },
      {
        file: 'migrations/0003-community.sql',
        find: `name text not null check (length(name) between 1 and 100)`,
        replace: `name text`,
      },
    ],
    expects: {
      check: 'input/persisted-invalid-input',
      place: { operation: createSpace, variant: 'null-field name' },
    },
  },
];
