import type { ReceivedMail } from '../mail/inbox.ts';
import { jsonScalars } from '../plant/json-scalars.ts';

const tokenName = /(token|code|secret|key)$/i;
const linkName = /(url|link|href)$/i;
const endName =
  /^(expires|expiresat|expiresin|expireson|expiry|expiration|expirationdate|expiresdate|validuntil|validtill|validto|enddate)$/i;
const plain = (name: string): string => name.replace(/[^a-z]/gi, '');

/** The link of an invite, and the token inside it or beside it. */
export interface FoundToken {
  readonly token: string | null;
  readonly link: string | null;
  readonly source: string;
}

/** Looks for a token, or a link that holds one, in the answer that made the invite. */
export function tokenInAnswer(json: unknown): FoundToken | null {
  const scalars = jsonScalars(json).filter((one) => typeof one.value === 'string');
  const link = scalars.find(
    (one) => linkName.test(one.key) && /invit|join|accept|token|code/i.test(String(one.value)),
  )?.value;
  const token = scalars.find((one) => tokenName.test(one.key) && String(one.value).length >= 6)?.value;
  if (token === undefined && link === undefined) return null;
  const url = typeof link === 'string' ? link : null;
  return {
    token: typeof token === 'string' ? token : url === null ? null : tokenInLink(url),
    link: url,
    source: 'the answer that made it',
  };
}

/** Looks for the invite's link in a mail. */
export function tokenInMail(mail: ReceivedMail): FoundToken | null {
  const links = mail.links.filter(
    (link) => !/unsubscribe|privacy|terms|logo|\.(png|jpe?g|gif|svg)(\?|$)/i.test(link),
  );
  const link =
    links.find((one) => /invit|join|accept/i.test(one)) ??
    links.find((one) => tokenInLink(one) !== null) ??
    null;
  if (link === null) return null;
  return { token: tokenInLink(link), link, source: 'the mail' };
}

/** The token of a link: in its query, in its fragment, or as the last long part of its path. */
export function tokenInLink(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const fragment = url.hash.slice(1);
  const inFragment = new URLSearchParams(
    fragment.includes('?') ? fragment.slice(fragment.indexOf('?') + 1) : fragment,
  );
  for (const parameters of [url.searchParams, inFragment]) {
    for (const [name, value] of parameters)
      if (/token|code|invit|key|secret|^t$|^id$/i.test(name) && value.length >= 6) return value;
  }
  const parts = [...url.pathname.split('/'), ...fragment.split(/[/?]/)].filter(
    (part) => part !== '' && !part.includes('='),
  );
  const last = parts.findLast((part) => part.length >= 16) ?? null;
  return last === null ? null : decodeURIComponent(last);
}

/** Declared life of an invite in hours, from a field that says when it ends. */
export function lifetimeInAnswer(
  json: unknown,
  madeAt: Date,
): { readonly hours: number; readonly source: string } | null {
  for (const { key, value } of jsonScalars(json)) {
    if (!endName.test(plain(key))) continue;
    const moment =
      typeof value === 'string' && /[-:T]/.test(value) ? Date.parse(value) : Number(value ?? Number.NaN);
    if (!Number.isFinite(moment)) continue;
    // Seconds since 1970, milliseconds since 1970, or a number of seconds.
    const end = moment > 1e11 ? moment : moment > 1e9 ? moment * 1000 : madeAt.getTime() + moment * 1000;
    const hours = (end - madeAt.getTime()) / 3_600_000;
    if (hours > 0) return { hours, source: `${key} in the answer that made it` };
  }
  return null;
}

/** Declared life of an invite in hours, from a sentence of its mail. */
export function lifetimeInMail(
  mail: ReceivedMail,
): { readonly hours: number; readonly source: string } | null {
  const found = /(?:expire|valid|good for|within)[^.\n]{0,60}?(\d+)\s*(hour|day|week)s?/i.exec(
    mail.text.replace(/\s+/g, ' '),
  );
  const number = Number(found?.[1] ?? Number.NaN);
  const unit = found?.[2]?.toLowerCase();
  if (!Number.isFinite(number) || unit === undefined) return null;
  return {
    hours: number * (unit === 'hour' ? 1 : unit === 'day' ? 24 : 168),
    source: 'the text of the mail',
  };
}
