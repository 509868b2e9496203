import type { Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import type { ReachedLimit } from './evade-limit.ts';
import { loginPlan } from './login-plan.ts';
import type { LoginSender } from './login-sender.ts';

/** What gets around the limit. */
export type Detour =
  | { readonly header: string; readonly list: boolean }
  /** The account in another spelling: its letters in capitals, with a space behind, or with a plus part. */
  | { readonly spelling: 'upper' | 'space' | 'plus' }
  | { readonly path: string };

/** Reaches the limit with wrong passwords for a made-up account, or for the given one, and gets around it once more. */
export function evasionReproduction(
  { sessions, target }: Pick<ProbeContext, 'sessions' | 'target'>,
  sender: LoginSender,
  limit: Pick<ReachedLimit, 'series'>,
  detour: Detour,
  account: string,
): Reproduction {
  const actor = target.tenants
    .map((tenant) => sessions.throwaway(tenant))
    .find((one) => one !== null && sessions.secretOf(one)?.username === account);
  const variable = usernameVariable(actor ?? 'throwaway');
  const { origin, page, session, login } = loginPlan(target, sender);
  const byHeader = 'header' in detour;
  const value = byHeader && detour.header === 'forwarded' ? 'for=203.0.113.$attempt' : '203.0.113.$attempt';
  const added: [string, string][] = byHeader ? [[detour.header, value]] : [];
  const shown = byHeader
    ? { ...login, headers: [...login.headers, ...added] }
    : { ...login, ...('path' in detour ? { place: detour.path } : {}) };
  return {
    curl: `for attempt in $(seq 12); do ${curlLine(shown, { variables: { username: variable, password: 'WRONG_PASSWORD' } })} -s -o /dev/null -w '%{http_code}\\n'; done`,
    script: reproductionScriptOf({
      does: [
        'Reaches the limit on wrong passwords, and looks whether it can be got around while it holds.',
        'Never more than 100 attempts. Afterwards the account, or this address, may be locked out for a while.',
      ],
      needs: [[variable, 'account name of a throw-away account']],
      plan: {
        origin,
        ...(page === origin ? {} : { page }),
        session,
        nameFrom: variable,
        many: limit.series === 'many-accounts',
        detour,
      },
      uses: [sessionKit],
      body: `
const account = env(plan.nameFrom);
const domain = account.includes('@') ? account.slice(account.lastIndexOf('@')) : '';
const name = () => (plan.many ? 'lr-' + fresh() + domain : account);
const wrong = () => 'Wrong-' + fresh() + '-7Q';
let usual = null;
let limited = null;
for (let attempt = 0; attempt < 40 && limited === null; attempt += 1) {
  const { status } = await logInAs(name(), wrong());
  if (status >= 500 && status !== 503) cannotTell('a wrong password is answered ' + status);
  if (status === 429) limited = status;
  else if (usual === null) usual = status;
  else if (status !== usual) limited = status;
}
if (limited === null) cannotTell('40 wrong passwords were never stopped: there is no limit to get around');
if (usual === null) cannotTell('the very first attempt is stopped already; wait until the limit ends');
const stopped = async (twist, who) => (await logInAs(who, wrong(), twist)).status !== usual;
const spelled = { upper: account.toUpperCase(), space: account + ' ', plus: account.replace(/(?=@[^@]*$)/, '+lr') }[plan.detour.spelling] ?? account;
const written = (address) => (plan.detour.header === 'forwarded' ? 'for=' + address : address);
const made = () => written('203.0.113.' + (1 + Math.floor(Math.random() * 254)));
const client = written('198.51.100.' + (1 + Math.floor(Math.random() * 254)));
const headed = (forged) => ({ headers: [[plan.detour.header, plan.detour.list ? forged + ', ' + client : forged]] });
// A proxy adds the true address behind a made-up one: such a list must be stopped, and another address at its front lift that.
let plain = {};
if (plan.detour.list) {
  plain = headed(made());
  let reached = false;
  for (let attempt = 0; attempt < 40 && !reached; attempt += 1) reached = await stopped(plain, name());
  if (!reached) cannotTell('40 wrong passwords through a proxy were never stopped');
}
const around = () => {
  if (!plan.detour.header) return stopped({ path: plan.detour.path }, spelled);
  let forged = made();
  while (plain.headers && headed(forged).headers[0][1] === plain.headers[0][1]) forged = made();
  return stopped(headed(forged), name());
};
let lifted = 0;
for (const step of plan.detour.header ? 'pvppvvppvp' : 'ppvppvp') {
  if (step === 'p') {
    if (!(await stopped(plain, name()))) cannotTell('the limit ended meanwhile');
  } else if (await around()) {
    if (lifted > 0) cannotTell('it was let through before, then stopped all the same');
    gone('stopped all the same');
  } else lifted += 1;
}
there('the limit is got around, while without that it holds');`,
    }),
  };
}
