import { HttpError } from './http-error.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What of a request tells who caused it. */
export interface Provenance {
  readonly method: string;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly contentType: string | undefined;
  readonly hasBody: boolean;
}

const isJson = (contentType: string | undefined): boolean =>
  contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType);

/**
 * Refuses requests that another site's page caused (CWE-352). Browsers say so themselves: Sec-Fetch-Site cannot be set by pages,
 * and Origin is on every unsafe cross-site request. Clients that are no browsers send neither; they must send JSON, which
 * a plain HTML form cannot.
 *
 * @returns the refusal, or null when the request may go on.
 */
export const crossSiteRefusal = (request: Provenance, ownOrigin: string): HttpError | null => {
  if (safeMethods.has(request.method)) return null;
  const { origin, secFetchSite } = request;
  if (secFetchSite !== undefined && secFetchSite !== 'same-origin' && secFetchSite !== 'none')
    return crossSite();
  if (origin !== undefined && origin !== ownOrigin) return crossSite();
  if (isJson(request.contentType)) return null;
  const needsContentType = request.hasBody || request.contentType !== undefined;
  const fromOwnPage = origin !== undefined || secFetchSite === 'same-origin';
  // PUT, PATCH and DELETE cannot be sent across sites without the browser asking first.
  if (!needsContentType && (fromOwnPage || request.method !== 'POST')) return null;
  return new HttpError(415, 'unsupported_media_type', 'send application/json');
};

const crossSite = (): HttpError =>
  new HttpError(403, 'cross_site_request', 'requests from other sites are refused');
