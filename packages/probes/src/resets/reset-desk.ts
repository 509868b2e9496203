import type { ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { tokenInAnswer } from '../invites/invite-token.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';
import { unlessGuarded, type KeptBack } from '../lifecycle/unless-guarded.ts';
import type { ReceivedMail } from '../mail/inbox.ts';
import type { ProbeContext } from '../probe.ts';
import type { RequestToShow } from '../reproduction/request-template.ts';
import type { SessionRequest } from '../session/sessions.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import type { ResetRequest, ResetRoutes } from './reset-routes.ts';
import { resetInMail } from './reset-token.ts';

const probe = 'resets/reset-replay';
const mailWaitMs = 10_000;

/** What came of asking for a reset. */
export interface Asked {
  readonly answer: Answer | null;
  /** Why there is no token; null when there is one. */
  readonly because: string | null;
  readonly token: string | null;
  readonly link: string | null;
  readonly mail: ReceivedMail | null;
  readonly inAnswer: boolean;
  readonly at: Date;
  readonly exchanges: readonly ExchangeId[];
}

/** What came of using a token: whose password it is afterwards decides. */
export interface Used {
  readonly took: boolean | null;
  readonly because: string;
  readonly answer: Answer | null;
  readonly exchanges: readonly ExchangeId[];
}

/** Resets of one throw-away account. */
export interface ResetDesk {
  readonly actor: ActorId;
  readonly address: string;
  readonly original: string;
  /** The password that works now. */
  readonly current: () => string;
  ask(headers?: HeaderList): Promise<Asked>;
  /** The request that sets a password with a token; `account` goes along where the application asks for one. */
  useRequest(token: string, password: string, account?: string): SessionRequest;
  use(token: string, password: string): Promise<Used>;
  /** Whether a password logs in; null when that could not be seen. */
  logsIn(password: string): Promise<boolean | null>;
  /** Takes note that this password works now. */
  isNow(password: string): void;
  /** Requests to show, with placeholders' values. */
  readonly shown: { ask: RequestToShow | null; use: RequestToShow | null };
}

export function resetDesk(
  context: ProbeContext,
  routes: ResetRoutes,
  account: { readonly actor: ActorId; readonly address: string; readonly password: string },
): ResetDesk {
  const { sessions, inbox, clock, transport } = context;
  const { actor, address } = account;
  const known = new Set<string>();
  let current = account.password;
  const shown: ResetDesk['shown'] = { ask: null, use: null };

  const useRequest: ResetDesk['useRequest'] = (token, password, of = address) => {
    const { use } = routes;
    const inPath = routes.token.in === 'path';
    const fields: Record<string, unknown> = {};
    for (const { name, schema, required } of bodyFields(use)) {
      if (!inPath && name === routes.token.name) fields[name] = token;
      else if (routes.passwordFields.includes(name)) fields[name] = password;
      else if (name === routes.accountField) fields[name] = of;
      else if (required && schema['type'] === 'boolean') fields[name] = true;
    }
    const path = inPath ? use.path.replace(`{${routes.token.name}}`, encodeURIComponent(token)) : use.path;
    const body = encodedAs(use, fields);
    return {
      probe,
      purpose: 'set a password with the token of a reset',
      method: use.method,
      url: use.origin + path,
      operation: use,
      effect: { kind: 'session' },
      ...(body === null ? {} : { body }),
    };
  };
  const logsIn: ResetDesk['logsIn'] = async (password) => {
    const login = await sessions.login(actor, password);
    if (login.kind === 'in') return true;
    return /status (429|423|5\d\d)|no answer/.test(login.because) ? null : false;
  };

  return {
    actor,
    address,
    original: account.password,
    current: () => current,
    isNow: (password) => void (current = password),
    shown,
    logsIn,
    useRequest,
    ask: async (headers = []) => {
      const at = clock.now();
      const sent = await askFor(context, routes, address, headers);
      shown.ask = sent.shown;
      const { result } = sent;
      const none = (because: string, answer: Answer | null): Asked => ({
        answer,
        because,
        token: null,
        link: null,
        mail: null,
        inAnswer: false,
        at,
        exchanges: 'exchange' in result ? [result.exchange] : [],
      });
      if (result.kind !== 'answer') return none(`asking for a reset got no answer: ${result.because}`, null);
      const told = tokenInAnswer(result.json());
      const fine = result.status < 400;
      const mail =
        (await inbox?.waitFor(address, {
          since: at,
          timeoutMs: fine && told?.token === undefined ? mailWaitMs : 1000,
          matches: (one) => {
            const found = resetInMail(one);
            return found !== null && !known.has(found.token);
          },
        })) ?? null;
      const mailed = mail === null ? null : resetInMail(mail);
      const token = mailed?.token ?? told?.token ?? null;
      if (token === null)
        return none(
          inbox === null
            ? 'no inbox is given that would receive the mail of a reset'
            : `asking for a reset was answered with ${result.status}, and no mail with a token came`,
          result,
        );
      known.add(token);
      transport.addSecret(token);
      const inAnswer = told?.token != null && (mailed === null || told.token === mailed.token);
      return {
        answer: result,
        because: null,
        token,
        link: mailed?.link ?? null,
        mail,
        inAnswer,
        at,
        exchanges: [result.exchange],
      };
    },
    use: async (token, password) => {
      transport.addSecret(password);
      const request = useRequest(token, password);
      shown.use = request;
      const result = await unlessGuarded(sessions.sendWith(null, 'anonymous', request));
      const exchanges = 'exchange' in result ? [result.exchange] : [];
      const answer = result.kind === 'answer' ? result : null;
      const said = answer === null && 'because' in result ? result.because : `status ${answer?.status ?? 0}`;
      const say = (took: boolean | null, because: string): Used => ({ took, because, answer, exchanges });
      const old = await logsIn(current);
      if (old === true)
        return answer === null || answer.status === 429 || answer.status >= 500
          ? say(null, `using the token was answered with ${said}`)
          : say(false, `using the token was answered with ${said}, and the password stayed as it was`);
      const taken = await logsIn(password);
      if (taken === true) {
        current = password;
        return say(true, `using the token was answered with ${said}, and the new password logs in`);
      }
      return say(
        null,
        `using the token was answered with ${said}, and neither password could be seen to work`,
      );
    },
  };
}

/** The request that asks for a reset of some address. */
export function requestToShow(
  { request, addressField }: ResetRequest,
  address: string,
  headers: HeaderList = [],
): RequestToShow {
  const body = encodedAs(request, { [addressField]: address });
  return { method: request.method, url: request.origin + request.path, headers, body };
}

/** Asks for a reset of some address. */
export async function askFor(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  routes: ResetRequest,
  address: string,
  headers: HeaderList = [],
): Promise<{ readonly result: SendResult | KeptBack; readonly shown: RequestToShow }> {
  const { request } = routes;
  const shown = requestToShow(routes, address, headers);
  const body = shown.body ?? null;
  const result = await unlessGuarded(
    sessions.sendWith(null, 'anonymous', {
      probe,
      purpose: 'ask for a reset of a throw-away or invented account',
      method: request.method,
      url: shown.url,
      headers,
      operation: request,
      effect: { kind: 'session' },
      ...(body === null ? {} : { body }),
    }),
  );
  return { result, shown };
}
