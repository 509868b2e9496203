import { randomBytes } from 'node:crypto';
import { communityDocument } from './community-document.ts';
import { startLoopbackServer, type LoopbackServer } from './loopback-server.ts';

/** What this small community does wrong, or does right in a way that looks wrong. */
export interface CommunityTraits {
  readonly auth?: 'cookie' | 'bearer';
  readonly cookieFlags?: string;
  readonly logoutKeepsSession?: boolean;
  /** The login gives out a token beside the cookie; logging out and a new password end it, or the cookie alone. */
  readonly tokenBesideCookie?: 'ends' | 'lives';
  /** Logging out is answered with an error inside a 200, or with the shell of a single page, and ends nothing. */
  readonly logoutAnswers?: 'error' | 'page';
  readonly passwordKeepsSessions?: boolean;
  /** Answers 204 to a password change and keeps the old password. */
  readonly passwordNotChanged?: boolean;
  readonly passwordOnlyOnce?: boolean;
  readonly inviteReusable?: boolean;
  readonly inviteForAnybody?: boolean;
  readonly revokedInviteWorks?: boolean;
  readonly getConsumesInvite?: boolean;
  readonly getAcceptsInvite?: boolean;
  readonly inviteHours?: number;
  /** Refusals are answered with 200 and `{ "success": false }`. */
  readonly refusesWith200?: boolean;
  /** Refuses reads in the name of any origin with 403. */
  readonly refusesOrigins?: boolean;
  /** The login sends wrong and right passwords to the same place and says nothing else. */
  readonly mumblingLogin?: boolean;
  /** After this many wrong passwords every login fails with 500. */
  readonly loginBreaksAfter?: number;
  readonly cors?: (origin: string) => Readonly<Record<string, string>>;
  readonly acceptsForms?: boolean;
  readonly acceptsTextPlain?: boolean;
  readonly writesByGet?: boolean;
  readonly checksOrigin?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly loginLimit?: {
    readonly attempts: number;
    readonly status: number;
    /**
     * What it counts. `first-claimed` and `last-claimed`: an entry of X-Forwarded-For; `real-ip`: X-Real-IP; `name-as-written`:
     * the account as it is spelled, though it is looked up in any spelling.
     */
    readonly by: 'account' | 'address' | 'first-claimed' | 'last-claimed' | 'real-ip' | 'name-as-written';
    readonly seconds: number | null;
    readonly silent?: boolean;
    readonly stopsEverybody?: boolean;
    readonly neverEnds?: boolean;
  };
  readonly noValidation?: boolean;
  readonly crashesOnWrongType?: boolean;
  readonly dropsConnectionOnNul?: boolean;
  readonly tellsTrace?: boolean;
  readonly tellsHarmlessText?: boolean;
  readonly bodyLimit?: number;
}

interface User {
  readonly id: string;
  readonly email: string;
  password: string;
  readonly created: number;
}
interface Invite {
  readonly id: string;
  readonly org: string;
  readonly email: string;
  readonly token: string;
  used: boolean;
  revoked: boolean;
}
interface Post {
  readonly id: string;
  readonly org: string;
  readonly author: string;
  title: unknown;
  text: unknown;
  pinned: unknown;
}

export interface Community extends LoopbackServer {
  /** Moves the application's clock. */
  advance(milliseconds: number): void;
  readonly posts: readonly { readonly title: unknown }[];
  readonly members: (org: string) => readonly string[];
  passwordOf(email: string): string | undefined;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const orgOf = (email: string): string => (email.endsWith('@north.test') ? 'north' : 'south');
const newId = (): string => randomBytes(12).toString('hex');

/** Starts a small community with two organisations and four accounts beside two throw-aways, for tests. */
export async function startCommunity(traits: CommunityTraits = {}): Promise<Community> {
  const accounts = [
    'ada@north.test',
    'bo@north.test',
    'thea@north.test',
    'cy@south.test',
    'di@south.test',
    'theo@south.test',
  ];
  const users: User[] = accounts.map((email) => ({
    id: newId(),
    email,
    password: `Secret-${email}`,
    created: 0,
  }));
  const members = new Map<string, { id: string; org: string; user: User; role: string }>();
  for (const user of users)
    members.set(newId(), {
      id: newId(),
      org: orgOf(user.email),
      user,
      role: /^(ada|cy)/.test(user.email) ? 'admin' : 'member',
    });
  const sessions = new Map<string, User>();
  const invites: Invite[] = [];
  let posts: Post[] = [];
  let now = 0;
  let passwordChanges = 0;
  const failures = new Map<string, number[]>();

  const handle = (...[request, response]: Parameters<Parameters<typeof startLoopbackServer>[0]>): void => {
    const url = new URL(request.url ?? '/', 'http://community.test');
    const reply = (
      status: number,
      value: unknown,
      headers: Readonly<Record<string, string | string[]>> = {},
    ): void => {
      const cors = request.headers.origin === undefined ? {} : (traits.cors?.(request.headers.origin) ?? {});
      const base = {
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        ...traits.headers,
      };
      response.writeHead(status, { ...base, ...cors, ...headers });
      response.end(value === undefined || request.method === 'HEAD' ? undefined : JSON.stringify(value));
    };
    const cookies = new Map(
      (request.headers.cookie ?? '').split('; ').map((pair) => [pair.split('=')[0], pair.split('=')[1]]),
    );
    const shownToken = request.headers.authorization?.replace('Bearer ', '');
    const token =
      traits.auth === 'bearer' || (traits.tokenBesideCookie && shownToken !== undefined)
        ? shownToken
        : cookies.get('sid');
    const user = sessions.get(token ?? '');
    const me = (): User => {
      if (!user) throw new Refusal(401, 'sign in first');
      return user;
    };
    const membership = (org: string) => {
      const one = [...members.values()].find((member) => member.org === org && member.user === me());
      if (!one) throw new Refusal(404, 'not found');
      return one;
    };
    const body = (): Record<string, unknown> => {
      const type = request.headers['content-type'] ?? '';
      if (traits.bodyLimit !== undefined && request.body.length > traits.bodyLimit)
        throw new Refusal(413, 'too large');
      if (traits.acceptsForms && type.includes('urlencoded'))
        return Object.fromEntries(new URLSearchParams(request.body));
      if (!type.includes('json') && !(traits.acceptsTextPlain && type.startsWith('text/plain')))
        throw new Refusal(415, 'send JSON');
      try {
        const parsed: unknown = JSON.parse(request.body);
        if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
      } catch {
        if (traits.tellsTrace) throw new Error('broken');
      }
      throw new Refusal(
        400,
        traits.tellsHarmlessText
          ? 'the call stack of duties at /account/help.html is full; see at line 3'
          : 'no JSON object',
      );
    };
    const guarded = (): void => {
      const site = request.headers['sec-fetch-site'];
      if (traits.checksOrigin !== false && site === 'cross-site')
        throw new Refusal(403, 'cross-site request');
    };

    const logIn = (): void => {
      const { email, password } = body();
      const limit = traits.loginLimit;
      const claimed = String(request.headers['x-forwarded-for'] ?? '').split(',');
      const keys = {
        account: String(email).toLowerCase().trim(),
        address: 'address',
        'first-claimed': claimed[0]?.trim() ?? '',
        'last-claimed': claimed.at(-1)?.trim() ?? '',
        'real-ip': String(request.headers['x-real-ip'] ?? ''),
        'name-as-written': String(email),
      };
      const key = keys[limit?.by ?? 'account'];
      const recent = (failures.get(key) ?? []).filter(
        (at) => limit?.seconds === null || limit?.neverEnds || now - at < (limit?.seconds ?? 60) * 1000,
      );
      if (limit && recent.length >= limit.attempts) {
        if (!limit.silent) {
          return reply(
            limit.status,
            { error: 'slow down' },
            limit.seconds === null || limit.status !== 429 ? {} : { 'retry-after': String(limit.seconds) },
          );
        }
        throw new Refusal(401, 'wrong name or password');
      }
      const sought = limit?.by === 'name-as-written' ? String(email).trim().toLowerCase() : email;
      const found = users.find((one) => one.email === sought && one.password === password);
      const wrong = [...failures.values()].reduce((sum, list) => sum + list.length, 0);
      if (traits.loginBreaksAfter !== undefined && wrong >= traits.loginBreaksAfter && found)
        return reply(500, { error: 'internal error' });
      if (!found && traits.mumblingLogin)
        return reply(
          200,
          { email: 'somebody' },
          { 'set-cookie': ['sid=guest; Path=/', 'theme=dark; Path=/'] },
        );
      if (!found) {
        failures.set(key, [...recent, now]);
        throw new Refusal(401, 'wrong name or password');
      }
      const fresh = randomBytes(18).toString('base64url');
      sessions.set(fresh, found);
      if (traits.tokenBesideCookie) sessions.set(`beside-${fresh}`, found);
      if (traits.auth === 'bearer') return reply(200, { token: fresh });
      const flags = traits.cookieFlags ?? 'Path=/; HttpOnly; Secure; SameSite=Lax';
      return reply(
        200,
        { email: found.email, ...(traits.tokenBesideCookie ? { token: `beside-${fresh}` } : {}) },
        { 'set-cookie': [`sid=${fresh}; ${flags}`, 'theme=dark; Path=/'] },
      );
    };

    const changePassword = (): void => {
      const { currentPassword, newPassword } = body();
      const account = me();
      if (account.password !== currentPassword) throw new Refusal(403, 'wrong password');
      if (typeof newPassword !== 'string' || newPassword.length < 12) throw new Refusal(422, 'too short');
      if (traits.passwordOnlyOnce && passwordChanges > 0) throw new Refusal(429, 'one change a day');
      passwordChanges += 1;
      if (!traits.passwordNotChanged) account.password = newPassword;
      if (!traits.passwordKeepsSessions)
        for (const [key, owner] of sessions) {
          const lives = traits.tokenBesideCookie === 'lives' && key.startsWith('beside-');
          if (owner === account && key !== token && !lives) sessions.delete(key);
        }
      reply(204, undefined);
    };

    const join = (account: User, invite: Invite | undefined): void => {
      const known =
        invite !== undefined &&
        (!invite.revoked || traits.revokedInviteWorks === true) &&
        (!invite.used || traits.inviteReusable === true);
      const bound = traits.inviteForAnybody === true || invite?.email === account.email;
      if (!known || !bound) {
        if (traits.refusesWith200) return reply(200, { success: false, error: 'this invite is not good' });
        throw new Refusal(known ? 403 : 404, 'this invite is not good');
      }
      invite.used = true;
      members.set(newId(), { id: newId(), org: invite.org, user: account, role: 'member' });
      reply(200, { success: true, org: invite.org });
    };

    const check = (given: Record<string, unknown>, partial: boolean): void => {
      if (traits.dropsConnectionOnNul && JSON.stringify(given).includes('\\u0000')) {
        response.destroy();
        throw new Error('gone');
      }
      if (traits.crashesOnWrongType && typeof given['title'] === 'object' && given['title'] !== null) {
        return void String(Object.assign(Object.create(null), {}));
      }
      if (traits.noValidation) return;
      for (const [name, type] of [
        ['title', 'string'],
        ['text', 'string'],
        ['pinned', 'boolean'],
      ] as const) {
        const value = given[name];
        if (value === undefined && (partial || name === 'pinned')) continue;
        if (typeof value !== type) throw new Refusal(422, `${name} must be a ${type}`);
        if (typeof value === 'string' && (value.length > 200 || value.includes('\u0000')))
          throw new Refusal(422, `${name} is not good`);
      }
    };
    const savePost = (org: string, given: Record<string, unknown>): void => {
      const author = membership(org).user.email;
      check(given, false);
      const post = {
        id: newId(),
        org,
        author,
        title: given['title'] ?? null,
        text: given['text'] ?? null,
        pinned: given['pinned'] ?? false,
      };
      posts.push(post);
      reply(201, post);
    };

    const route = (): void => {
      const path = url.pathname;
      const at = `${request.method === 'HEAD' ? 'GET' : request.method} ${path}`;
      const changing = !['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '');
      if (request.method === 'OPTIONS') return reply(204, undefined);
      if (changing) guarded();
      if (traits.refusesOrigins && !changing && request.headers.origin !== undefined)
        throw new Refusal(403, 'this origin is not listed');
      if (at === 'GET /') {
        response.writeHead(200, { 'content-type': 'text/html', ...traits.headers });
        return void response.end('<!doctype html><title>Community</title>');
      }
      if (at === 'GET /openapi.json') return reply(200, communityDocument);
      if (at === 'POST /auth/login') return logIn();
      if (
        traits.loginLimit?.stopsEverybody &&
        [...failures.values()].some((list) => list.length >= (traits.loginLimit?.attempts ?? 0))
      )
        throw new Refusal(429, 'slow down');
      if (at === 'POST /auth/logout') {
        me();
        if (traits.logoutAnswers === 'error') return reply(200, { success: false, error: 'no token' });
        if (traits.logoutAnswers === 'page') {
          response.writeHead(200, { 'content-type': 'text/html' });
          return void response.end('<!doctype html><title>Community</title>');
        }
        if (!traits.logoutKeepsSession && !(traits.tokenBesideCookie === 'lives' && shownToken !== undefined))
          sessions.delete(token ?? '');
        return reply(
          204,
          undefined,
          traits.auth === 'bearer' ? {} : { 'set-cookie': 'sid=; Path=/; Max-Age=0' },
        );
      }
      if (at === 'GET /auth/me') return reply(200, { id: me().id, email: me().email });
      if (at === 'POST /account/password') return changePassword();
      if (at === 'POST /invites/accept') {
        const account = me();
        return join(
          account,
          invites.find((one) => one.token === body()['token']),
        );
      }
      const looked = /^\/invites\/([\w-]+)$/.exec(path);
      if (looked && !changing) {
        const invite = invites.find((one) => one.token === looked[1]);
        if (invite && traits.getConsumesInvite) invite.used = true;
        const invited = users.find((one) => one.email === invite?.email);
        if (invite && invited && traits.getAcceptsInvite && !invite.used) return join(invited, invite);
        return reply(invite ? 200 : 404, { invite: invite ? 'press the button to accept' : 'unknown' });
      }
      const [, org = '', kind = '', id] = /^\/orgs\/(\w+)\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
      const mine = membership(org);
      const admin = (): void => {
        if (mine.role !== 'admin') throw new Refusal(403, 'admins only');
      };
      const list = [...members.values()].filter((one) => one.org === org);
      switch (`${request.method} ${kind}${id === undefined ? '' : ' one'}`) {
        case 'GET members':
          return reply(200, {
            members: list.map((one) => ({ id: one.id, email: one.user.email, role: one.role })),
          });
        case 'DELETE members one': {
          admin();
          for (const [key, one] of members) if (one.org === org && one.id === id) members.delete(key);
          return reply(204, undefined);
        }
        case 'POST invites': {
          admin();
          const invite = {
            id: newId(),
            org,
            email: String(body()['email']),
            token: randomBytes(24).toString('base64url'),
            used: false,
            revoked: false,
          };
          invites.push(invite);
          const expiresAt = new Date(Date.now() + (traits.inviteHours ?? 48) * 3_600_000).toISOString();
          return reply(201, {
            id: invite.id,
            email: invite.email,
            expiresAt,
            url: `http://${request.headers.host}/invites/${invite.token}`,
          });
        }
        case 'DELETE invites one': {
          admin();
          const invite = invites.find((one) => one.id === id && one.org === org && !one.used);
          if (!invite) throw new Refusal(404, 'not found');
          invite.revoked = true;
          return reply(204, undefined);
        }
        case 'GET posts':
          if (traits.writesByGet && url.searchParams.has('title'))
            return savePost(org, { ...Object.fromEntries(url.searchParams), pinned: false });
          return reply(200, { posts: posts.filter((post) => post.org === org) });
        case 'POST posts':
          return savePost(org, body());
      }
      const post = posts.find((one) => one.org === org && one.id === id);
      if (!post || kind !== 'posts') throw new Refusal(404, 'not found');
      if (request.method === 'GET') return reply(200, post);
      if (request.method === 'DELETE') {
        posts = posts.filter((one) => one !== post);
        return reply(204, undefined);
      }
      const given = body();
      check(given, true);
      for (const name of ['title', 'text', 'pinned'] as const) if (name in given) post[name] = given[name];
      return reply(200, post);
    };

    try {
      route();
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      if (error instanceof Refusal) {
        // A server that refuses a large body does not want the rest of it.
        return reply(
          error.status,
          { error: error.message },
          error.status === 413 ? { connection: 'close' } : {},
        );
      }
      reply(500, { error: traits.tellsTrace && error instanceof Error ? error.stack : 'internal error' });
    }
  };

  const server = await startLoopbackServer(handle);
  return {
    ...server,
    advance: (milliseconds) => void (now += milliseconds),
    get posts() {
      return posts;
    },
    members: (org) => [...members.values()].filter((one) => one.org === org).map((one) => one.user.email),
    passwordOf: (email) => users.find((one) => one.email === email)?.password,
  };
}
