import type { Finding, Subject } from '@launch-ready/core';

const named = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${name} ${value}`];

/** The places a finding is about, the most telling first: `POST /posts/{id}`, `cookie session`. */
function places(subject: Subject): readonly string[] {
  return [
    ...(subject.operation === undefined ? [] : [subject.operation]),
    ...named('file', subject.file),
    ...named('record', subject.record),
    ...named('cookie', subject.cookie),
    ...named('header', subject.header),
    ...(subject.variant === undefined ? [] : [subject.variant]),
    ...named('on', subject.host),
  ];
}

/** The place of a finding in one line, with who did it to whose object. */
export function where({ subject, check }: Finding): string {
  const found = places(subject);
  const place = found.length === 0 ? check : found.join(' · ');
  return subject.relation === undefined ? place : `${place} · as ${subject.relation}`;
}
