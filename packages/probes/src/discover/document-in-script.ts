/** Scripts that Swagger UI is started by, which often hold the whole document and name no other place of it. */
const starter = /swagger-ui-init\.js$/;

/** Addresses of such scripts that a page loads. */
export function pageScriptsIn(html: string, pageUrl: string): readonly string[] {
  const found = [...html.matchAll(/<script[^>]+src=["']([^"'\s]+)["']/gi)]
    .map((match) => match[1] ?? '')
    .flatMap((address) => (URL.canParse(address, pageUrl) ? [new URL(address, pageUrl)] : []))
    .filter((url) => url.origin === new URL(pageUrl).origin && starter.test(url.pathname));
  return [...new Set(found.map(({ href }) => href))].slice(0, 2);
}

/** The JSON text of the document inside such a script; null when the address is of something else, or it holds none. */
export function documentInScript(url: string, script: string): string | null {
  if (!starter.test(new URL(url).pathname)) return null;
  const start = /"?swaggerDoc"?\s*:\s*(?=\{)/.exec(script);
  return start === null ? null : objectAt(script, start.index + start[0].length);
}

/** The text of the JSON object that begins here, up to the brace that closes it. */
function objectAt(text: string, from: number): string | null {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth += 1;
    else if (char === '}' && (depth -= 1) === 0) return text.slice(from, at + 1);
  }
  return null;
}
