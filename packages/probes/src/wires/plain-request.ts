import type { HeaderList, HttpMethod } from '@launch-ready/core';
import type { OutgoingBody } from '../transport/transport.ts';

/** A request as probes think of it, or as it goes onto the network. */
export interface PlainRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: OutgoingBody | null;
}

export type Spoken =
  | {
      readonly kind: 'spoken';
      readonly request: PlainRequest;
      /** JSON pointer under which the answer of the operation stands in the answer from the network; empty for plain HTTP. */
      readonly pointer: string;
    }
  /** The protocol has no way to say this: a method, a path or a body that no such operation has. */
  | { readonly kind: 'unspeakable'; readonly because: string };

/** The same operation in other words. */
export type Wording = 'full' | 'plain';
