import type { BodyPart, RequestTemplate } from './request-template.ts';

/**
 * A request as a curl command. Placeholders become shell variables by `variables`, or by their own name in capitals; the
 * credential is a variable that holds a whole header line.
 */
export function curlLine(
  request: RequestTemplate,
  more: {
    readonly credential?: string | null;
    readonly variables?: Readonly<Record<string, string>>;
    /** Further options, such as `-c jar`. */
    readonly options?: string;
  } = {},
): string {
  const variable = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => `\${${more.variables?.[name] ?? name.toUpperCase()}}`);
  const place = variable(escaped(request.place));
  const url = /^https?:/.test(place) ? place : `$BASE_URL${place}`;
  const headers =
    request.type === null ? request.headers : [['content-type', request.type], ...request.headers];
  return [
    `curl -i -X ${request.method}`,
    ...(more.options === undefined ? [] : [more.options]),
    `"${url}"`,
    ...(more.credential ? [`-H "$${more.credential}"`] : []),
    ...headers.map(([name = '', value = '']) => `-H "${variable(escaped(`${name}: ${value}`))}"`),
    ...(request.body === null ? [] : [`--data-raw "${variable(escaped(shown(request.body)))}"`]),
  ].join(' ');
}

/** For double quotes of a shell. */
const escaped = (text: string): string => text.replace(/[\\"$`]/g, '\\$&');

function shown(parts: readonly BodyPart[]): string {
  const text = parts
    .map((part) => (typeof part === 'string' ? part : `${part.repeat.repeat(20)}...`))
    .join('');
  return text.length > 2000 ? `${text.slice(0, 200)}...` : text;
}
