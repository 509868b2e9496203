import { isObject, type JsonObject } from './parse-document.ts';

export interface ServerBase {
  readonly origin: string;
  /** Path before all paths, without a trailing slash. */
  readonly path: string;
  readonly problem: string | null;
}

/**
 * Where the paths of a document are served. The first server within the scope wins; a server elsewhere keeps only its base
 * path, at the origin that serves the API, because documents often name production or a port of the build machine.
 */
export function serverBase(
  servers: readonly unknown[],
  documentUrl: string,
  scope: { readonly api: string; readonly origins: readonly string[] },
): ServerBase {
  const urls = servers.flatMap((server) => {
    const url = isObject(server) && typeof server['url'] === 'string' ? filled(server['url'], server) : null;
    return url !== null && URL.canParse(url, documentUrl) ? [new URL(url, documentUrl)] : [];
  });
  const inScope = urls.find((url) => scope.origins.includes(url.origin));
  if (inScope) return { origin: inScope.origin, path: basePath(inScope), problem: null };
  const [first] = urls;
  if (!first) return { origin: scope.api, path: '', problem: null };
  const problem = `server ${first.origin} is not an origin of the target; its paths are tried at ${scope.api}`;
  return { origin: scope.api, path: basePath(first), problem };
}

const basePath = (url: URL): string => decodeURI(url.pathname).replace(/\/+$/, '');

function filled(url: string, server: JsonObject): string {
  const variables = isObject(server['variables']) ? server['variables'] : {};
  return url.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const variable = variables[name];
    const value = isObject(variable) ? variable['default'] : undefined;
    return typeof value === 'string' ? value : whole;
  });
}
