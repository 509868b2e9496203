/** What one reproduction script is made of. */
export interface ScriptParts {
  /** What it does, in one or two lines of a comment. */
  readonly does: readonly string[];
  /** Environment variables it cannot do without, each with its meaning. */
  readonly needs: readonly (readonly [name: string, meaning: string])[];
  /** Data of the script; `origin` is the address that `BASE_URL` replaces. */
  readonly plan: { readonly origin: string } & Readonly<Record<string, unknown>>;
  /** Statements that end with `there`, `gone` or `cannotTell`. */
  readonly body: string;
}

/** A Node script without dependencies: exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell. */
export function reproductionScriptOf({ does, needs, plan, body }: ScriptParts): string {
  const meanings = needs.map(([name, meaning]) => `//   ${name}: ${meaning}`);
  return `${does.map((line) => `// ${line}`).join('\n')}
// Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell. Needs Node 20 or newer${meanings.length === 0 ? '.' : ' and in the environment:'}
${meanings.map((line) => `${line}\n`).join('')}// BASE_URL replaces the address. EXTRA_HEADERS adds header lines to every request.
const plan = ${JSON.stringify(plan, null, 1)};
const needed = ${JSON.stringify(needs.map(([name]) => name))};
${kit}
const main = async () => {
  for (const name of needed) env(name);
${body.trim().replace(/^(?=.)/gm, '  ')}
};
const verdict = await main().then(() => new Verdict(2, 'cannot tell: nothing was seen'), (error) => error);
console.log(verdict.message);
process.exitCode = verdict.code ?? 2;
`;
}

/** A script for what no script can do safely or alone: it says what it would need and never claims to have seen anything. */
export function scriptByHand(what: string): string {
  return `// Exits 2: ${what}
console.log(${JSON.stringify(`cannot tell: ${what}`)});
process.exitCode = 2;
`;
}

/** What all scripts share: verdicts, variables, requests with placeholders such as \`{id}\`. */
const kit = `class Verdict extends Error {
  constructor(code, why) { super(why); this.code = code; }
}
const there = (why) => { throw new Verdict(1, 'still there: ' + why); };
const gone = (why) => { throw new Verdict(0, 'gone: ' + why); };
const cannotTell = (why) => { throw new Verdict(2, 'cannot tell: ' + why); };
const env = (name) => process.env[name] || cannotTell('set ' + name);
const base = (process.env.BASE_URL ?? plan.origin).replace(/\\/$/, '');
const lines = (text) => (text ?? '').split('\\n').filter((line) => line.includes(':'))
  .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
const given = (name) => {
  const list = lines(env(name));
  return list.length > 0 ? list : cannotTell(name + " must hold whole header lines, Cookie or Authorization");
};
const fresh = () => 'lr' + crypto.randomUUID().replaceAll('-', '').slice(0, 15);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const fill = (text, values, written) => text.replace(/\\{(\\w+)\\}/g, (whole, name) => (name in values ? written(String(values[name])) : whole));
const inBody = (type) => (/json/i.test(type) ? (value) => JSON.stringify(value).slice(1, -1) : /urlencoded/i.test(type) ? encodeURIComponent : String);
const send = async (request, values = {}, session = []) => {
  const headers = new Headers(lines(process.env.EXTRA_HEADERS));
  for (const [name, value] of [...(request.headers ?? []), ...session]) headers.set(name, fill(value, values, String));
  if (request.type) headers.set('content-type', request.type);
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !headers.has('origin')) {
    headers.set('origin', plan.page ?? new URL(base).origin);
    headers.set('sec-fetch-site', 'same-origin');
  }
  const place = fill(request.place, values, encodeURIComponent);
  const text = (request.body ?? []).map((part) => (typeof part === 'string' ? fill(part, values, inBody(request.type)) : part.repeat.repeat(part.times))).join('');
  const answer = await fetch(/^https?:/.test(place) ? place : base + place, {
    method: request.method, headers, redirect: 'manual', signal: AbortSignal.timeout(20000), ...(request.body ? { body: text } : {}),
  }).catch(() => cannotTell('the server does not answer'));
  const body = await answer.text().catch(() => '');
  let json = null;
  try { json = JSON.parse(body); } catch {}
  return { status: answer.status, ok: answer.ok, text: body, json, headers: answer.headers, cookies: answer.headers.getSetCookie() };
};
const at = (json, pointer) => pointer.split('/').slice(1).reduce((inner, key) => inner?.[key], json);
const overloaded = (answer) => answer.status === 429 || answer.status >= 500;`;
