import type { ActorId, Reproduction } from '@launch-ready/core';
import { usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate, type RequestToShow } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';

const common = `
const known = env(plan.nameIn);
const mark = known.lastIndexOf('@');
const stranger = () => fresh() + (mark < 0 ? '' : known.slice(mark));
const ask = (address) => send(plan.ask, { address, password: fresh() + '-Q7' });`;

const byAnswer = `${common}
const face = async (name) => {
  const answer = await ask(name);
  if (overloaded(answer)) cannotTell('it is answered ' + answer.status);
  const text = [name, name.split('@')[0]].reduce((made, one) => made.replaceAll(one, '#'), answer.text);
  const place = (answer.headers.get('location') ?? '').replaceAll(encodeURIComponent(name), '#').replaceAll(name, '#');
  const cookies = answer.cookies.map((one) => one.split('=')[0]).sort().join();
  return [answer.status, place, cookies, text.replace(/[\\w-]{20,}/g, '#').replace(/\\d+/g, '#')].join(' ');
};
const [a, b] = [await face(known), await face(known)];
const [c, d] = [await face(stranger()), await face(stranger())];
if (a !== b || c !== d) cannotTell('answers differ from request to request');
if (a === c) gone('an account that exists and one that does not are answered alike');
there('an account that exists is answered otherwise than one that does not');`;

const byTime = `${common}
let waits = 0;
const timed = async (name) => {
  const start = performance.now();
  const answer = await ask(name);
  const took = performance.now() - start;
  if (!overloaded(answer)) return took;
  const told = answer.headers.get('retry-after') ?? '';
  const seconds = /^\\d+$/.test(told) ? Number(told) : (Date.parse(told) - Date.now()) / 1000 + 1;
  if (!(seconds <= 60) || (waits += 1) > 10) cannotTell('it is answered ' + answer.status);
  await pause(seconds * 1000 + 200);
  return timed(name);
};
const nobody = stranger();
const times = { known: [], absent: [] };
for (let pair = 0; pair < 8; pair += 1) {
  times.known.push(await timed(known));
  times.absent.push(await timed(nobody));
}
const quarter = (list) => list.toSorted((x, y) => x - y)[1];
const gap = quarter(times.known) - quarter(times.absent);
const [slow, fast] = gap > 0 ? [times.known, times.absent] : [times.absent, times.known];
const limit = Math.max(25, 0.25 * Math.min(...fast));
const said = 'an account that exists takes ' + Math.round(quarter(times.known)) + ' ms, one that does not ' + Math.round(quarter(times.absent)) + ' ms';
if (Math.abs(gap) < limit) gone(said);
if (slow.flatMap((one) => fast.filter((other) => one > other)).length < 0.9 * 64) cannotTell('times vary too much: ' + said);
there(said);`;

/** Asks once more for an account that exists and for names that nobody has, and compares the answers or their times. */
export function oracleReproduction(
  shown: RequestToShow,
  account: { readonly actor: ActorId; readonly address: string; readonly password?: string },
  by: 'answer' | 'time',
): Reproduction {
  const { origin } = new URL(shown.url);
  const request = requestTemplate(shown, origin, {
    address: account.address,
    ...(account.password === undefined ? {} : { password: account.password }),
  });
  const nameIn = usernameVariable(account.actor);
  const line = (address: string): string =>
    curlLine(request, { variables: { address, password: 'SOME_PASSWORD' } });
  return {
    curl: `${line(nameIn)}\n${line('NAME_OF_NOBODY')}`,
    script: reproductionScriptOf({
      does: [
        by === 'answer'
          ? 'Asks twice for an account that exists and twice for invented ones, and compares the answers.'
          : 'Asks for an account that exists and for an invented one, eight times in turn, and compares the times.',
      ],
      needs: [[nameIn, 'account name of a throw-away account']],
      plan: { origin, ask: request, nameIn },
      body: by === 'answer' ? byAnswer : byTime,
    }),
  };
}
