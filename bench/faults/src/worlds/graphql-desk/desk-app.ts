import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { GraphQLError, type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import { createPubSub, createSchema, createYoga, filter, pipe, type Plugin } from 'graphql-yoga';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { cookieValue, SessionTable } from '../session-table.ts';
import { withoutDocument } from '../without-document.ts';
import type { IsOn } from '../world.ts';
import { deskSchema } from './desk-schema.ts';
import { DeskStore, globalId, type Comment, type Ticket } from './desk-store.ts';

interface Caller {
  readonly account: Account | null;
  readonly token: string | undefined;
  readonly address: string;
}
interface Ask {
  readonly request: { readonly headers: { get(name: string): string | null } };
  /** What was said, as the library read it. */
  readonly params?: { readonly variables?: Readonly<Record<string, unknown>> };
  readonly req?: Request;
  readonly res?: Response;
}
type Input = Readonly<Record<string, string>>;
interface Resolving {
  readonly path: { readonly key: string | number };
}

const problem = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const withoutIntrospection: Plugin = {
  onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule),
};

const longest = { subject: 120, details: 2000 } as const;

function checkLengths(given: { readonly subject?: string | null; readonly details?: string | null }): void {
  for (const [name, limit] of Object.entries(longest)) {
    const value = name === 'subject' ? given.subject : given.details;
    if (typeof value === 'string' && value.length > limit)
      throw problem(`The ${name} is longer than ${limit} characters.`, 'BAD_USER_INPUT');
  }
}

/** The desk over HTTP, and what its subscriptions over WebSockets are made of. */
export interface Desk {
  readonly app: Express;
  readonly schema: GraphQLSchema;
}

/** A help desk that speaks GraphQL alone: bearer tokens from a mutation, Relay ids, tickets with comments. */
export function createDesk(
  accounts: readonly Account[],
  isOn: IsOn,
  /** Where sessions are carried; cookies travel from every site, and the Origin of a request decides. */
  sessionsIn: 'header' | 'cookie' = 'header',
): Desk {
  const store = new DeskStore();
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  const news = createPubSub<{ ticketAdded: [Ticket] }>();

  const callerOf = (ask: Ask): Caller => {
    const token =
      sessionsIn === 'cookie'
        ? cookieValue(ask.request.headers.get('cookie') ?? undefined, 'desk')
        : /^Bearer (.+)$/.exec(ask.request.headers.get('authorization') ?? '')?.[1];
    return { account: sessions.whoIs(token), token, address: ask.req?.ip ?? '' };
  };
  const signedIn = (ask: Ask): Account => {
    const { account } = callerOf(ask);
    if (account === null) throw problem('Sign in first.', 'UNAUTHENTICATED');
    return account;
  };
  /** The ticket, if it is one of the caller's own tenant or a fault says that this does not matter. */
  const ticketFor = (ask: Ask, id: string, fault: string): Ticket | null => {
    const { tenant } = signedIn(ask);
    const found = store.tickets.get(id);
    return found && (found.tenant === tenant || isOn(fault)) ? found : null;
  };

  /** Guards that look at how a ticket is asked for instead of at the ticket. */
  const isOverlooked = (ask: Ask, id: string, key: string | number): boolean =>
    signedIn(ask).email !== '' &&
    ((isOn('desk-guard-reads-variables') && !Object.values(ask.params?.variables ?? {}).includes(id)) ||
      (isOn('desk-guard-reads-field-names') && key !== 'ticket') ||
      (isOn('desk-guard-reads-one-document') && Array.isArray(ask.req?.body)));

  const resolvers = {
    Node: { __resolveType: (one: Ticket | Comment) => ('subject' in one ? 'Ticket' : 'Comment') },
    User: { id: ({ email }: Account) => email },
    Ticket: {
      comments: ({ id }: Ticket) => store.commentsOf(id),
      related: ({ id, tenant }: Ticket) =>
        [...store.tickets.values()]
          .filter((one) => one.id !== id && (one.tenant === tenant || isOn('desk-related-of-all')))
          .slice(-5),
    },
    Comment: {
      ticket: ({ ticketId }: Comment) => store.tickets.get(ticketId),
    },
    Query: {
      me: (_: unknown, _args: Input, ask: Ask) => signedIn(ask),
      ticket: (_: unknown, { id = '' }: Input, ask: Ask, { path }: Resolving) => {
        if (isOn('desk-ticket-without-login')) return store.tickets.get(id) ?? null;
        if (isOverlooked(ask, id, path.key)) return store.tickets.get(id) ?? null;
        const found = ticketFor(ask, id, 'desk-ticket-by-id-alone');
        const foreign = store.tickets.get(id);
        if (!found && foreign && isOn('desk-refusal-quotes-subject'))
          throw problem(`You may not see "${foreign.subject}".`, 'FORBIDDEN');
        return found;
      },
      tickets: (_: unknown, { search }: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        const all = isOn('desk-list-of-all') ? [...store.tickets.values()] : store.ticketsOf(tenant);
        const found = all.filter(
          ({ subject }) => search === undefined || search === null || subject.includes(search),
        );
        return { total: found.length, edges: found.map((node) => ({ cursor: node.id, node })) };
      },
      comment: (_: unknown, { id = '' }: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        const found = store.comments.get(id);
        return found && (found.tenant === tenant || isOn('desk-comment-by-id-alone')) ? found : null;
      },
      comments: (_: unknown, { ticketId = '' }: Input, ask: Ask) => {
        const ticket = ticketFor(ask, ticketId, 'desk-comments-of-any-ticket');
        if (!ticket) throw problem('There is no such ticket.', 'NOT_FOUND');
        return store.commentsOf(ticket.id);
      },
      node: (_: unknown, { id = '' }: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        const found = store.tickets.get(id) ?? store.comments.get(id);
        return found && (found.tenant === tenant || isOn('desk-node-unguarded')) ? found : null;
      },
      recentSubjects: (_: unknown, _args: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        const all = isOn('desk-subjects-of-all') ? [...store.tickets.values()] : store.ticketsOf(tenant);
        return all.slice(-20).map(({ subject }) => subject);
      },
    },
    Subscription: {
      ticketAdded: {
        subscribe: (_: unknown, _args: Input, ask: Ask) => {
          const { tenant } = isOn('desk-news-for-nobody') ? { tenant: '' } : signedIn(ask);
          const isTheirs = (one: Ticket): boolean =>
            one.tenant === tenant || isOn('desk-news-of-all') || isOn('desk-news-for-nobody');
          return pipe(news.subscribe('ticketAdded'), filter(isTheirs));
        },
        resolve: (one: Ticket) => one,
      },
    },
    Mutation: {
      login: (_: unknown, { email = '', password = '' }: Input, ask: Ask) => {
        const { address } = callerOf(ask);
        if (guard.waits(email, address) > 0) throw problem('Too many attempts.', 'TOO_MANY_REQUESTS');
        const account = accounts.find((one) => one.email === email && one.password === password);
        if (!account) {
          guard.failed(email, address);
          throw problem('Wrong email or password.', 'UNAUTHENTICATED');
        }
        guard.succeeded(email);
        const token = sessions.open(account);
        if (sessionsIn === 'header') return { token, user: account };
        ask.res?.setHeader(
          'set-cookie',
          `desk=${token}; Path=/; HttpOnly; Secure; SameSite=${isOn('desk-any-site-may-send') ? 'None' : 'Lax'}`,
        );
        return { token: '', user: account };
      },
      logout: (_: unknown, _args: Input, ask: Ask) => {
        signedIn(ask);
        if (!isOn('desk-logout-keeps-session')) sessions.end(callerOf(ask).token);
        return true;
      },
      createTicket: (
        _: unknown,
        { input }: { input: Omit<Ticket, 'id' | 'tenant' | 'closed'> },
        ask: Ask,
      ) => {
        const { tenant } = signedIn(ask);
        checkLengths(input);
        const ticket: Ticket = {
          id: globalId('Ticket'),
          tenant,
          subject: input.subject,
          details: input.details ?? null,
          urgent: input.urgent ?? false,
          closed: false,
        };
        store.tickets.set(ticket.id, ticket);
        news.publish('ticketAdded', ticket);
        return { ticket };
      },
      updateTicket: (_: unknown, { input }: { input: Partial<Ticket> & { id: string } }, ask: Ask) => {
        const ticket = ticketFor(ask, input.id, 'desk-update-by-id-alone');
        // Absent and foreign tickets are answered alike: nothing, and no error.
        if (!ticket) return { ticket: null };
        checkLengths(input);
        if (input.subject !== undefined && input.subject !== null) ticket.subject = input.subject;
        if (input.details !== undefined) ticket.details = input.details;
        if (input.urgent !== undefined && input.urgent !== null) ticket.urgent = input.urgent;
        return { ticket };
      },
      deleteTicket: (_: unknown, { id = '' }: Input, ask: Ask) => {
        const ticket = ticketFor(ask, id, 'desk-delete-by-id-alone');
        // True whatever happened: who deletes wants it gone.
        if (ticket) store.tickets.delete(ticket.id);
        return true;
      },
      closeTicket: (_: unknown, { id = '' }: Input, ask: Ask) => {
        const ticket = ticketFor(ask, id, 'desk-close-by-id-alone');
        if (!ticket) throw problem('There is no such ticket.', 'NOT_FOUND');
        ticket.closed = true;
        return ticket;
      },
      addComment: (_: unknown, { ticketId = '', text = '' }: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        checkLengths({ details: text });
        const ticket = ticketFor(ask, ticketId, 'desk-comment-on-foreign-ticket');
        if (!ticket) throw problem('There is no such ticket.', 'NOT_FOUND');
        const comment: Comment = { id: globalId('Comment'), tenant, ticketId: ticket.id, text };
        store.comments.set(comment.id, comment);
        return comment;
      },
      deleteComment: (_: unknown, { id = '' }: Input, ask: Ask) => {
        const { tenant } = signedIn(ask);
        const found = store.comments.get(id);
        if (!found || (found.tenant !== tenant && !isOn('desk-delete-comment-by-id-alone')))
          throw problem('There is no such comment.', 'NOT_FOUND');
        store.comments.delete(id);
        return true;
      },
    },
  };

  const schema = createSchema({ typeDefs: deskSchema, resolvers });
  const yoga = createYoga({
    schema,
    graphiql: false,
    // The library allows every origin with credentials when nothing is said.
    ...(isOn('desk-origins-of-the-library') ? {} : { cors: false }),
    landingPage: false,
    logging: false,
    maskedErrors: true,
    batching: true,
    plugins: isOn(withoutDocument) ? [withoutIntrospection] : [],
  });
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    next();
  });
  app.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('html')
      .send('<!doctype html><title>Desk</title><p>Sign in.</p>');
  });
  app.use('/graphql', (request, response, next) => {
    const { origin } = request.headers;
    const isOwn = origin === undefined || origin === `http://${request.headers.host}`;
    if (sessionsIn === 'header' || isOwn || isOn('desk-any-site-may-send')) return next();
    response.status(403).json({ errors: [{ message: 'not from here', extensions: { code: 'FORBIDDEN' } }] });
  });
  app.use('/graphql', express.json(), yoga);
  app.use(((error: { readonly status?: number }, _request, response, _next) => {
    response.status(error.status ?? 500).json({ errors: [{ message: 'the request could not be read' }] });
  }) satisfies ErrorRequestHandler);
  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  return { app, schema };
}
