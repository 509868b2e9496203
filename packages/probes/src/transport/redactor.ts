import type { Redactor } from '@launch-ready/core';

/** What the transport needs of the redactor: nothing is recorded that did not pass through it. */
export type TransportRedactor = Pick<Redactor, 'addSecret' | 'text' | 'headers'>;
