import { Resolver } from 'node:dns/promises';

/** The TXT records of a name; none when the name or the kind does not exist. */
export type TxtResolver = (
  name: string,
) => Promise<
  | { readonly kind: 'records'; readonly records: readonly string[] }
  | { readonly kind: 'no-answer'; readonly because: string }
>;

const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks DNS for TXT records.
 * @param servers addresses of name servers, such as `127.0.0.1:5353`; those of this machine when absent
 */
export function createTxtResolver(servers?: readonly string[]): TxtResolver {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers) resolver.setServers([...servers]);
  return async (name) => {
    try {
      const records = await resolver.resolveTxt(name);
      // A long text comes in pieces of 255 bytes (RFC 1035 section 3.3.14).
      return { kind: 'records', records: records.map((pieces) => pieces.join('')) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      return nothingThere.has(code)
        ? { kind: 'records', records: [] }
        : { kind: 'no-answer', because: `${name} could not be looked up (${code})` };
    }
  };
}
