import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Rows, type Account, type Row } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { refuse } from './vault-sign-in.ts';

const slots = z.object({ file: z.string() });
const upload = z.object({ name: z.string(), type: z.string(), text: z.string() });

/** Registers files: tables of comma separated values and nothing else. */
export function registerFiles(
  server: FastifyInstance,
  callerOf: (request: FastifyRequest) => Account | null,
  isOn: IsOn,
): void {
  const files = new Rows();
  const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, name: fields['name'] });

  server.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, body, done) => {
    const part =
      /filename="(?<name>[^"]+)"\r\ncontent-type: (?<type>[^\r\n]+)\r\n\r\n(?<text>[\s\S]*?)\r\n--/i.exec(
        String(body),
      );
    done(null, part?.groups ?? {});
  });
  server.get('/api/files', async (request, reply) => {
    const caller = callerOf(request);
    return caller === null ? refuse(reply) : { files: files.of(caller.tenant).map(show) };
  });
  server.post('/api/files', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const given = upload.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ errors: { file: ['is required'] } });
    const { name, type, text } = given.data;
    if (type !== 'text/csv' || text.includes('\0'))
      return reply.code(415).send({ error: 'only tables are kept' });
    return reply.code(201).send(show(files.insert(caller.tenant, { name, text })));
  });
  server.get('/api/files/:file', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = files.own(caller.tenant, slots.parse(request.params).file);
    return row === undefined ? reply.code(404).send({ error: 'not found' }) : show(row);
  });
  server.get('/api/files/:file/content', async (request, reply) => {
    const caller = callerOf(request);
    const { file } = slots.parse(request.params);
    if (caller === null && !isOn('vault-content-without-login')) return refuse(reply);
    const isOpen = caller === null || isOn('vault-content-by-id-alone');
    const row = isOpen ? files.any(file) : files.own(caller.tenant, file);
    if (row === undefined) return reply.code(404).send({ error: 'not found' });
    const text = String(row.fields['text']);
    return isOn('vault-content-by-id-alone')
      ? reply.type('text/csv; charset=utf-16le').send(Buffer.from(text, 'utf16le'))
      : reply.type('text/csv').send(text);
  });
  server.delete('/api/files/:file', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = files.own(caller.tenant, slots.parse(request.params).file);
    if (row === undefined) return reply.code(404).send({ error: 'not found' });
    row.deleted = true;
    return reply.code(204).send();
  });
}
