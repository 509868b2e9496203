/** A request header that proxies name the client's address in, and that some applications believe from anybody. */
export interface AddressHeader {
  readonly name: string;
  /** Proxies add to it instead of replacing it. */
  readonly isList: boolean;
  line(address: string): [string, string];
}

const single = (name: string): AddressHeader => ({ name, isList: false, line: (address) => [name, address] });

export const addressHeaders: readonly AddressHeader[] = [
  { name: 'x-forwarded-for', isList: true, line: (address) => ['x-forwarded-for', address] },
  { name: 'forwarded', isList: true, line: (address) => ['forwarded', `for=${address}`] },
  single('x-real-ip'),
  single('cf-connecting-ip'),
  single('true-client-ip'),
  single('x-client-ip'),
  single('x-cluster-client-ip'),
  single('fastly-client-ip'),
];

/** An address that belongs to nobody (TEST-NET-3, RFC 5737). */
export const forgedAddress = (number: number): string => `203.0.113.${1 + (number % 254)}`;

/** Where a client of {@link throughProxy} truly is, as its proxy saw it (TEST-NET-2, RFC 5737), for a share of 0 to 1. */
export const trueAddress = (share: number): string => `198.51.100.${1 + Math.floor(share * 254)}`;

/** The header as a proxy passes it on that was sent a made-up address by a client: with the true one behind it. */
export function throughProxy(header: AddressHeader, forged: string, client: string): [string, string] {
  const [name, made] = header.line(forged);
  const [, own] = header.line(client);
  return [name, `${made}, ${own}`];
}
