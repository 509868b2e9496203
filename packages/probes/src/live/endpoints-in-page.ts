import type { LiveEndpoint } from './live-endpoint.ts';

const opened = /\bnew\s+(WebSocket|EventSource)\s*\(([^;]{1,300})/g;
const literal = /["'`]([^"'`\s]*)["'`]/g;

/** `new WebSocket(...)` and `new EventSource(...)` in a page or script, where the address is written out. */
export function endpointsInPage(text: string, base: string): readonly LiveEndpoint[] {
  return [...text.matchAll(opened)].flatMap(([, name, given = '']): readonly LiveEndpoint[] => {
    const path = [...given.matchAll(literal)]
      .map(([, one = '']) => one.replace(/^.*\$\{[^}]*\}(?=\/)/, ''))
      .find((one) => /^(wss?:\/\/|https?:\/\/|\/)[^$]*$/.test(one) && one.length > 1);
    if (path === undefined) return [];
    const url = URL.parse(path.replace(/^ws(s?):/i, 'http$1:'), base);
    if (url === null || url.pathname === '/') return [];
    return [
      { kind: name === 'WebSocket' ? 'websocket' : 'events', url: url.href, hello: [], source: 'page' },
    ];
  });
}

/** Scripts of the same origin that a page loads. */
export const scriptsOf = (page: string, base: string): readonly string[] =>
  [...page.matchAll(/<script\b[^>]*\bsrc=["']([^"']+)["']/gi)].flatMap(([, source = '']) => {
    const url = URL.parse(source, base);
    return url !== null && url.origin === new URL(base).origin ? [url.href] : [];
  });
