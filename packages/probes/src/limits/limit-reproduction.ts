import type { ActorId, EvidenceMap, Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { passwordVariable, usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { loginPlan } from './login-plan.ts';
import type { LoginSender } from './login-sender.ts';

type Series = EvidenceMap['rateLimits']['routes'][number]['series'];

/**
 * Guesses again, for made-up accounts at the throw-away's domain and at most 40 times. Applications that count for accounts
 * that exist only would never stop such guesses, so that a part of them goes to the throw-away account itself.
 */
export function limitReproduction(
  { target }: Pick<ProbeContext, 'target'>,
  sender: LoginSender,
  actor: ActorId,
  series: Series,
): Reproduction {
  const { origin, page, session, login } = loginPlan(target, sender);
  const [username, password] = [usernameVariable(actor), passwordVariable(actor)];
  const variables = {
    username: series === 'one-account' ? 'MADE_UP_USERNAME' : 'ANOTHER_USERNAME_EACH_TIME',
  };
  return {
    curl: `for attempt in $(seq 12); do ${curlLine(login, { variables: { ...variables, password: 'WRONG_PASSWORD' } })} -s -o /dev/null -w '%{http_code}\\n'; done`,
    script: reproductionScriptOf({
      does: [
        series === 'one-account'
          ? 'Tries wrong passwords for one made-up account, and then for the throw-away account, until they are stopped.'
          : 'Tries wrong passwords for many made-up accounts until they are stopped.',
        'Never more than 40 attempts. Afterwards the throw-away account, or this address, may be locked out for a while.',
        ...(series === 'one-account'
          ? ['ALLOWED says how many attempts may be let through (10, at most 16).']
          : []),
      ],
      needs: [
        [username, `account name of the throw-away account ${actor}`],
        [password, 'its password, for the control'],
      ],
      plan: {
        origin,
        ...(page === origin ? {} : { page }),
        session,
        nameFrom: username,
        wordFrom: password,
        series,
      },
      uses: [sessionKit],
      body: `
const name = env(plan.nameFrom);
const domain = name.includes('@') ? name.slice(name.lastIndexOf('@')) : '';
const looks = (answer) => [answer.status, answer.headers.get('location') ?? '', answer.cookies.length > 0, Object.keys(answer.json ?? {}).sort().join()].join(' ');
const right = () => logInAs(name, env(plan.wordFrom));
const control = await right();
if (control.status >= 400) cannotTell('the right password is answered ' + control.status);
const allowed = Math.min(16, Number(process.env.ALLOWED ?? 10));
/** How many of these wrong passwords were let through; null when all were. */
const series = async (most, account) => {
  let usual = null;
  let different = null;
  for (let attempt = 0; attempt < most; attempt += 1) {
    const answer = await logInAs(account(), 'Wrong-' + fresh() + '-7Q');
    if (answer.status === 429) return attempt;
    if (answer.status >= 500 && answer.status !== 503) cannotTell('a wrong password is answered ' + answer.status);
    usual ??= answer;
    if (looks(usual) === looks(control)) cannotTell('a wrong password is answered like the right one');
    if (answer.status === usual.status) different = null;
    else if (different === answer.status) return attempt - 1;
    else different = answer.status;
  }
  return null;
};
const madeUp = () => 'lr-' + fresh() + domain;
if (plan.series === 'many-accounts') {
  const stopped = await series(39, madeUp);
  stopped === null ? there('39 wrong passwords for as many accounts were never stopped') : gone('stopped after ' + stopped + ' wrong passwords');
}
const one = madeUp();
const first = await series(allowed + 3, () => one);
if (first !== null && first <= allowed) gone('stopped after ' + first + ' wrong passwords');
const second = await series(allowed + 3, () => name);
if (second !== null && second <= allowed) gone('stopped after ' + second + ' wrong passwords');
if (second === null && looks(await right()) !== looks(control)) gone('after ' + (allowed + 3) + ' wrong passwords the right one is refused too');
there('more than ' + allowed + ' wrong passwords for one account are let through');`,
    }),
  };
}
