import type { ResetCase } from './reset-trials.ts';

interface CaseScript {
  readonly does: string;
  readonly body: string;
}

/** Statements that repeat each wrong use of a reset; they may use the functions of {@link resetScriptKit}. */
export const resetCaseScripts: Readonly<Partial<Record<ResetCase, CaseScript>>> = {
  'second-use': {
    does: 'uses one token twice.',
    body: `
  const one = await askFor();
  await mustWork(one);
  const again = newWord();
  await use(one.token, again);
  await setsPassword(again) ? there('a used token sets the password once more') : gone('a used token sets nothing more');`,
  },
  replaced: {
    does: 'asks twice and uses the token of the older mail.',
    body: `
  const [older, newer] = [await askFor(), await askFor()];
  const word = newWord();
  await use(older.token, word);
  if (await setsPassword(word)) there('the older of two tokens still sets the password');
  await mustWork(newer);
  gone('the older of two tokens sets nothing, and the newer one works');`,
  },
  'after-password-change': {
    does: 'asks, changes the password in a session, and then uses the token.',
    body: `
  const waiting = await askFor();
  const word = newWord();
  const changed = await send(plan.change, { old: words.current, new: word }, await logIn());
  if (!(await setsPassword(word))) cannotTell('changing the password is answered ' + changed.status);
  const late = newWord();
  await use(waiting.token, late);
  if (await setsPassword(late)) there('a token from before the change of the password sets it again');
  await mustWork(await askFor());
  gone('the change of the password ended the token, and a fresh one works');`,
  },
  race: {
    does: 'uses one token five times at once.',
    body: `
  for (let round = 1; round <= 3; round += 1) {
    const one = await askFor();
    const list = Array.from({ length: 5 }, newWord);
    const since = Date.now();
    const answers = await Promise.all(list.map((word) => use(one.token, word)));
    for (const word of list) if (await setsPassword(word)) break;
    const worked = answers.filter(({ ok }) => ok).length;
    if (worked === 0) cannotTell('none of five uses at once worked (answered ' + answers[0].status + ')');
    if (worked > 1) {
      await pause(600);
      const notices = process.env.MAIL_FOLDER ? mailsSince(since).filter(({ text }) => text.toLowerCase().includes(address) && tokenIn(text) === null).length : 0;
      notices > 1 ? there(worked + ' of five uses at once were taken, and ' + notices + ' notices of it were mailed') : cannotTell(worked + ' of five uses at once were answered as taken, and nothing tells how many were');
    }
  }
  gone('one of five uses at once was taken, three times');`,
  },
  'safe-method': {
    does: 'fetches its link with HEAD and GET as a mail scanner does, and uses the token.',
    body: `
  const one = await askFor();
  const { pathname, search } = new URL(one.link ?? cannotTell('the mail holds no link'));
  const places = [pathname + search, ...(/\\{token\\}/.test(plan.use.place) ? [plan.use.place] : [])];
  for (const place of places) for (const method of ['HEAD', 'GET']) await send({ method, place }, { token: one.token });
  const word = newWord();
  await use(one.token, word);
  if (await setsPassword(word)) gone('the token works after its link was fetched');
  await mustWork(await askFor());
  there('a token whose link was fetched works no more, and one that nobody fetched does');`,
  },
  'wrong-account': {
    does: 'uses the token with the address of another throw-away account.',
    body: `
  const victim = env(plan.victim.nameFrom);
  const one = await askFor();
  const word = newWord();
  await use(one.token, word, victim);
  if ((await logInAs(victim, env(plan.victim.wordFrom))).status < 400) {
    await mustWork(await askFor());
    gone('the password of the other account stayed as it was');
  }
  if ((await logInAs(victim, word)).status >= 400) cannotTell('neither password of the other account works');
  await use((await askFor([], victim)).token, env(plan.victim.wordFrom), victim);
  there('the token of one account set the password of another');`,
  },
  'forged-host': {
    does: 'claims another name for the application, and reads where the link of the mail leads.',
    body: `
  const name = fresh() + '.example';
  let mailed = 0;
  for (const headers of [[['x-forwarded-host', name], ['x-host', name], ['x-forwarded-server', name], ['forwarded', 'host=' + name + ';proto=https']], [['host', name]]]) {
    const since = Date.now();
    const answer = headers[0][0] === 'host' ? await askUnder(name) : await send(plan.ask, { address }, headers);
    if (overloaded(answer)) cannotTell('asking for a reset is answered ' + answer.status);
    const mail = answer.status < 400 ? await mailTo(address, since) : null;
    if (mail !== null) mailed += 1;
    if (mail === null && answer.status < 400) cannotTell('no mail came to ' + address + ' for a request with ' + headers[0][0]);
    if (mail !== null && (mail.match(/https?:\\/\\/[^\\s"'<>]+/g) ?? []).some((link) => link.toLowerCase().includes('//' + name))) there('the link of the mail leads to the name that ' + headers[0][0] + ' made up');
  }
  if (mailed === 0) await askFor();
  gone('no link leads to the made-up name');`,
  },
  'token-in-answer': {
    does: 'looks for the token in the answer to whoever asks.',
    body: `
  const since = Date.now();
  const answer = await send(plan.ask, { address });
  if (overloaded(answer)) cannotTell('asking for a reset is answered ' + answer.status);
  const strings = (value, name = '') => (typeof value === 'string' ? [[name, value]] : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => strings(inner, key)) : []);
  const shown = strings(answer.json).filter(([name, value]) => /(token|code|secret|key|url|link|href)$/i.test(name) && value.length >= 4).map(([, value]) => (/^https?:/.test(value) ? tokenOf(value) : value)).filter(Boolean);
  for (const token of shown) {
    const word = newWord();
    await use(token, word);
    if (await setsPassword(word)) there('the answer to whoever asks holds a token that sets the password');
  }
  if (answer.status >= 400) cannotTell('asking for a reset is answered ' + answer.status);
  gone('the answer shows no token that works');`,
  },
  sessions: {
    does: 'logs in, resets the password, and uses the session from before.',
    body: `
  const before = await logIn();
  await mustWork(await askFor());
  if (!(await alive(before))) gone('the session from before the reset is refused');
  await pause(5000);
  (await alive(before)) ? there('five seconds after the reset the session from before is recognised') : gone('the session from before the reset is refused');`,
  },
};

/** Functions around resets, for scripts with `sessionKit` and `mailKit`. */
export const resetScriptKit = String.raw`
const address = (process.env[plan.nameFrom] ?? '').toLowerCase();
/** The passwords that the account has had; the last one that was seen to work. */
const words = { current: process.env[plan.wordFrom], given: [] };
function newWord() {
  const word = 'Lr-' + fresh().slice(2, 10) + '-' + fresh().slice(2, 10) + '-9Kx';
  words.given.push(word);
  return word;
}
/** Asks for a reset and waits for its mail. */
async function askFor(headers = [], whom = address) {
  const since = Date.now();
  const answer = await send(plan.ask, { address: whom }, headers);
  if (answer.status >= 400) cannotTell('asking for a reset is answered ' + answer.status);
  const mail = await mailTo(whom, since, (text) => tokenIn(text) !== null);
  if (mail === null) cannotTell('no mail with a token came to ' + whom);
  return { token: tokenIn(mail), link: linkIn(mail) };
}
/** Asks under another name of the application, which fetch() would not send. */
async function askUnder(name) {
  const { request } = await import(base.startsWith('https:') ? 'node:https' : 'node:http');
  const body = (plan.ask.body ?? []).map((part) => fill(part, { address }, inBody(plan.ask.type))).join('');
  return new Promise((done) => {
    const headers = { ...Object.fromEntries(lines(process.env.EXTRA_HEADERS)), host: name, origin: new URL(base).origin, 'content-type': plan.ask.type ?? 'text/plain' };
    const sent = request(base + plan.ask.place, { method: plan.ask.method, headers }, (answer) => { answer.resume(); done({ status: answer.statusCode }); });
    sent.on('error', () => done({ status: 503 }));
    sent.end(body);
  });
}
const use = (token, word, whom = address) => send(plan.use, { token, password: word, address: whom });
/** Whether this is the password of the account now. */
async function setsPassword(word) {
  const works = (await tryLogIn(word)) !== null;
  if (works) words.current = word;
  return works;
}
async function mustWork({ token }) {
  const word = newWord();
  const answer = await use(token, word);
  if (!(await setsPassword(word))) cannotTell('a fresh token sets no password (answered ' + answer.status + '), so that refusals prove nothing');
}
/** Gives the account the password from the environment again. */
async function putBack() {
  const old = env(plan.wordFrom);
  try {
    if ((await tryLogIn()) !== null) return;
    const session = plan.change ? await tryLogIn(words.current) : null;
    if (session !== null) await send(plan.change, { old: words.current, new: old }, session);
    if ((await tryLogIn()) !== null) return;
    await use((await askFor()).token, old);
    if ((await tryLogIn()) !== null) return;
  } catch {}
  console.error('the old password could not be put back; the account now has: ' + words.current);
}
`;
