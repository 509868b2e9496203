import { serialize } from 'superjson';
import type { Journey, Visitor } from '../journey.ts';
import { textAt } from '../text-at.ts';

const sent = (value: unknown): Readonly<Record<string, unknown>> => ({ ...serialize(value) });
const dataOf = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'result' in json ? json.result : undefined;
const idOf = (json: unknown, name: string): string => {
  const result = dataOf(json);
  const data = typeof result === 'object' && result !== null && 'data' in result ? result.data : undefined;
  return textAt(typeof data === 'object' && data !== null && 'json' in data ? data.json : undefined, name);
};

/** Asks several queries in one request, as the client of tRPC does by itself. */
const batched = (visitor: Visitor, calls: readonly (readonly [string, unknown])[]) => {
  const input = JSON.stringify(
    Object.fromEntries(calls.map(([, value], index) => [index, sent(value)] as const)),
  );
  const names = calls.map(([name]) => name).join(',');
  return visitor.send('GET', `/trpc/${names}?batch=1&input=${encodeURIComponent(input)}`);
};

/** A day at the board. */
export const boardJourney: Journey = {
  async signIn(visitor, { email, password }) {
    const { json } = await visitor.send('POST', '/trpc/auth.login', sent({ email, password }));
    visitor.carry('authorization', `Bearer ${idOf(json, 'token')}`);
  },
  async visit(visitor, { role, tenant }) {
    const named = (name: string): string => `${name} of ${role} in ${tenant}`;
    for (const round of ['spring', 'autumn']) {
      const made = await visitor.send(
        'POST',
        '/trpc/project.create',
        sent({ title: named(round), notes: 'by and by' }),
      );
      const id = idOf(made.json, 'id');
      const task = await visitor.send(
        'POST',
        '/trpc/task.create',
        sent({ projectId: id, label: named('first') }),
      );
      const taskId = idOf(task.json, 'id');
      await batched(visitor, [
        ['auth.me', undefined],
        ['project.list', undefined],
      ]);
      await batched(visitor, [
        ['project.byId', { id }],
        ['task.byProject', { projectId: id }],
        ['task.byId', { id: taskId }],
      ]);
      await visitor.send('POST', '/trpc/project.update', sent({ id, title: named('changed') }));
      await visitor.send('POST', '/trpc/project.archive', sent({ id }));
      await visitor.send('POST', '/trpc/task.delete', sent({ id: taskId }));
      await visitor.send('POST', '/trpc/project.delete', sent({ id }));
    }
  },
};
