import { randomUUID } from 'node:crypto';
import type { Row } from './store.ts';
import { view, type Call, type CollectionTrap, type Trap } from './trap.ts';

const notFound = ({ reply }: Call): unknown => reply.code(404).send({ error: 'not found' });
const tenantOf = ({ account }: Call): string => account?.tenant ?? '';
const ownRow = (call: Call): Row | undefined => call.rows.own(tenantOf(call), call.id);

/** A collection whose own answers are of an unusual kind; its isolation is strict. */
const answering = (
  id: string,
  words: Pick<Trap, 'looksLike' | 'isSafeBecause'>,
  handlers: NonNullable<CollectionTrap['handlers']>,
  more: Partial<CollectionTrap> = {},
): CollectionTrap => ({
  id,
  family: 'SC-AUTHZ',
  collection: id,
  ...words,
  metWhen: [{ kind: 'crossTenant', mentions: `GET /api/${id}/{id}`, and: ['"verdict":"safe"'] }],
  handlers,
  ...more,
});
const reads =
  (show: (row: Row, call: Call) => unknown) =>
  (call: Call): unknown => {
    const row = ownRow(call);
    return row === undefined ? notFound(call) : show(row, call);
  };
const shuffled = <T>(items: readonly T[]): readonly T[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);

/** Makes an object of what fits its document; null when it does not. */
function made(call: Call, titled: (title: string) => string = (title) => title): Row | null {
  const { title, note } = call.input;
  const fits =
    typeof title === 'string' && title.length <= 200 && (note === undefined || typeof note === 'string');
  if (!fits || (typeof note === 'string' && note.length > 2000)) return null;
  return call.rows.insert(tenantOf(call), { title: titled(title), note: note ?? null });
}
const unfit = ({ reply }: Call): unknown => reply.code(422).send({ error: 'title and note must be text' });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const lastAsked = new Map<string, string>();
let revision = 0;

/** Answers that change by themselves, hold what the caller sent, or are shaped unlike their document. */
export const answerFaces: readonly CollectionTrap[] = [
  answering(
    'nonce-in-every-answer',
    {
      looksLike: 'an object reads differently after an attack',
      isSafeBecause: 'every answer holds a fresh nonce',
    },
    { read: reads((row) => ({ ...view(row), nonce: randomUUID() })) },
  ),
  answering(
    'revision-of-everything',
    {
      looksLike: 'a number in an object went up after an attack',
      isSafeBecause: 'it counts the requests of everybody',
    },
    { read: reads((row) => ({ ...view(row), revision: (revision += 1) })) },
  ),
  answering(
    'last-seen-by-owner',
    {
      looksLike: 'a time in an object moved after an attack',
      isSafeBecause: 'it is the time of the read itself',
    },
    { read: reads((row) => ({ ...view(row), lastSeenAt: new Date().toISOString() })) },
  ),
  answering(
    'shuffled-list',
    { looksLike: 'the list differs at every look', isSafeBecause: 'only its order does' },
    { list: (call) => ({ items: shuffled(call.rows.of(tenantOf(call)).map(view)) }) },
  ),
  answering(
    'envelope-of-attributes',
    { looksLike: 'no field stands where the document says', isSafeBecause: 'it stands two levels deeper' },
    { read: reads(({ id, fields }) => ({ data: { id, type: 'thing', attributes: fields } })) },
  ),
  answering(
    'list-of-one',
    { looksLike: 'an item route answers a list', isSafeBecause: 'of one’s own object alone' },
    { read: reads((row) => [view(row)]) },
  ),
  answering(
    'created-with-200-list',
    { looksLike: 'a creation is answered 200 with a list', isSafeBecause: 'of what was made' },
    {
      create: (call) => {
        const row = made(call);
        return row === null ? unfit(call) : [view(row)];
      },
    },
  ),
  answering(
    'created-by-location',
    { looksLike: 'a creation has no body', isSafeBecause: 'its location header tells the id' },
    {
      create: (call) => {
        const row = made(call);
        if (row === null) return unfit(call);
        return call.reply.code(201).header('location', `/api/created-by-location/${row.id}`).send();
      },
    },
  ),
  answering(
    'lower-case-titles',
    { looksLike: 'a text comes back changed', isSafeBecause: 'titles are kept in lower case' },
    {
      create: (call) => {
        const row = made(call, (title) => title.toLowerCase());
        return row === null ? unfit(call) : call.reply.code(201).send(view(row));
      },
    },
  ),
  answering(
    'escaped-texts',
    { looksLike: 'a text comes back with entities', isSafeBecause: 'answers are made for pages' },
    {
      read: reads(({ id, fields }) => ({
        id,
        title: String(fields['title']).replace(/[^a-zA-Z0-9 ]/g, (sign) => `&#${sign.charCodeAt(0)};`),
      })),
    },
  ),
  answering(
    'names-of-fields-in-refusal',
    {
      looksLike: 'the refusal holds every field of the object',
      isSafeBecause: 'their names, not their values',
    },
    {
      read: (call) => {
        const row = ownRow(call);
        return row === undefined
          ? call.reply.code(403).send({ error: 'forbidden', fields: ['id', 'title', 'note'] })
          : view(row);
      },
    },
  ),
  answering(
    'recently-tried',
    {
      looksLike: 'the list holds the id of a foreign object after it was asked for',
      isSafeBecause: 'it repeats what the caller asked for, and nothing of the object',
    },
    {
      read: (call) => {
        lastAsked.set(tenantOf(call), call.id);
        return reads(view)(call);
      },
      list: (call) => ({
        items: call.rows.of(tenantOf(call)).map(view),
        lastAsked: lastAsked.get(tenantOf(call)) ?? null,
      }),
    },
  ),
  answering(
    'drafts-of-the-caller',
    {
      looksLike: 'texts that an attacker sent to a foreign object turn up in a list',
      isSafeBecause: 'they are the attacker’s own drafts',
    },
    {
      list: (call) => ({ items: call.rows.of(tenantOf(call)).map(view) }),
      update: (call) => {
        const row = ownRow(call);
        if (row === undefined) {
          call.rows.insert(tenantOf(call), { title: textOf(call.input['title']), note: 'draft' });
          return notFound(call);
        }
        if (typeof call.input['title'] === 'string') row.fields['title'] = call.input['title'];
        return view(row);
      },
    },
  ),
  answering(
    'same-object-in-every-tenant',
    {
      looksLike: 'both tenants read an object with the same id and the same text',
      isSafeBecause: 'every tenant gets its own copy of the manual',
    },
    {
      list: (call) => ({
        items: [
          { id: 'manual', title: 'How to begin', note: 'Read this' },
          ...call.rows.of(tenantOf(call)).map(view),
        ],
      }),
      read: (call) =>
        call.id === 'manual' ? { id: 'manual', title: 'How to begin', note: 'Read this' } : reads(view)(call),
    },
  ),
];
