import { isId, steadyText } from './steady-text.ts';

/**
 * An operation as it counts in a fingerprint: method and path without origin, query, parameter names and ids, so that
 * `GET /posts/{id}`, `GET /posts/:post` and `GET http://127.0.0.1:3000/posts/17?full=1` are one.
 */
export function steadyOperation(operation: string): string {
  const [, method = '', rest = ''] = /^(?:([A-Za-z]+)\s+)?(.*)$/s.exec(operation.trim()) ?? [];
  const path = rest.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return `${method.toUpperCase()} ${path.split('/').map(steadySegment).join('/')}`;
}

function steadySegment(segment: string): string {
  if (segment.startsWith(':') || isId(segment)) return '{}';
  return steadyText(segment.replace(/\{[^{}]*\}/g, '{}'));
}
