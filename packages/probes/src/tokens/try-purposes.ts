import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { jsonScalars } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import { bearerHeader, headerCredential } from '../session/header-credential.ts';
import type { Credential, LoginResult } from '../session/sessions.ts';
import type { Answer } from '../transport/transport.ts';
import { refreshReproduction } from './refresh-reproduction.ts';
import { tradeRefresh } from './trade-refresh.ts';

type Purpose = EvidenceMap['tokenLife']['purposes'][number];

const probe = 'lifecycle/token-life';

/** Uses each token that a login gives out where another one belongs. */
export async function tryPurposes(
  context: ProbeContext,
  login: Extract<LoginResult, { kind: 'in' }>,
  answers: readonly Answer[],
): Promise<readonly Purpose[] | { readonly because: string }> {
  const { sessions } = context;
  const { credential, refresh } = login;
  const { actor } = credential;
  const access = tokenOf(credential, context.target.api);
  const identity = answers
    .flatMap((answer) => jsonScalars(answer.json()))
    .find(
      ({ key, value }) => /^id_?token$/i.test(key) && typeof value === 'string' && value !== access,
    )?.value;
  const trials: Purpose[] = [];
  const { url } = await watchAlive(context, credential, probe);
  const [line] = credential.kind === 'cookie' ? [] : credential.headers('');
  const carrier = [line?.[0] ?? 'authorization', line ? (/^(\w+ )\S+$/.exec(line[1])?.[1] ?? '') : 'Bearer '];
  const shownAgain = (token: string, usedAs: string): Purpose['reproduce'] => {
    if (refresh === undefined || url === null || token === 'identity') return null;
    const asAccess = `const [name9, prefix9] = ${JSON.stringify(carrier)};
if (await alive([[name9, prefix9 + first]])) there('the refresh token is taken for an access token');
gone('the refresh token is refused where the access token belongs');`;
    const asRefresh = `const line9 = (await logIn())[0] ?? cannotTell('the login gives no token');
if (await opens(await trade(line9[1].replace(/^\\w+ /, '')))) there('the access token is taken for a refresh token');
gone('the access token is refused where the refresh token belongs');`;
    return refreshReproduction(
      context,
      { credential, refresh, aliveUrl: url },
      {
        does: [`Logs in and uses the ${token} token where the ${usedAs} token belongs.`],
        body: usedAs === 'access' ? asAccess : asRefresh,
      },
    );
  };
  const note = (
    token: string,
    usedAs: string,
    seen: {
      readonly verdict: Purpose['verdict'];
      readonly exchanges: readonly ExchangeId[];
      readonly said?: string;
    },
  ): void => {
    const what = `the ${token} token of ${actor} as ${usedAs} token`;
    trials.push({
      actor,
      token,
      usedAs,
      verdict: seen.verdict,
      because:
        seen.verdict === 'accepted'
          ? `${what} was accepted`
          : seen.verdict === 'refused'
            ? `${what} was refused`
            : `${what} gave no answer that decides: ${seen.said ?? ''}`,
      exchanges: seen.exchanges,
      reproduce:
        seen.verdict === 'accepted'
          ? (shownAgain(token, usedAs) ?? {
              curl:
                usedAs === 'access'
                  ? `curl -i "$BASE_URL/" -H "authorization: Bearer \${${token.toUpperCase()}_TOKEN}" # at any private route`
                  : 'curl -i -X POST "$BASE_URL" # the refresh request with the access token in it',
              script: scriptByHand(`log in and use the ${token} token where the ${usedAs} token belongs`),
            })
          : null,
    });
  };
  const asAccess = async (token: string, value: string): Promise<void> => {
    context.transport.addSecret(value);
    const seen = await sessions.isAlive(headerLike(credential, value), probe);
    const exchanges = seen.exchange === null ? [] : [seen.exchange];
    if (seen.unsure !== null)
      return note(token, 'access', { verdict: 'inconclusive', exchanges, said: seen.unsure });
    if (!seen.alive) return note(token, 'access', { verdict: 'refused', exchanges });
    const again = await sessions.isAlive(headerLike(credential, value), probe);
    note(token, 'access', {
      verdict: again.alive ? 'accepted' : 'inconclusive',
      exchanges: [...exchanges, ...(again.exchange === null ? [] : [again.exchange])],
      said: 'it worked once only',
    });
  };
  if (refresh !== undefined && refresh.token !== access) await asAccess('refresh', refresh.token);
  if (typeof identity === 'string' && identity !== refresh?.token) await asAccess('identity', identity);
  if (refresh !== undefined && access !== null && access !== refresh.token) {
    const trade = await tradeRefresh(context, refresh, { probe, token: access });
    const control =
      trade.kind === 'refused' ? await tradeRefresh(context, refresh, { probe, unproven: true }) : trade;
    note('access', 'refresh', {
      verdict: trade.kind === 'given' ? 'accepted' : control.kind === 'given' ? 'refused' : 'inconclusive',
      exchanges: [...trade.exchanges, ...control.exchanges],
      said: control.kind === 'given' ? '' : control.because,
    });
  }
  return trials.length === 0 ? { because: 'a login gives out a single token' } : trials;
}

/** The token in the header that carries the session; null for cookies. */
export function tokenOf(credential: Credential, url: string): string | null {
  if (credential.kind === 'cookie') return null;
  const [line] = credential.headers(url);
  return line === undefined ? null : line[1].replace(/^\w+ /, '');
}

/** Another token in the header in which the session travels, or as bearer token beside no cookie. */
function headerLike(credential: Credential, token: string): Credential {
  const [line] = credential.kind === 'cookie' ? [] : credential.headers('');
  if (line === undefined) return headerCredential(credential.actor, token, bearerHeader);
  const prefix = /^(\w+ )\S+$/.exec(line[1])?.[1] ?? '';
  return headerCredential(credential.actor, token, { name: line[0], prefix });
}
