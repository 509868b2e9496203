import type { Reproduction } from '@launch-ready/core';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import type { ResetDesk } from './reset-desk.ts';

/** The requests as curl lines; what stands between them is read in a mail, which a script cannot do. */
export function resetReproduction(
  desk: ResetDesk,
  values: { readonly token: string | null; readonly password: string | null },
): Reproduction | null {
  const { ask, use } = desk.shown;
  if (ask === null) return null;
  const { origin } = new URL(ask.url);
  const known = {
    address: desk.address,
    ...(values.token === null ? {} : { token: values.token }),
    ...(values.password === null ? {} : { password: values.password }),
  };
  const variables = { address: 'THROWAWAY_ADDRESS', token: 'RESET_TOKEN', password: 'NEW_PASSWORD' };
  const line = (request: typeof ask): string =>
    curlLine(requestTemplate(request, origin, known), { variables });
  return {
    curl: [line(ask), ...(use === null || values.token === null ? [] : [line(use)])].join('\n'),
    script: scriptByHand(
      'the token of a reset comes by mail, which a script cannot read: follow the curl lines',
    ),
  };
}
