/**
 * Functions of scripts that need sessions: `logIn()` gives header lines of a living session, `alive(session)` tells whether
 * they are recognised. The plan holds `session` and `alive`.
 */
export const sessionKit = String.raw`
const tokenNames = ['access_token', 'accessToken', 'access', 'token', 'jwt', 'sessionToken', 'session_token', 'id_token', 'idToken', 'authToken', 'auth_token', 'apiToken', 'bearer', 'sessionId', 'session_id'];
const tokenHeaders = ['authorization', 'x-access-token', 'x-auth-token', 'x-session-token', 'x-token', 'set-auth-token'];
/** Tokens in the JSON of an answer, wherever they stand. */
function tokensIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const own = tokenNames.map((name) => value[name]).filter((one) => typeof one === 'string' && one.length >= 8);
  return [...own, ...Object.values(value).flatMap(tokensIn)];
}
function csrfIn(json) {
  const own = Object.entries(json ?? {}).map(([name, value]) => (name === 'data' ? csrfIn(value) : /^_?(csrf|xsrf)[-_]?(token)?$/i.test(name) ? value : null));
  return own.find((one) => typeof one === 'string') ?? null;
}
/** Cookies as a browser would hold them after these answers. */
function jarOf(...answers) {
  const jar = new Map(answers.flatMap(({ cookies }) => cookies.map((line) => line.split(';')[0].trim())).map((pair) => [pair.slice(0, pair.indexOf('=')), pair]));
  return [...jar.values()].filter((pair) => !pair.endsWith('=')).join('; ');
}
const cookieLine = (jar) => (jar === '' ? [] : [['cookie', jar]]);

/** The login form of a page, with its hidden fields. */
async function openForm(place) {
  let page = await send({ method: 'GET', place });
  const seen = [page];
  for (let hop = 0; hop < 4 && page.status >= 300 && page.status < 400; hop += 1) {
    place = new URL(page.headers.get('location') ?? '/', new URL(place, base)).pathname;
    seen.push((page = await send({ method: 'GET', place }, {}, cookieLine(jarOf(...seen)))));
  }
  const attribute = (tag, name) => new RegExp('\\b' + name + '\\s*=\\s*(?:"([^"]*)"|\'([^\']*)\'|([^\\s>]+))', 'i').exec(tag)?.slice(1).find((one) => one !== undefined) ?? '';
  const readable = (text) => text.replace(/&quot;/g, '"').replace(/&#x2f;/gi, '/').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/&amp;/g, '&');
  for (const [, opening, inside] of page.text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const inputs = (inside.match(/<(input|button)\b[^>]*>/gi) ?? []).filter((tag) => attribute(tag, 'name') !== '');
    const ofType = (...types) => inputs.filter((tag) => types.includes(attribute(tag, 'type').toLowerCase()));
    const texts = ofType('text', 'email', 'tel', '');
    const user = texts.find((tag) => /user|mail|login|ident|account|name/i.test(attribute(tag, 'name'))) ?? texts[0];
    const words = ofType('password');
    if (words.length !== 1 || !user) continue;
    const hidden = ofType('hidden').map((tag) => [attribute(tag, 'name'), readable(attribute(tag, 'value'))]);
    const action = new URL(readable(attribute(opening, 'action')), new URL(place, base));
    return { place: action.pathname + action.search, hidden, user: attribute(user, 'name'), word: attribute(words[0], 'name'), seen };
  }
  return cannotTell('the page ' + place + ' holds no login form (answered ' + page.status + ')');
}

/** Looks for the place that hands out tokens against CSRF, and keeps it in the plan. */
async function findToken() {
  for (const place of ['/api/csrf-token', '/api/csrf', '/csrf-token', '/csrf', '/api/auth/csrf', '/auth/csrf']) {
    const answer = await send({ method: 'GET', place });
    if (answer.ok && csrfIn(answer.json)) plan.session.guardAt = place;
    if (plan.session.guardAt) return true;
  }
  return false;
}
/** Sends the login as its page would; the answer comes with the cookies and the CSRF token that a browser would then hold. */
async function logInAs(name, password, { headers = [], path } = {}) {
  const { login, page, guardAt } = plan.session;
  const own = [...headers];
  const carried = own.find(([one]) => one.toLowerCase() === 'cookie')?.[1] ?? '';
  let request = path ? { ...login, place: path } : login;
  let before = [];
  let csrf = null;
  if (page) {
    const form = await openForm(page);
    const fields = new URLSearchParams([...form.hidden, [form.user, name], [form.word, password]]);
    request = { method: 'POST', place: path ?? form.place, type: 'application/x-www-form-urlencoded', body: [String(fields)] };
    before = form.seen;
  } else if (guardAt) {
    const answer = await send({ method: 'GET', place: guardAt });
    csrf = csrfIn(answer.json) ?? cannotTell('no CSRF token is handed out at ' + guardAt + ' (answered ' + answer.status + ')');
    own.push(['x-csrf-token', csrf]);
    before = [answer];
  }
  const jar = [jarOf(...before), carried].filter(Boolean).join('; ');
  const answer = await send(request, { username: name, password }, [...own.filter(([one]) => one.toLowerCase() !== 'cookie'), ...cookieLine(jar)]);
  // The login may have come to want a token since the review.
  if (!page && !guardAt && [400, 403, 419].includes(answer.status) && (await findToken())) return logInAs(name, password, { headers, path });
  return { ...answer, jar: jarOf({ cookies: carried.split('; ').filter(Boolean) }, ...before, answer), csrf: csrfIn(answer.json) ?? csrf };
}

/** The header in which frameworks want what such a cookie holds. */
function guardHeader(cookie) {
  if (cookie === 'csrftoken') return 'x-csrftoken';
  return 'x-' + (/xsrf/i.test(cookie) ? 'xsrf' : 'csrf') + '-token';
}
/** Header lines of sessions that a login may have given, the likeliest first. */
function sessionsIn(answer) {
  const { header } = plan.session;
  const tokens = [...tokensIn(answer.json), ...tokenHeaders.map((name) => answer.headers.get(name)).filter(Boolean)];
  const readable = /(?:^|; )([^=;]*(?:csrf|xsrf)[^=;]*)=([^;]*)/i.exec(answer.jar ?? '');
  const guard = answer.csrf ? [['x-csrf-token', answer.csrf]]
    : readable ? [[guardHeader(readable[1]), decodeURIComponent(readable[2])]] : [];
  if (header.name === 'cookie' && answer.jar) return [[...cookieLine(answer.jar), ...guard]];
  return [...new Set(tokens)].slice(0, 4).map((token) => [[header.name, header.prefix + token.replace(/^Bearer /i, '')]]);
}

const asNobody = () => send(plan.alive);
/** Whether these header lines are recognised: they are shown what nobody else is. */
async function alive(session) {
  const answer = await send(plan.alive, {}, session);
  if (overloaded(answer)) cannotTell('the server answered ' + answer.status);
  const nobody = await asNobody();
  if (overloaded(nobody)) cannotTell('the server answered ' + nobody.status);
  if (!nobody.ok) return answer.ok;
  if (nobody.text !== (await asNobody()).text) cannotTell('what nobody gets differs each time');
  return answer.ok && answer.text !== nobody.text;
}

let lastLogin = null;
let given9 = 0;
/** Header lines of a new session, its login answer in lastLogin; null when the login is refused. */
async function tryLogIn(password) {
  const { session } = plan;
  if (session.login === null && session.page === null) {
    if (password !== undefined) cannotTell('this script cannot log in with another password');
    given9 += 1;
    return given(given9 === 1 ? session.given : session.given + '_' + given9);
  }
  const answer = (lastLogin = await logInAs(env(session.nameFrom), password ?? env(session.wordFrom)));
  if (overloaded(answer)) cannotTell('the login was answered ' + answer.status);
  if (answer.status >= 400) return null;
  for (const one of sessionsIn(answer)) if (await alive(one)) return one;
  return null;
}
async function logIn() {
  const session = await tryLogIn();
  if (session === null || !(await alive(session))) cannotTell('the session is not recognised: look at the account in the environment');
  return session;
}
`;
