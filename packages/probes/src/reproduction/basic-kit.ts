/** What all scripts share: verdicts, variables, requests with placeholders such as `{id}`. */
export const basicKit = String.raw`
class Verdict extends Error {
  constructor(code, why) { super(why); this.code = code; }
}
function there(why) { throw new Verdict(1, 'still there: ' + why); }
function gone(why) { throw new Verdict(0, 'gone: ' + why); }
function cannotTell(why) { throw new Verdict(2, 'cannot tell: ' + why); }
function env(name) { return process.env[name] || cannotTell('set ' + name); }
const base = (process.env.BASE_URL ?? plan.origin).replace(/\/$/, '');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A text that nobody else has: it is found again wherever it goes. */
const fresh = () => letters(17);
function letters(count) {
  return 'lr' + Array.from(randomBytes(count - 2), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}

/** Header lines out of a variable: one per line, name and value separated by a colon. */
function lines(text) {
  return (text ?? '').split('\n').filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
}
function given(name) {
  const list = lines(env(name));
  return list.length > 0 ? list : cannotTell(name + ' must hold whole header lines, Cookie or Authorization');
}

/** Puts values into the placeholders of a text. */
function fill(text, values, written) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? written(String(values[name])) : whole));
}
function inBody(type) {
  if (/json/i.test(type)) return (value) => JSON.stringify(value).slice(1, -1);
  return /urlencoded/i.test(type) ? encodeURIComponent : String;
}

/** Sends one request of the plan, with values for its placeholders and the header lines of a session. */
async function send(request, values = {}, session = []) {
  const headers = new Headers(lines(process.env.EXTRA_HEADERS));
  for (const [name, value] of [...(request.headers ?? []), ...session]) headers.set(name, fill(value, values, String));
  if (request.type) headers.set('content-type', request.type);
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !headers.has('origin')) {
    headers.set('origin', plan.page && plan.page !== plan.origin ? plan.page : new URL(base).origin);
    headers.set('sec-fetch-site', 'same-origin');
  }
  if (headers.get('origin') === '') headers.delete('origin');
  const place = fill(request.place, values, encodeURIComponent);
  const body = request.body?.map((part) => (typeof part === 'string' ? fill(part, values, inBody(request.type)) : part.repeat.repeat(part.times))).join('');
  const options = { method: request.method, headers, redirect: 'manual', signal: AbortSignal.timeout(20000), ...(request.body ? { body } : {}) };
  const answer = await fetch(/^https?:/.test(place) ? place : base + place, options)
    .catch((error) => (request.mayBreak ? null : cannotTell('the server does not answer: ' + (error.cause?.message || error.message))));
  if (answer === null) return null;
  const bytes = Buffer.from(await answer.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const text = bytes.toString();
  let json = null;
  try { json = JSON.parse(text); } catch {}
  return { status: answer.status, ok: answer.ok, bytes, text, json, headers: answer.headers, cookies: answer.headers.getSetCookie() };
}
const overloaded = (answer) => answer.status === 429 || answer.status >= 500;

/** The value at a JSON pointer. */
const at = (json, pointer) => pointer.split('/').slice(1).reduce((inner, key) => inner?.[key], json);
`;
