import type { HeaderList } from '@launch-ready/core';
import type { Answer, OutgoingBody, SendResult } from '../transport/transport.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import type { CodeSource } from './code-source.ts';
import type { FirstStep } from './first-step.ts';
import type { AttemptContext } from './login-attempt.ts';
import { fetchPage, submit } from './login-requests.ts';
import {
  asksForCode,
  carriedOver,
  findCodeForm,
  secondSteps,
  tokenOfFirstStep,
  type SecondStep,
} from './second-factor.ts';

const mostHops = 3;

/** Gives a code where a login asks for one, and answers what came of it; what the first step said when nothing asks. */
export async function giveCodeWhereAsked(
  context: AttemptContext,
  first: FirstStep,
  codes: CodeSource,
): Promise<SendResult> {
  if (first.way === 'page') {
    const page = await findCodePage(context, first);
    if (page === null) return first.result;
    const code = await codes.next();
    codes.used();
    return page(code);
  }
  const { result } = first;
  return result.kind === 'answer' && asksForCode(result)
    ? untilTaken(context, { ...first, result }, codes)
    : result;
}

/** Sends the code to where it may go, until something takes it. Answers what the last place said. */
async function untilTaken(
  context: AttemptContext,
  first: FirstStep & { readonly result: Answer },
  codes: CodeSource,
): Promise<SendResult> {
  const known = context.secondSteps.get(first.url);
  const places = known ? [known] : secondSteps(context.operations, first.url, first.result);
  let last: SendResult = first.result;
  for (const place of places) {
    const result = await sendCode(context, first, place, await codes.next());
    if (result.kind === 'no-answer' || [404, 405, 501].includes(result.status)) continue;
    last = result;
    codes.used();
    // A refusal may be about the name of the field: another place is tried, with another code.
    if (result.status >= 400 || asksForCode(result)) {
      if (known || result.status === 429) break;
      continue;
    }
    context.secondSteps.set(first.url, place);
    break;
  }
  return last;
}

/** Sends a code to one place; null leaves its field away. */
export async function sendCode(
  context: AttemptContext,
  first: FirstStep & { readonly result: Answer },
  place: SecondStep,
  code: string | null,
): Promise<SendResult> {
  const token = tokenOfFirstStep(first.result);
  const field = code === null ? {} : { [place.field]: code };
  const body: OutgoingBody = place.withLogin
    ? withFields(first.body, field)
    : { kind: 'json', value: { ...carriedOver(first.result, place, context.username), ...field } };
  const headers: HeaderList = token === null || place.withLogin ? [] : [['authorization', `Bearer ${token}`]];
  const result = await submit(context, place.url, body, first.jar, first.csrf, headers);
  first.exchanges.push(result.exchange);
  return result;
}

const withFields = (body: OutgoingBody, fields: Readonly<Record<string, string>>): OutgoingBody => {
  if (body.kind === 'form') return { kind: 'form', fields: { ...body.fields, ...fields } };
  return body.kind === 'json' && typeof body.value === 'object'
    ? { kind: 'json', value: { ...body.value, ...fields } }
    : body;
};

/** The form for the code that a login led to, ready to be sent; null when it led to none. */
export async function findCodePage(
  context: AttemptContext,
  first: FirstStep,
): Promise<((code: string | null) => Promise<SendResult>) | null> {
  let page = first.result;
  let { url } = first;
  for (let hop = 0; hop < mostHops && page.kind === 'answer'; hop += 1) {
    const form = page.status < 400 ? findCodeForm(page.text) : null;
    if (form) {
      const action = new URL(form.action, url).href;
      if (parseRawUrl(action)?.origin !== parseRawUrl(url)?.origin) return null;
      return async (code) => {
        const fields = { ...form.hidden, ...(code === null ? {} : { [form.field]: code }) };
        const result = await submit(context, action, { kind: 'form', fields }, first.jar, null);
        first.exchanges.push(result.exchange);
        return result;
      };
    }
    const location = page.status >= 300 && page.status < 400 ? page.header('location') : null;
    if (location === null || !URL.canParse(location, url)) return null;
    const next = new URL(location, url).href;
    if (parseRawUrl(next)?.origin !== parseRawUrl(url)?.origin) return null;
    url = next;
    page = await fetchPage(context, url, first.jar);
    first.exchanges.push(page.exchange);
  }
  return null;
}
