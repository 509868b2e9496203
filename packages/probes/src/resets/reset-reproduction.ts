import type { Reproduction } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { passwordVariable, usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { mailKit, mailNeed } from '../reproduction/mail-kit.ts';
import { logsInItself, ownSession } from '../reproduction/own-session.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { ResetDesk } from './reset-desk.ts';
import { resetCaseScripts, resetScriptKit } from './reset-script.ts';
import type { ResetCase, ResetTrials } from './reset-trials.ts';

const values = { address: 'lr-shown@lr.invalid', token: 'lr-shown-token', password: 'Lr-shown-word' };

/** Repeats a wrong use of a reset for the throw-away account, and gives it its password back. */
export async function resetReproduction(
  { context, routes, change }: Pick<ResetTrials, 'context' | 'routes' | 'change'>,
  desk: ResetDesk,
  which: ResetCase,
): Promise<Reproduction> {
  const { sessions, target } = context;
  const { actor } = desk;
  const { request } = routes;
  const { origin } = request;
  const body = encodedAs(request, { [routes.addressField]: values.address });
  const ask = requestTemplate({ method: request.method, url: origin + request.path, body }, origin, values);
  const use = requestTemplate(desk.useRequest(values.token, values.password, values.address), origin, values);
  const [username, password] = [usernameVariable(actor), passwordVariable(actor)];
  const variables = { address: username, token: 'RESET_TOKEN', password: 'NEW_PASSWORD' };
  const curl = [
    `${curlLine(ask, { variables })} # then take the token out of the mail`,
    curlLine(use, { variables }),
  ].join('\n');
  const byHand = (why: string): Reproduction => ({ curl, script: scriptByHand(why) });
  const statements = resetCaseScripts[which];
  if (statements === undefined) return byHand('no script can make a reset run out: follow the curl lines');
  if (which === 'after-password-change' && change === null)
    return byHand('no request is known that changes the password');
  const login = await sessions.login(actor, desk.current());
  if (login.kind === 'refused') return byHand('no session of the account could be had to learn from');
  const { url: aliveUrl } = await watchAlive(context, login.credential, 'resets/reset-replay');
  const own = ownSession(context, actor, login.credential, origin);
  if (aliveUrl === null || !logsInItself(own))
    return byHand('the login of the account takes more than its name and password');
  const other = target.tenants
    .map((tenant) => sessions.throwaway(tenant))
    .find((one) => one !== null && one !== actor);
  const victim = which === 'wrong-account' && other !== undefined ? other : null;
  const page = new URL(target.app).origin;
  return {
    curl,
    script: reproductionScriptOf({
      does: [
        `Asks for resets of the throw-away account ${actor}: ${statements.does}`,
        'Gives the account its password back. Never give it another account than a throw-away one.',
      ],
      needs: [
        ...own.needs,
        ...(victim === null
          ? []
          : [
              [usernameVariable(victim), `account name of the throw-away account ${victim}`] as const,
              [passwordVariable(victim), 'its password'] as const,
            ]),
      ],
      may: [mailNeed],
      plan: {
        origin,
        ...(page === origin ? {} : { page }),
        session: own.plan,
        alive: requestTemplate({ method: 'GET', url: aliveUrl }, origin),
        nameFrom: username,
        wordFrom: password,
        victim:
          victim === null ? null : { nameFrom: usernameVariable(victim), wordFrom: passwordVariable(victim) },
        ask,
        use,
        ...(change === null ? {} : { change: changeRequest(change, origin) }),
      },
      uses: [sessionKit, mailKit, resetScriptKit],
      body: `try {\n${statements.body.trim()}\n} finally {\n  await putBack();\n}`,
    }),
  };
}

function changeRequest(change: NonNullable<ResetTrials['change']>, origin: string) {
  const { operation, currentField, newField, repeatFields } = change;
  const named = { old: 'Lr-shown-old', new: 'Lr-shown-new' };
  const body = encodedAs(operation, {
    [currentField]: named.old,
    [newField]: named.new,
    ...Object.fromEntries(repeatFields.map((name) => [name, named.new])),
  });
  return requestTemplate({ method: operation.method, url: origin + operation.path, body }, origin, named);
}
