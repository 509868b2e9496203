import type { ActorId, HeaderList, HttpMethod, Operation, Reproduction } from '@launch-ready/core';
import { credentialVariable } from './credential-variable.ts';
import { bodyParts, requestTemplate } from './request-template.ts';
import { encodeBody } from '../transport/encode-body.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { callAt } from '../wires/known-calls.ts';
import { spoken } from '../wires/spoken.ts';

/** What shows the fault: an answer of 5xx or none, a text in the answer, or a marker that the owner then sees. */
export type Sign =
  | { readonly kind: 'crash' }
  | { readonly kind: 'text'; readonly pattern: RegExp }
  | { readonly kind: 'marker'; readonly marker: string; readonly looksAt: string };

export interface RequestToRepeat {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: OutgoingBody | null;
  /** Says how the request is spoken when it is not plain HTTP. */
  readonly operation?: Operation | undefined;
  /** Whose credential is shown. */
  readonly actor: ActorId;
  readonly sign: Sign;
}

/** A curl line and a stand-alone script that send one request again; without any credential in them. */
export function requestReproduction(request: RequestToRepeat): Reproduction {
  const { actor, sign } = request;
  const said = spoken(request.operation ?? callAt(request.method, request.url), request);
  const { method, url, headers, body } = said.kind === 'spoken' ? said.request : request;
  const { origin, pathname, search } = new URL(url);
  const encoded = body === null ? null : encodeBody(body, 'launch-ready');
  const text = encoded === null ? '' : new TextDecoder().decode(encoded.bytes);
  const variable = credentialVariable(actor);
  const all: HeaderList = encoded === null ? headers : [['content-type', encoded.contentType], ...headers];
  const plan = {
    origin,
    method,
    path: pathname + search,
    headers: all,
    body: encoded === null ? null : bodyParts(text),
    sign:
      sign.kind === 'text' ? { kind: 'text', source: sign.pattern.source, flags: sign.pattern.flags } : sign,
    look: lookOf(sign, origin),
    as: variable,
  };
  const shown = text.length > 2000 ? `${text.slice(0, 200)}...` : text;
  const curl = [
    `curl -i -X ${method} "$BASE_URL${pathname}${search}"`,
    `-H "$${variable}"`,
    ...all.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(encoded === null ? [] : [`--data-raw ${quoted(shown)}`]),
  ].join(' ');
  return { curl, script: script(variable, plan) };
}

/** How the owner looks whether a change took place. */
function lookOf(sign: Sign, origin: string): object | undefined {
  if (sign.kind !== 'marker') return undefined;
  const { method, place, headers, type, body } = requestTemplate(
    { method: 'GET', url: origin + sign.looksAt },
    origin,
  );
  const all = type === null ? headers : [...headers, ['content-type', type]];
  return body === null ? undefined : { method, path: place, headers: all, body };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function script(variable: string, plan: object): string {
  return `// Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell. Needs Node 20 or newer and
// ${variable}, a whole request header line (Cookie or Authorization).
// BASE_URL replaces the address, REQUEST_PATH the path when the objects in it are gone.
const plan = ${JSON.stringify(plan, null, 1)};
const base = (process.env.BASE_URL ?? plan.origin).replace(/\\/$/, '');
const lines = (text) => (text ?? '').split('\\n').filter((line) => line.includes(':'))
  .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
const own = lines(process.env[plan.as]);
const fresh = 'lr' + crypto.randomUUID().replaceAll('-', '').slice(0, 15);
const mark = (text) => (plan.sign.marker ? text.replaceAll(plan.sign.marker, fresh) : text);
// Inside JSON and HTML the line breaks of a trace are written in other ways.
const readable = (text) => text.replace(/\\\\r?\\\\n|\\\\n/g, '\\n').replace(/\\\\"|&quot;/g, '"').replace(/<br ?\\/?>/gi, '\\n').replace(/&nbsp;/g, ' ');
const end = (code, why) => { console.log(why); process.exitCode = code; };
const joined = (parts) => parts?.map((part) => (typeof part === 'string' ? mark(part) : part.repeat.repeat(part.times))).join('');
const body = joined(plan.body);
const look = () => fetch(base + (plan.look?.path ?? plan.sign.looksAt ?? '/'), { method: plan.look?.method ?? 'GET', headers: [...own, ...(plan.look?.headers ?? [])], body: joined(plan.look?.body), redirect: 'manual' }).then(async (answer) => ({ status: answer.status, text: await answer.text() }), () => null);
const main = async () => {
  if (own.length === 0) return end(2, 'cannot tell: set ' + plan.as);
  if ((await look()) === null) return end(2, 'cannot tell: the server does not answer');
  const headers = [...own, ...plan.headers];
  const answer = await fetch(base + mark(process.env.REQUEST_PATH ?? plan.path), { method: plan.method, headers, body, redirect: 'manual' })
    .then(async (one) => ({ status: one.status, text: await one.text() }), () => null);
  if (answer === null) return plan.sign.kind === 'crash' && (await look()) !== null ? end(1, 'still there: the connection was dropped') : end(2, 'cannot tell: no answer');
  if (plan.sign.kind === 'marker') {
    const seen = await look();
    if (seen === null || seen.status >= 400) return end(2, 'cannot tell: the owner cannot look');
    return seen.text.toLowerCase().includes(fresh) ? end(1, 'still there: the owner sees the change') : end(0, 'gone: nothing changed (answered ' + answer.status + ')');
  }
  if (plan.sign.kind === 'text' && new RegExp(plan.sign.source, plan.sign.flags).test(readable(answer.text))) return end(1, 'still there: the answer shows it');
  if (plan.sign.kind === 'crash' && answer.status >= 500) return end(1, 'still there: answered ' + answer.status);
  // A read that is refused shows nothing, as when what it read was removed: some say 400 of what is not there.
  const refused = plan.method === 'GET' && plan.body === null && answer.status >= 400 && answer.status < 500;
  if (refused || [401, 403, 404, 429].includes(answer.status)) return end(2, 'cannot tell: answered ' + answer.status);
  end(0, 'gone: answered ' + answer.status);
};
await main();
`;
}
