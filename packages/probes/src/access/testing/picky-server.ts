import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { startLoopbackServer, type LoopbackServer } from '../../testing/loopback-server.ts';

type Body = Readonly<Record<string, unknown>>;
interface Refusal {
  readonly status: number;
  readonly answer: unknown;
}

/** One collection that is picky about bodies, and the way its framework complains about them. */
export interface Style {
  readonly name: string;
  readonly refuse: (body: Body) => Refusal | null;
}

const isText = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'string' && value.length >= least && value.length <= most;
const refused = (status: number, answer: unknown): Refusal => ({ status, answer });

/** Collections whose bodies no document describes. */
export const styles: readonly Style[] = [
  {
    name: 'nest',
    refuse: (body) => {
      const unknown = Object.keys(body).filter((key) => !['headline', 'kind'].includes(key));
      const message = [
        ...unknown.map((key) => `property ${key} should not exist`),
        ...(isText(body.headline, 3, 20)
          ? []
          : [
              'headline must be shorter than or equal to 20 characters',
              'headline must be longer than or equal to 3 characters',
              'headline must be a string',
            ]),
        ...(body.kind === 'note' || body.kind === 'task'
          ? []
          : ['kind must be one of the following values: note, task']),
      ];
      return message.length === 0 ? null : refused(400, { statusCode: 400, message, error: 'Bad Request' });
    },
  },
  {
    name: 'fastapi',
    refuse: (body) => {
      const detail = [
        ...(isText(body.subject, 15, 40)
          ? []
          : [
              'subject' in body
                ? {
                    type: 'string_too_short',
                    loc: ['body', 'subject'],
                    msg: 'String should have at least 15 characters',
                  }
                : { type: 'missing', loc: ['body', 'subject'], msg: 'Field required' },
            ]),
        ...(Number.isInteger(body.priority)
          ? []
          : [{ type: 'int_parsing', loc: ['body', 'priority'], msg: 'Input should be a valid integer' }]),
        ...('name' in body
          ? [{ type: 'extra_forbidden', loc: ['body', 'name'], msg: 'Extra inputs are not permitted' }]
          : []),
      ];
      return detail.length === 0 ? null : refused(422, { detail });
    },
  },
  {
    name: 'rails',
    refuse: (body) => {
      const inner = body.rail;
      if (typeof inner !== 'object' || inner === null)
        return refused(400, { status: 400, error: 'param is missing or the value is empty: rail' });
      const { due_date: due, title } = { due_date: undefined, title: undefined, ...inner };
      const errors = [
        ...(isText(title, 1, 30) ? [] : ["Title can't be blank"]),
        ...(isText(due, 1, 40) ? [] : ["Due date can't be blank"]),
      ];
      return errors.length === 0 ? null : refused(422, { errors });
    },
  },
  {
    name: 'django',
    refuse: (body) => {
      const answer = {
        ...(isText(body.summary, 1, 25)
          ? {}
          : {
              summary: [
                body.summary === undefined
                  ? 'This field is required.'
                  : 'Ensure this field has no more than 25 characters.',
              ],
            }),
        ...(/^\d{4}-\d\d-\d\d$/.test(String(body.due))
          ? {}
          : {
              due: [
                body.due === undefined
                  ? 'This field is required.'
                  : 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.',
              ],
            }),
      };
      return Object.keys(answer).length === 0 ? null : refused(400, answer);
    },
  },
  {
    name: 'laravel',
    refuse: (body) =>
      isText(body.caption, 1, 60) && /^\S+@\S+\.\S+$/.test(String(body.contact))
        ? null
        : refused(422, {
            message: 'The caption field is required. (and 1 more error)',
            errors: {
              caption: ['The caption field is required.'],
              contact: ['The contact field must be a valid email address.'],
            },
          }),
  },
  {
    name: 'ajv',
    refuse: (body) =>
      !('label' in body)
        ? refused(400, {
            statusCode: 400,
            code: 'FST_ERR_VALIDATION',
            message: "body must have required property 'label'",
          })
        : /^LBL-[a-z0-9]{13,17}$/.test(String(body.label))
          ? null
          : refused(400, { message: 'body/label must match pattern "^LBL-[a-z0-9]{13,17}$"' }),
  },
  {
    name: 'zod',
    refuse: (body) =>
      isText(body.heading, 1, 40)
        ? null
        : refused(400, {
            errors: [],
            properties: { heading: { errors: ['Invalid input: expected string, received undefined'] } },
          }),
  },
];

interface Row {
  readonly id: string;
  readonly tenant: string;
  body: unknown;
}

/** A server of two tenants with bearer tokens, one picky collection of each style, and a collection of pictures. */
export async function startPickyServer(): Promise<
  LoopbackServer & { readonly rows: Map<string, Row>; readonly openTo: Set<string> }
> {
  // Collections of which everybody who is signed in may read everything, and names of objects that all lists show.
  const openTo = new Set<string>();
  const rows = new Map<string, Row>();
  const server = await startLoopbackServer((request, response) => {
    const reply = (status: number, value?: unknown): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(value === undefined ? '' : JSON.stringify(value));
    const tenant = /^Bearer token-of-(\w+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (tenant === undefined) return reply(401, { error: 'sign in' });
    const [name = '', id] = (request.url ?? '').split('?')[0]?.split('/').slice(1) ?? [];
    if (name === 'me') return reply(200, { id: tenant, email: `member@${tenant}.test` });
    const style = styles.find((one) => one.name === name);
    if (!style && name !== 'pictures') return reply(404, { error: 'no such route' });
    if (id !== undefined) {
      const row = rows.get(id);
      if (!row || (row.tenant !== tenant && !openTo.has(name))) return reply(404, { error: 'not found' });
      if (request.method === 'DELETE') return rows.delete(id) ? reply(204) : reply(404);
      return reply(200, { id, data: row.body });
    }
    if (request.method === 'GET')
      return reply(
        200,
        [...rows.values()].filter((row) => row.tenant === tenant || openTo.has(`list of ${name}`)),
      );
    const body = style ? objectIn(request.body) : pictureIn(request);
    if (body === null) return reply(415, { error: 'send a PNG picture' });
    const refusal = style?.refuse(body) ?? null;
    if (refusal) return reply(refusal.status, refusal.answer);
    const row = { id: randomUUID(), tenant, body };
    rows.set(row.id, row);
    return reply(201, { id: row.id });
  });
  return Object.assign(server, { rows, openTo });
}

function objectIn(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Name of an uploaded picture; null for other files. */
function pictureIn({ headers, body }: IncomingMessage & { readonly body: string }): Body | null {
  if (headers['content-type']?.startsWith('multipart/form-data') !== true) return null;
  const fileName = /filename="([^"]+)"/.exec(body)?.[1];
  return fileName !== undefined && body.includes('PNG\r\n') ? { fileName } : null;
}
