import type { Operation } from '@launch-ready/core';
import { bodyFields } from '../lifecycle/operation-words.ts';
import type { Answer } from '../transport/transport.ts';
import { findToken } from './find-token.ts';

/** Where the code of the second factor goes, for logins by a request. */
export interface SecondStep {
  readonly url: string;
  /** Field that takes the code. */
  readonly field: string;
  /** The code goes into the login request itself. */
  readonly withLogin: boolean;
  /** Fields that the route takes beside it; null when no document says. */
  readonly takes: readonly string[] | null;
}

const talk =
  /\b(2fa|mfa|totp|otp)\b|(mfa|otp|totp|2fa|two_?factor|second_?factor)(_?(required|token|pending|redirect|challenge|enabled))|two[-_ ]?factor|second[-_ ]?factor|authenticator|one[-_ ]time|verification[-_ ]?code/i;
const codeField =
  /^(code|otp|totp|pin|(mfa|otp|totp|two_?factor|2fa|auth|verification|one_?time)_?(code|token|password|pin)?|passcode)$/i;
const stepPath = /otp|mfa|2fa|two-?_?factor|second-?_?factor|authenticator/i;
const notAStep = /setup|enable|disable|enrol|regist|generate|send|backup|recovery|resend|log-?_?out/i;

/** Whether an answer to a login asks for a code. */
export function asksForCode(answer: Answer): boolean {
  if (answer.status >= 500 || [404, 405, 429].includes(answer.status)) return false;
  if (/html/i.test(answer.header('content-type') ?? '')) return false;
  return talk.test(answer.text) || talk.test(answer.header('location') ?? '');
}

/** Where the code may go, the likeliest first. */
export function secondSteps(
  operations: readonly Operation[],
  loginUrl: string,
  answer: Answer,
): readonly SecondStep[] {
  const declared = operations
    .filter(
      ({ method, path }) =>
        method === 'POST' && !path.includes('{') && stepPath.test(path) && !notAStep.test(path),
    )
    .flatMap((operation): SecondStep[] => {
      const fields = bodyFields(operation).map(({ name }) => name);
      const field = fields.find((name) => codeField.test(name)) ?? fields.find((name) => /token/i.test(name));
      const url = `${operation.origin}${operation.path}`;
      return field === undefined ? [] : [{ url, field, withLogin: false, takes: fields }];
    })
    .sort(
      (a, b) => Number(/verif|login|challenge/i.test(b.url)) - Number(/verif|login|challenge/i.test(a.url)),
    );
  const login = operations.find(
    ({ method, origin, path }) => method === 'POST' && `${origin}${path}` === loginUrl,
  );
  const inLogin = (login ? bodyFields(login) : []).find(({ name }) => codeField.test(name))?.name;
  const again: SecondStep[] =
    inLogin === undefined ? [] : [{ url: loginUrl, field: inLogin, withLogin: true, takes: null }];
  if (declared.length > 0 || again.length > 0) return [...again, ...declared];
  const folder = loginUrl.slice(0, loginUrl.lastIndexOf('/'));
  const places = [
    `${loginUrl}/totp`,
    `${loginUrl}/mfa`,
    `${loginUrl}/2fa`,
    `${loginUrl}/verify`,
    `${loginUrl}/otp`,
    ...[
      'mfa/verify',
      '2fa/verify',
      'two-factor/verify-totp',
      'totp/verify',
      'otp/verify',
      'mfa',
      '2fa',
      'totp',
      'otp',
      'verify-otp',
      'verify-mfa',
      'verify-2fa',
      'two-factor',
      'login/verify',
    ].map((path) => `${folder}/${path}`),
  ];
  const named = [
    ...answer.text.matchAll(/"?\b(totp_?code|otp_?code|mfa_?code|two_?factor_?code|totp|otp|code)\b"?/gi),
  ].map((match) => match[1] ?? 'code');
  const fields = [...new Set([...named.slice(0, 1), 'code'])];
  const [first = 'code'] = fields;
  return [
    ...places.map((url): SecondStep => ({ url, field: first, withLogin: false, takes: null })),
    ...[...new Set([first, 'code', 'otp', 'totp'])].map((field): SecondStep => ({
      url: loginUrl,
      field,
      withLogin: true,
      takes: null,
    })),
  ];
}

/** What goes along with the code: what the first step gave to know the login again. */
export function carriedOver(
  answer: Answer,
  step: SecondStep,
  username: string,
): Readonly<Record<string, string>> {
  const json: unknown = answer.json();
  const carried: Record<string, string> = {};
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 2) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && inner.length < 4096) {
        const wanted =
          step.takes === null
            ? /token|ticket|challenge|session|nonce|state|(^|_)id$|Id$/i.test(key)
            : step.takes.includes(key);
        if (wanted && key !== step.field) carried[key] ??= inner;
      } else look(inner, depth + 1);
    }
  };
  look(json, 0);
  const name = step.takes?.find((field) => /^(email|username|user|login|identifier)$/i.test(field));
  if (name !== undefined) carried[name] ??= username;
  return carried;
}

/** A token of the first step, which the second may want as a header. */
export const tokenOfFirstStep = (answer: Answer): string | null =>
  findToken(answer.json(), answer.headers)?.token ?? null;

/** A form that asks for a code and for no password. */
export function findCodeForm(html: string): {
  readonly action: string;
  readonly field: string;
  readonly hidden: Readonly<Record<string, string>>;
} | null {
  for (const [, head = '', inside = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const inputs = [...inside.matchAll(/<input\b([^>]*)>/gi)].map(([, attributes = '']) => ({
      name: attribute(attributes, 'name'),
      type: attribute(attributes, 'type').toLowerCase(),
      value: attribute(attributes, 'value'),
      autocomplete: attribute(attributes, 'autocomplete'),
    }));
    if (inputs.some(({ type }) => type === 'password')) continue;
    const code = inputs.find(
      ({ name, type, autocomplete }) =>
        type !== 'hidden' &&
        (autocomplete === 'one-time-code' || codeField.test(name) || /code|otp|token/i.test(name)),
    );
    if (!code || code.name === '') continue;
    const hidden = Object.fromEntries(
      inputs
        .filter(({ type, name }) => type === 'hidden' && name !== '')
        .map(({ name, value }) => [name, value]),
    );
    return { action: attribute(head, 'action'), field: code.name, hidden };
  }
  return null;
}

const attribute = (source: string, name: string): string => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(source);
  return (match?.[1] ?? match?.[2] ?? match?.[3] ?? '')
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");
};
