import type { Answer } from '../transport/transport.ts';

/** What an answer says, without what each request changes: the address asked for, ids, numbers and times. */
export function maskedAnswer(answer: Answer, address: string): string {
  const mask = (text: string): string =>
    [address, encodeURIComponent(address), address.split('@')[0] ?? address]
      .reduce((made, one) => made.replaceAll(one, '<address>'), text)
      .replace(/\b[\da-f]{8}-[\da-f-]{27}\b/gi, '<id>')
      .replace(/[\w-]{20,}(\.[\w-]+)*/g, '<secret>')
      .replace(/\d+/g, '#');
  const cookies = answer.headerValues('set-cookie').map((line) => line.split('=')[0]);
  return [
    answer.status,
    answer.header('content-type') ?? '',
    mask(answer.header('location') ?? ''),
    [...new Set(cookies)].join(),
    mask(answer.text).slice(0, 20_000),
  ].join('\n');
}

/** Says in a few words in what two answers differ, without what they hold. */
export function differenceOf(a: Answer, b: Answer): string {
  if (a.status !== b.status)
    return `status ${a.status} for an account that exists, ${b.status} for one that does not`;
  if (a.header('location') !== b.header('location')) return 'they send the visitor to different places';
  if (a.headerValues('set-cookie').length !== b.headerValues('set-cookie').length)
    return 'only one of them sets a cookie';
  return 'their texts differ';
}
