import type { FastifyRequest } from 'fastify';
import type { Account } from './store.ts';
import type { SignIn } from './trap-server.ts';

/** Sessions of a trap server, by the token that a request carries. */
export interface TokenStore {
  open(token: string, account: Account): void;
  whoIs(request: FastifyRequest): Account | null;
  end(request: FastifyRequest): void;
  /** Whether the token of this request was good once and was logged out. */
  hasEnded(request: FastifyRequest): boolean;
}

export function createTokenStore(signIn: SignIn): TokenStore {
  const sessions = new Map<string, { readonly account: Account; readonly startedAt: number }>();
  const ended = new Set<string>();
  const tokenIn = (request: FastifyRequest): string =>
    (signIn.by === 'bearer'
      ? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      : /(?:^|; ?)trap_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]) ?? '';
  return {
    open: (token, account) => void sessions.set(token, { account, startedAt: Date.now() }),
    whoIs: (request) => {
      const session = sessions.get(tokenIn(request));
      if (session === undefined) return null;
      return Date.now() - session.startedAt > signIn.tokenSeconds * 1000 ? null : session.account;
    },
    end: (request) => {
      const token = tokenIn(request);
      if (sessions.delete(token)) ended.add(token);
    },
    hasEnded: (request) => ended.has(tokenIn(request)),
  };
}
