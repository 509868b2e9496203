import type { ActorId, Reproduction } from '@launch-ready/core';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import type { Call } from './courier.ts';

/** Names of fields that hold what a company tells nobody else. */
export const privateField =
  /mail|phone|mobile|address|street|tax|vat|iban|bank|billing|invoice|card|customer|secret|api_?key|token|webhook|contact|amount|balance|ip$/i;

/** Shows again that an answer holds what only the owner's own answer should: account names and private fields. */
export function tenantReproduction(plan: {
  readonly attack: Call;
  readonly attacker: ActorId;
  /** How the owner is shown the same. */
  readonly ownerCall: Call;
  readonly owner: ActorId;
  /** What the attacker is shown of its own side. */
  readonly homeCall: Call;
  /** The fault is that the answer is the owner's as a whole, not that single private fields stand in it. */
  readonly isWhole: boolean;
}): Reproduction {
  const attacker = credentialVariable(plan.attacker);
  const owner = credentialVariable(plan.owner);
  const at = ({ url, headers }: Call) => {
    const { pathname, search } = new URL(url);
    return { path: pathname + search, headers: Object.fromEntries(headers) };
  };
  const attack = at(plan.attack);
  const isHome = plan.attack.url === plan.homeCall.url;
  const steps = { attack, owner: at(plan.ownerCall), home: isHome ? null : at(plan.homeCall) };
  const headers = Object.entries(attack.headers).map(([name, value]) => ` -H "${name}: ${value}"`);
  return {
    curl: `curl -i "$BASE_URL${attack.path}" -H "$${attacker}"${headers.join('')}`,
    script: `// Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell.
// Needs Node 20 or newer and these environment variables, each a whole request header line such as
// 'cookie: <name and value>' or 'authorization: Bearer ...' (several lines for several headers):
//   ${attacker}, ${owner}
// BASE_URL replaces the address. EXTRA_HEADERS adds header lines.
const steps = ${JSON.stringify(steps, null, 1)};
const base = (process.env.BASE_URL ?? ${JSON.stringify(plan.attack.operation.origin)}).replace(/\\/$/, '');
const privateField = ${String(privateField)};
const lines = (text) => (text ?? '').split('\\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
const stop = (code, why) => { console.log(why); process.exit(code); };
const get = async (step, as) => {
  if (!process.env[as]) stop(2, 'cannot tell: set ' + as);
  const headers = new Headers(lines(process.env.EXTRA_HEADERS));
  for (const [name, value] of [...lines(process.env[as]), ...Object.entries(step.headers)]) headers.append(name, value);
  const answer = await fetch(base + step.path, { headers, redirect: 'manual' }).catch((error) => stop(2, 'cannot tell: ' + error.message));
  return { status: answer.status, ok: answer.ok, text: (await answer.text()).toLowerCase() };
};
const leaves = (value, key = '') =>
  typeof value === 'string' ? (value.length >= 6 && (privateField.test(key) || value.includes('@')) ? [value] : [])
  : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, Array.isArray(value) ? key : name))
  : [];
const owner = await get(steps.owner, '${owner}');
const isWhole = ${String(plan.isWhole)};
let marks = [];
try { marks = isWhole ? [owner.text] : leaves(JSON.parse(owner.text)); } catch {}
if (!owner.ok || marks.length === 0) stop(2, 'cannot tell: the owner was answered ' + owner.status + ' with nothing private in it');
const attack = await get(steps.attack, '${attacker}');
const home = steps.home ? await get(steps.home, '${attacker}') : null;
if (home && !home.ok) stop(2, 'cannot tell: the credential in ${attacker} was answered ' + home.status + ' at home');
const seen = marks.filter((mark) => attack.text.includes(mark) && !home?.text.includes(mark));
if (seen.length > 0) stop(1, 'still there: the attack was answered ' + attack.status + ' with ' + seen.length + ' private values of the other tenant');
if (attack.status >= 500 || attack.status === 429 || (attack.status === 401 && !home)) stop(2, 'cannot tell: the attack was answered ' + attack.status);
stop(0, 'gone: the attack was answered ' + attack.status + ' with nothing of the other tenant');
`,
  };
}
