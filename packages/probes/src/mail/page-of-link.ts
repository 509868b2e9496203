import type { Seen } from '../invites/seen-twice.ts';
import type { Answer } from '../transport/transport.ts';

/** Referrer policies that send the whole address, query included, to other sites. */
const tellsAll = /^(unsafe-url|no-referrer-when-downgrade)$/i;
const known =
  /^(no-referrer|no-referrer-when-downgrade|origin|origin-when-cross-origin|same-origin|strict-origin|strict-origin-when-cross-origin|unsafe-url)$/i;

/**
 * Whether the page behind a mailed link hands its token to somebody else: by leading on to another site with the token, or by loading
 * something from another site under a referrer policy that tells the whole address. Browsers of today tell only the
 * origin when a page states no policy.
 *
 * @param url address that was fetched, with the token in it
 */
export function pageOfLink(url: string, token: string, answer: Answer): Seen {
  const { origin } = new URL(url);
  const exchanges = [answer.exchange];
  const isOther = (address: string): boolean => {
    if (!URL.canParse(address, url)) return false;
    const to = new URL(address, url);
    return /^https?:$/.test(to.protocol) && to.origin !== origin;
  };
  const named = (text: string): boolean => text.includes(token) || text.includes(encodeURIComponent(token));
  const accepted = (because: string): Seen => ({ verdict: 'accepted', because, exchanges });
  const location = answer.header('location');
  if (location !== null && isOther(location) && named(location))
    return accepted(
      `its page leads on to ${new URL(location, url).host}, which is another site, with the token in the address`,
    );
  // A browser sends nobody what stands behind #.
  const isSent = named(url.split('#')[0] ?? url);
  if (!isSent)
    return {
      verdict: 'refused',
      because: 'the token stands behind # in the link, which browsers send to nobody',
      exchanges,
    };
  if (answer.status >= 400)
    return {
      verdict: 'inconclusive',
      because: `the page of the link is answered with ${answer.status}`,
      exchanges,
    };
  const html = /html/i.test(answer.header('content-type') ?? '') ? answer.text : '';
  const tags = [...html.matchAll(/<(script|img|iframe|link|source|audio|video|embed)\b[^>]*>/gi)].map(
    ([tag]) => tag,
  );
  const foreign = tags.flatMap((tag) => {
    const address = attribute(tag, /^<link/i.test(tag) ? 'href' : 'src');
    return address !== null && isOther(address) && !isBlocked(answer, tag, new URL(address, url))
      ? [{ tag, address }]
      : [];
  });
  const direct = foreign.find(({ address }) => named(address));
  if (direct !== undefined)
    return accepted(
      `its page names the token to ${new URL(direct.address, url).host}, which is another site`,
    );
  const policy = policyOf(answer, html);
  const told = foreign.find(({ tag }) => tellsAll.test(attribute(tag, 'referrerpolicy') ?? policy ?? ''));
  if (told !== undefined)
    return accepted(
      `its page loads something from ${new URL(told.address, url).host}, another site, and tells it the whole address with the token by its referrer policy`,
    );
  return {
    verdict: 'refused',
    because:
      foreign.length === 0
        ? 'its page loads nothing from other sites'
        : 'its page tells other sites that it loads from nothing of its address but the origin',
    exchanges,
  };
}

/** Whether the page's Content-Security-Policy keeps browsers from loading it. */
function isBlocked(answer: Answer, tag: string, from: URL): boolean {
  const kind = /^<(\w+)/.exec(tag)?.[1]?.toLowerCase() ?? '';
  const name = { script: 'script-src', img: 'img-src', iframe: 'frame-src', link: 'style-src' }[kind];
  return answer.headerValues('content-security-policy').some((policy) => {
    const directives = new Map(
      policy.split(';').map((part) => {
        const [first = '', ...sources] = part.trim().split(/\s+/);
        return [first.toLowerCase(), sources] as const;
      }),
    );
    const sources = directives.get(name ?? 'media-src') ?? directives.get('default-src');
    return sources !== undefined && !sources.some((source) => lets(source, from));
  });
}

const lets = (source: string, from: URL): boolean =>
  source === '*' ||
  source === from.protocol ||
  (source.startsWith('*.') && from.hostname.endsWith(source.slice(1))) ||
  source.replace(/^https?:\/\//, '').split('/')[0] === from.host;

/** The last policy that browsers know, of the header or of a meta tag; null when none is stated. */
function policyOf(answer: Answer, html: string): string | null {
  const meta = [...html.matchAll(/<meta\b[^>]*>/gi)]
    .filter(([tag]) => attribute(tag, 'name')?.toLowerCase() === 'referrer')
    .flatMap(([tag]) => attribute(tag, 'content') ?? []);
  return (
    [...answer.headerValues('referrer-policy').flatMap((line) => line.split(',')), ...meta]
      .map((one) => one.trim())
      .findLast((one) => known.test(one)) ?? null
  );
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? '').replace(/&amp;/g, '&');
}
