import type { HeaderList } from '@launch-ready/core';

/** What the transport needs of the redactor: nothing is recorded that did not pass through it. */
export interface Redactor {
  addSecret(value: string): void;
  text(value: string): string;
  headers(list: HeaderList): HeaderList;
}
