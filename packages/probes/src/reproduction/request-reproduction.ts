import type { ActorId, HeaderList, HttpMethod, Operation, Reproduction } from '@launch-ready/core';
import type { OutgoingBody } from '../transport/transport.ts';
import { credentialVariable } from './credential-variable.ts';
import { curlLine } from './curl-line.ts';
import { sessionNeed } from './own-session.ts';
import { requestTemplate } from './request-template.ts';
import { reproductionScriptOf } from './script-kit.ts';

/** What shows the fault: an answer of 5xx or none, a text in the answer (where told so, only in a page), or one of its headers. */
export type Sign =
  | { readonly kind: 'crash' }
  | { readonly kind: 'text'; readonly pattern: RegExp; readonly inPage?: boolean }
  | { readonly kind: 'header'; readonly name: string };

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

const words = {
  crash: 'looks whether the server breaks',
  text: 'looks for what the answer must not hold',
  header: 'looks for a header that the answer must not have',
};

/** A curl line and a stand-alone script that send one request again; without any credential in them. */
export function requestReproduction(request: RequestToRepeat): Reproduction {
  const { actor, sign } = request;
  const { origin } = new URL(request.url);
  const template = requestTemplate(request, origin);
  const as = credentialVariable(actor);
  return {
    curl: curlLine(template, { credential: as }),
    script: reproductionScriptOf({
      does: [`Sends one request again as ${actor}, and ${words[sign.kind]}.`],
      needs: [sessionNeed(actor)],
      may: [['REQUEST_PATH', 'another path, when the objects in it are gone']],
      plan: {
        origin,
        as,
        request: template,
        sign:
          sign.kind === 'text' ? { ...sign, pattern: sign.pattern.source, flags: sign.pattern.flags } : sign,
      },
      body,
    }),
  };
}

const body = String.raw`
const { sign, request } = plan;
const session = given(plan.as);
// Inside JSON and HTML the line breaks of a trace are written in other ways.
const readable = (text) => text.replace(/\\r?\\n|\\n/g, '\n').replace(/\\"|&quot;/g, '"').replace(/<br ?\/?>/gi, '\n').replace(/&nbsp;/g, ' ');
await send({ method: 'GET', place: '/' });
const answer = await send({ ...request, place: process.env.REQUEST_PATH ?? request.place, mayBreak: sign.kind === 'crash' }, {}, session);
if (answer === null) {
  await send({ method: 'GET', place: '/' });
  there('the connection was dropped');
}
const { status } = answer;
if (sign.kind === 'header' && answer.headers.has(sign.name)) there('the answer has the header ' + sign.name);
// Inside of comments and of these elements a script is text.
const live = answer.text.replace(/<!--[\s\S]*?-->/g, '').replace(/<(textarea|title|xmp|noscript|iframe|style|template)\b[\s\S]*?<\/\1\s*>/gi, '');
const isPage = /text\/html|application\/xhtml|image\/svg/i.test(answer.headers.get('content-type') ?? '') && !/^attachment/i.test(answer.headers.get('content-disposition') ?? '');
const text = sign.inPage ? (isPage ? live : '') : readable(answer.text);
if (sign.kind === 'text' && new RegExp(sign.pattern, sign.flags).test(text)) there('the answer ' + status + ' holds it');
if (sign.kind === 'crash' && status >= 500) there('the server breaks: ' + status);
// A read that is refused shows nothing, as when what it read was removed: some say 400 of what is not there.
if ((request.method === 'GET' && !request.body && status >= 400 && status < 500) || [401, 403, 404, 429].includes(status)) cannotTell('it is answered ' + status);
if (status >= 500) cannotTell('it is answered ' + status);
gone('it is answered ' + status);
`;
