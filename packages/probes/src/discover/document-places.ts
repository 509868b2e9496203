/** Paths at which frameworks and products serve their API document. */
export const documentPlaces: readonly string[] = [
  '/openapi.json',
  '/api/openapi.json',
  '/docs/json',
  '/api/docs/json',
  '/documentation/json',
  '/api/documentation/json',
  '/swagger.json',
  '/api/swagger.json',
  '/api-docs',
  '/api/api-docs',
  '/v3/api-docs',
  '/api-docs.json',
  '/api/docs-json',
  '/docs-json',
  '/api-json',
  '/swagger/v1/swagger.json',
  '/server/specs/oas',
  '/doc',
  '/api/doc',
  '/openapi',
  '/openapi.yaml',
  '/api/openapi.yaml',
  '/docs/openapi.json',
  '/api/v1/openapi.json',
  '/v1/openapi.json',
  '/swagger/doc.json',
  '/api/schema',
  '/api/auth/open-api/generate-schema',
];

/** Where a further document may lie when one was found: of an older version, of another part, or of an embedded product. */
export const furtherPlaces: ReadonlySet<string> = new Set([
  '/openapi.json',
  '/api/openapi.json',
  '/swagger.json',
  '/api-docs',
  '/v3/api-docs',
  '/v1/openapi.json',
  '/api/schema',
  '/api/auth/open-api/generate-schema',
]);

/** Pages of documentation browsers, which name the document they show. */
export const documentPages: readonly string[] = [
  '/docs',
  '/api/docs',
  '/reference',
  '/swagger',
  '/api',
  '/documentation',
  '/api-docs/',
  '/redoc',
  '/',
];

/** Addresses of documents that a page names. */
export function documentsNamedIn(html: string, pageUrl: string): readonly string[] {
  const found = [
    ...html.matchAll(
      /["'(=]\s*([^"'()\s<>]*(?:openapi|swagger|api-docs|docs-json|\/doc\/?)[^"'()\s<>]*)["')]/gi,
    ),
  ]
    .map((match) => match[1] ?? '')
    .filter((address) => !/\.(css|js|png|svg|map|html)(\?|$)/i.test(address) && address.length < 200)
    .flatMap((address) => (URL.canParse(address, pageUrl) ? [new URL(address, pageUrl).href] : []));
  return [...new Set(found)].filter((url) => new URL(url).origin === new URL(pageUrl).origin).slice(0, 5);
}
