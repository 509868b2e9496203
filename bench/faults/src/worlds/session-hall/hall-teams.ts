import { randomBytes, randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { IsOn } from '../world.ts';
import type { House, Role } from './hall-house.ts';
import { bodyOf, type Visitor, type VisitorOf } from './hall-sign-in.ts';

const line = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/);
const noteBody = z.object({ title: line(120), text: line(2000) });
const roleBody = z.object({ role: z.enum(['admin', 'member']) });
const inviteBody = z.object({ email: z.email().max(254), role: z.enum(['admin', 'member']).optional() });
const acceptBody = z.object({ token: z.string().max(200) });

interface Invite {
  readonly id: string;
  readonly token: string;
  readonly email: string;
  readonly team: string;
  readonly role: Role;
  readonly expiresAt: string;
}
interface Note {
  readonly id: string;
  readonly team: string;
  readonly title: string;
  readonly text: string;
}

/** Registers what teams have: notes, members, invites and a log for administrators. */
export function registerTeams(app: Hono, house: House, visitorOf: VisitorOf, isOn: IsOn): void {
  const notes: Note[] = [];
  const invites = new Map<string, Invite>();
  const absent = (context: Context): Response => context.json({ error: 'not found' }, 404);
  const invalid = (context: Context): Response => context.json({ error: 'invalid' }, 422);
  type Handle = (context: Context, visitor: Visitor, team: string) => Response | Promise<Response>;
  const inside =
    (role: Role, handle: Handle) =>
    (context: Context): Response | Promise<Response> => {
      const visitor = visitorOf(context);
      if (visitor === null) return context.json({ error: 'sign in first' }, 401);
      const team = context.req.param('team') ?? '';
      const own = visitor.roles[team];
      if (own === undefined) return absent(context);
      return role === 'admin' && own !== 'admin'
        ? context.json({ error: 'only for administrators' }, 403)
        : handle(context, visitor, team);
    };
  const param = (context: Context, name: string): string => context.req.param(name) ?? '';

  app.get(
    '/teams/:team/notes',
    inside('member', (context, _, team) =>
      context.json({ notes: notes.filter((note) => note.team === team) }),
    ),
  );
  app.post(
    '/teams/:team/notes',
    inside('member', async (context, _, team) => {
      const given = noteBody.safeParse(await bodyOf(context));
      if (!given.success) return invalid(context);
      const note = { id: randomUUID(), team, ...given.data };
      notes.push(note);
      return context.json(note, 201);
    }),
  );
  const noteOf = (context: Context, team: string): Note | undefined =>
    notes.find((note) => note.team === team && note.id === param(context, 'noteId'));
  app.get(
    '/teams/:team/notes/:noteId',
    inside('member', (context, _, team) => {
      const note = noteOf(context, team);
      return note === undefined ? absent(context) : context.json(note);
    }),
  );
  app.delete(
    '/teams/:team/notes/:noteId',
    inside('member', (context, _, team) => {
      const note = noteOf(context, team);
      if (note === undefined) return absent(context);
      notes.splice(notes.indexOf(note), 1);
      return context.body(null, 204);
    }),
  );
  app.get(
    '/teams/:team/audit',
    inside('admin', (context, _, team) => context.json({ entries: [{ team, what: 'the team was made' }] })),
  );

  app.get(
    '/teams/:team/members',
    inside('member', (context, _, team) => {
      const members = house.team(team);
      const people = house.people.filter(({ id }) => members.has(id));
      return context.json({
        members: people.map(({ id, email, suspended }) => ({
          id,
          email,
          role: members.get(id),
          status: suspended ? 'suspended' : 'active',
        })),
      });
    }),
  );
  const memberOf = (context: Context, team: string): string | null => {
    const id = param(context, 'memberId');
    return house.team(team).has(id) ? id : null;
  };
  app.patch(
    '/teams/:team/members/:memberId',
    inside('admin', async (context, _, team) => {
      const id = memberOf(context, team);
      if (id === null) return absent(context);
      const given = roleBody.safeParse(await bodyOf(context));
      if (!given.success) return invalid(context);
      house.team(team).set(id, given.data.role);
      return context.json({ id, role: given.data.role });
    }),
  );
  app.delete(
    '/teams/:team/members/:memberId',
    inside('admin', (context, _, team) => {
      const id = memberOf(context, team);
      if (id === null) return absent(context);
      house.team(team).delete(id);
      return context.body(null, 204);
    }),
  );
  for (const [word, suspended] of [
    ['suspend', true],
    ['reinstate', false],
  ] as const)
    app.post(
      `/teams/:team/members/:memberId/${word}`,
      inside('admin', (context, _, team) => {
        const person = house.people.find(({ id }) => id === memberOf(context, team));
        if (person === undefined) return absent(context);
        person.suspended = suspended;
        if (isOn('hall-suspended-refresh'))
          for (const login of house.loginsOf(person)) login.endedAt ??= Date.now();
        return context.body(null, 204);
      }),
    );

  app.get(
    '/teams/:team/invites',
    inside('admin', (context, _, team) =>
      context.json({
        invites: [...invites.values()]
          .filter((one) => one.team === team)
          .map(({ id, email, expiresAt }) => ({ id, email, expiresAt })),
      }),
    ),
  );
  app.post(
    '/teams/:team/invites',
    inside(isOn('hall-members-invite-admins') ? 'member' : 'admin', async (context, visitor, team) => {
      const given = inviteBody.safeParse(await bodyOf(context));
      const isWide = given.data?.role === 'admin' && isOn('hall-members-invite-admins');
      if (visitor.roles[team] !== 'admin' && !isWide)
        return context.json({ error: 'only for administrators' }, 403);
      if (!given.success) return invalid(context);
      const invite = {
        id: randomUUID(),
        token: randomBytes(24).toString('hex'),
        email: given.data.email,
        team,
        role: isWide ? ('admin' as const) : ('member' as const),
        expiresAt: new Date(Date.now() + 48 * 3_600_000).toISOString(),
      };
      invites.set(invite.id, invite);
      return context.json(
        { id: invite.id, email: invite.email, token: invite.token, expiresAt: invite.expiresAt },
        201,
      );
    }),
  );
  app.delete(
    '/teams/:team/invites/:inviteId',
    inside('admin', (context, _, team) => {
      const invite = invites.get(param(context, 'inviteId'));
      if (invite?.team !== team) return absent(context);
      invites.delete(invite.id);
      return context.body(null, 204);
    }),
  );
  app.post('/invites/accept', async (context) => {
    const visitor = visitorOf(context);
    if (visitor === null) return context.json({ error: 'sign in first' }, 401);
    const given = acceptBody.safeParse(await bodyOf(context));
    if (!given.success) return invalid(context);
    const invite = [...invites.values()].find(({ token }) => token === given.data.token);
    if (invite === undefined || invite.email !== visitor.person.email) return absent(context);
    invites.delete(invite.id);
    house.team(invite.team).set(visitor.person.id, invite.role);
    return context.json({ team: invite.team });
  });
}
