/**
 * The site of an origin, roughly: its last two labels. Enough to tell whether two origins of one application need cookies
 * that cross sites; names below public suffixes of two labels count as one site, which only makes the answer milder.
 */
export function siteOf(origin: string): string {
  const { hostname } = new URL(origin);
  if (isAddress(hostname)) return hostname;
  return hostname.split('.').slice(-2).join('.');
}

/** Whether a host name as the URL parser writes it is an IP address. */
export const isAddress = (hostname: string): boolean =>
  hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
