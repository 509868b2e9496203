import { isIP } from 'node:net';

/**
 * The site of an origin, roughly: its last two labels. Enough to tell whether two origins of one application need cookies
 * that cross sites; names below public suffixes of two labels count as one site, which only makes the answer milder.
 */
export function siteOf(origin: string): string {
  const { hostname } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return hostname;
  return hostname.split('.').slice(-2).join('.');
}
