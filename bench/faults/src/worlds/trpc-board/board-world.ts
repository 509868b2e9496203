import { fileURLToPath } from 'node:url';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import { withoutDocument } from '../without-document.ts';
import type { World } from '../world.ts';
import { boardApp } from './board-app.ts';
import { boardFaults } from './board-faults.ts';
import { boardJourney } from './board-journey.ts';

const text = { type: 'string' } as const;
const fields = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  properties,
  required,
});
const byId = fields(['id'], { id: text });
const title = { type: 'string', minLength: 1, maxLength: 120 } as const;
const notes = { type: 'string', maxLength: 2000 } as const;

const procedures = {
  'auth.login': { call: 'mutation', input: fields(['email', 'password'], { email: text, password: text }) },
  'auth.me': { call: 'query' },
  'auth.logout': { call: 'mutation' },
  'project.list': { call: 'query' },
  'project.byId': { call: 'query', input: byId },
  'project.create': { call: 'mutation', input: fields(['title'], { title, notes }) },
  'project.update': { call: 'mutation', input: fields(['id'], { id: text, title, notes }) },
  'project.archive': { call: 'mutation', input: byId },
  'project.delete': { call: 'mutation', input: byId },
  'task.byProject': { call: 'query', input: fields(['projectId'], { projectId: text }) },
  'task.byId': { call: 'query', input: byId },
  'task.create': {
    call: 'mutation',
    input: fields(['projectId', 'label'], { projectId: text, label: title }),
  },
  'task.delete': { call: 'mutation', input: byId },
} as const;

/** A board of projects and tasks behind tRPC with superjson: known from the target file, a recording or its source. */
export const boardWorld: World = {
  id: 'trpc-board',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: boardFaults,
  start: async (switches) => {
    const running = await listen(boardApp(twoTenants(), (fault) => switches.has(fault)));
    const trpc = { url: '/trpc', transformer: 'superjson', procedures };
    return switches.has(withoutDocument) ? running : { ...running, target: { trpc } };
  },
  target: { roles: ['admin', 'member'] },
  journey: boardJourney,
  sources: fileURLToPath(new URL('.', import.meta.url)),
};
