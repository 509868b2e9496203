import type { Finding } from '@launch-ready/core';

/** A finding in one line: its check, its place, and what was seen. */
export function describeFinding({
  check,
  subject,
  message,
}: Pick<Finding, 'check' | 'subject' | 'message'>): string {
  const place = Object.entries(subject).map(([part, value]) => `${part}=${String(value)}`);
  return `${check} [${place.join(', ')}] ${message}`;
}
