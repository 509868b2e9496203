import type { HeaderList } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Asked } from './reset-desk.ts';

/** Headers that claim another name for the application, as proxies would, or as the visitor's own request. */
export const forgedHost = (
  { random }: Pick<ProbeContext, 'random'>,
  way: 'forwarded' | 'host',
): { readonly name: string; readonly headers: HeaderList } => {
  const name = `lr${random.token(10)}.example`;
  const headers: HeaderList =
    way === 'host'
      ? [['host', name]]
      : [
          ['x-forwarded-host', name],
          ['x-host', name],
          ['x-forwarded-server', name],
          ['forwarded', `host=${name};proto=https`],
        ];
  return { name, headers };
};

/** Whether the mail that came leads to the made-up name. Its mere mention in a text does not. */
export function leadsTo(asked: Asked, name: string): boolean {
  return (asked.mail?.links ?? []).some((link) => new URL(link).hostname.toLowerCase() === name);
}
