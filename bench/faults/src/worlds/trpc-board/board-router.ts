import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import type { LoginGuard } from '../login-guard.ts';
import type { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';
import type { BoardStore, Project, Task } from './board-store.ts';

/** What a procedure knows of who calls it. */
interface BoardContext {
  readonly account: Account | null;
  readonly token: string | undefined;
  readonly address: string;
}

/** What the procedures work with. */
export interface BoardParts {
  readonly accounts: readonly Account[];
  readonly sessions: SessionTable;
  readonly guard: LoginGuard;
  readonly store: BoardStore;
  readonly isOn: IsOn;
}

const t = initTRPC.context<BoardContext>().create({ transformer: superjson, isDev: false });

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (ctx.account === null) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'sign in first' });
  return next({ ctx: { ...ctx, account: ctx.account } });
});
const missing = (): TRPCError => new TRPCError({ code: 'NOT_FOUND', message: 'there is no such thing' });

/** A board of projects and tasks behind tRPC. */
export function boardRouter({ accounts, sessions, guard, store, isOn }: BoardParts) {
  const projectFor = (account: Account, id: string, fault: string): Project => {
    const found = store.projects.get(id);
    if (!found || (found.tenant !== account.tenant && !isOn(fault))) throw missing();
    return found;
  };
  const taskFor = (account: Account, id: string, fault: string): Task => {
    const found = store.tasks.get(id);
    if (!found || (found.tenant !== account.tenant && !isOn(fault))) throw missing();
    return found;
  };

  const auth = t.router({
    login: t.procedure
      .input(z.object({ email: z.string().max(254), password: z.string().max(200) }))
      .mutation(({ input, ctx }) => {
        const seconds = guard.waits(input.email, ctx.address);
        if (seconds > 0) throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: `wait ${seconds} s` });
        const account = accounts.find((one) => one.email === input.email && one.password === input.password);
        if (!account) {
          guard.failed(input.email, ctx.address);
          throw new TRPCError({ code: 'UNAUTHORIZED', message: 'wrong email or password' });
        }
        guard.succeeded(input.email);
        return { token: sessions.open(account) };
      }),
    me: signedIn.query(({ ctx }) => ({ email: ctx.account.email, tenant: ctx.account.tenant })),
    logout: signedIn.mutation(({ ctx }) => {
      sessions.end(ctx.token);
      return { done: true };
    }),
  });

  const project = t.router({
    list: signedIn.query(({ ctx }) =>
      [...store.projects.values()].filter(
        ({ tenant }) => tenant === ctx.account.tenant || isOn('board-list-of-all'),
      ),
    ),
    byId: signedIn
      .input(z.object({ id: z.string() }))
      .query(({ input, ctx }) => projectFor(ctx.account, input.id, 'board-project-by-id-alone')),
    create: signedIn
      .input(z.object({ title: z.string().min(1).max(120), notes: z.string().max(2000).optional() }))
      .mutation(({ input, ctx }) =>
        store.addProject(ctx.account.tenant, { title: input.title, notes: input.notes ?? null }),
      ),
    update: signedIn
      .input(
        z.object({
          id: z.string(),
          title: z.string().min(1).max(120).optional(),
          notes: z.string().max(2000).optional(),
        }),
      )
      .mutation(({ input, ctx }) => {
        const found = projectFor(ctx.account, input.id, 'board-update-by-id-alone');
        if (input.title !== undefined) found.title = input.title;
        if (input.notes !== undefined) found.notes = input.notes;
        return found;
      }),
    archive: signedIn.input(z.object({ id: z.string() })).mutation(({ input, ctx }) => {
      const found = projectFor(ctx.account, input.id, 'board-archive-by-id-alone');
      found.archived = true;
      return found;
    }),
    delete: signedIn.input(z.object({ id: z.string() })).mutation(({ input, ctx }) => {
      const found = projectFor(ctx.account, input.id, 'board-delete-by-id-alone');
      store.projects.delete(found.id);
      return { deleted: true };
    }),
  });

  const task = t.router({
    byProject: signedIn.input(z.object({ projectId: z.string() })).query(({ input, ctx }) => {
      projectFor(ctx.account, input.projectId, 'board-tasks-of-any-project');
      return [...store.tasks.values()].filter(({ projectId }) => projectId === input.projectId);
    }),
    byId: signedIn
      .input(z.object({ id: z.string() }))
      .query(({ input, ctx }) => taskFor(ctx.account, input.id, 'board-task-by-id-alone')),
    create: signedIn
      .input(z.object({ projectId: z.string(), label: z.string().min(1).max(120) }))
      .mutation(({ input, ctx }) => {
        const found = projectFor(ctx.account, input.projectId, 'board-task-in-foreign-project');
        return store.addTask(
          isOn('board-task-in-foreign-project') ? found.tenant : ctx.account.tenant,
          found.id,
          input.label,
        );
      }),
    delete: signedIn.input(z.object({ id: z.string() })).mutation(({ input, ctx }) => {
      store.tasks.delete(taskFor(ctx.account, input.id, 'board-task-deleted-by-id-alone').id);
      return { deleted: true };
    }),
  });

  return t.router({ auth, project, task });
}
