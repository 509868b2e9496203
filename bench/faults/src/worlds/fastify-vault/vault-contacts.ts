import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Rows, type Account, type Row } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { refuse } from './vault-sign-in.ts';

const slots = z.object({ contact: z.string() });
const label = z
  .string()
  .min(3)
  .max(80)
  .regex(/^[^\0]*$/);
const contact = z.strictObject({ label, phone: z.string().regex(/^\+[1-9]\d{9,13}$/) });
const change = z.object({ label }).partial();

const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, ...fields });
const textOf = (row: Row, field: string): string => String(row.fields[field]);

/** Sends a mail to an address. */
export type Post = (to: string, subject: string, body: string) => void;

/** Registers contacts, and what is made of them: an export, a report, a book of numbers, and a mail to the admin. */
export function registerContacts(
  server: FastifyInstance,
  callerOf: (request: FastifyRequest) => Account | null,
  isOn: IsOn,
  post: Post,
): void {
  const contacts = new Rows();
  const visible = (tenant: string, everything: string): readonly Row[] =>
    isOn(everything) ? contacts.all : contacts.of(tenant);

  server.get('/api/contacts', async (request, reply) => {
    const caller = callerOf(request);
    return caller === null ? refuse(reply) : { contacts: contacts.of(caller.tenant).map(show) };
  });
  server.post('/api/contacts', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const given = contact.safeParse(request.body);
    if (!given.success)
      return reply.code(400).send({
        statusCode: 400,
        error: 'Bad Request',
        message: given.error.issues.flatMap((issue) => complaint(issue)),
      });
    const row = contacts.insert(caller.tenant, given.data);
    const tenants = isOn('vault-mail-to-all-admins') ? ['north', 'south'] : [caller.tenant];
    for (const tenant of tenants)
      post(`admin@${tenant}.test`, 'A new contact', `${given.data.label} was added by ${caller.email}.`);
    return reply.code(201).send(show(row));
  });
  server.get('/api/contacts/:contact', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const id = slots.parse(request.params).contact;
    const row = contacts.own(caller.tenant, id);
    // Whoever may see it also finds its name in a header; others find what they asked for.
    const told = Buffer.from(row ? textOf(row, 'label') : `no ${id}`).toString('base64');
    reply.header('x-contact', told);
    if (row !== undefined) return show(row);
    const foreign = contacts.any(id);
    if (foreign !== undefined && isOn('vault-header-names-contact'))
      reply.header('x-contact', Buffer.from(`- ${textOf(foreign, 'label')}`).toString('base64'));
    return reply.code(404).send({ error: 'not found' });
  });
  server.patch('/api/contacts/:contact', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = contacts.own(caller.tenant, slots.parse(request.params).contact);
    if (row === undefined) return reply.code(404).send({ error: 'not found' });
    const given = change.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ message: ['label must be a text of 3 to 80'] });
    row.fields = { ...row.fields, ...given.data };
    return show(row);
  });
  server.delete('/api/contacts/:contact', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = contacts.own(caller.tenant, slots.parse(request.params).contact);
    if (row === undefined) return reply.code(404).send({ error: 'not found' });
    row.deleted = true;
    return reply.code(204).send();
  });
  server.get('/api/export', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const rows = visible(caller.tenant, 'vault-export-holds-all');
    const table = ['label,phone', ...rows.map((row) => `${textOf(row, 'label')},${textOf(row, 'phone')}`)];
    return reply.type('application/gzip').send(gzipSync(`${table.join('\n')}\n`));
  });
  server.get('/api/report', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const rows = visible(caller.tenant, 'vault-report-shows-all');
    return reply.type('application/pdf').send(Buffer.from(reportOf(rows.map((row) => textOf(row, 'label')))));
  });
  server.get('/api/phonebook', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const rows = visible(caller.tenant, 'vault-phonebook-of-all');
    return { numbers: rows.map((row) => textOf(row, 'phone')) };
  });
}

/** What is wrong, as class-validator says it. */
function complaint(issue: z.core.$ZodIssue): readonly string[] {
  const field = String(issue.path[0] ?? '');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `property ${key} should not exist`);
  return field === 'phone'
    ? ['phone must match /^\\+[1-9]\\d{9,13}$/ regular expression']
    : ['label must be shorter than or equal to 80 characters', 'label must be a string'];
}

/** One page that shows lines, letter by letter as typesetters do. */
function reportOf(lines: readonly string[]): string {
  const shown = lines.map((line) => `[${[...line].map((one) => `(${one})`).join(' -12 ')}] TJ T*`);
  const stream = `BT /F1 9 Tf 20 180 Td 10 TL\n${shown.join('\n')}\nET`;
  return `%PDF-1.4\n1 0 obj\n<< /Length ${stream.length} >>\nstream\n${stream}\nendstream\nendobj\n%%EOF\n`;
}
