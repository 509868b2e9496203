import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import type { LoginRoute, Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import type { CodeSource } from './code-source.ts';
import type { CookieCredential } from './cookie-credential.ts';
import type { FoundRefreshToken } from './find-token.ts';
import type { SecondStep } from './second-factor.ts';
import type { Credential } from './sessions.ts';

/** A way to log in that was found: one request, or a page with a form whose hidden fields are new each time. */
export type LoginWay =
  | { readonly kind: 'route'; readonly route: LoginRoute; readonly csrfFrom: string | null }
  | { readonly kind: 'page'; readonly url: string };

/** What came with the credentials of a login. */
export interface Given {
  readonly refreshToken: FoundRefreshToken | null;
  readonly jar: CookieCredential;
  readonly loginUrl: string;
}

/** What one attempt brought. */
export type Attempt =
  /** Credentials that the answer may have given, the likeliest first; only a proof tells. */
  | {
      readonly kind: 'maybe';
      readonly credentials: readonly Credential[];
      readonly given: Given;
      readonly exchanges: readonly ExchangeId[];
    }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    }
  /** No login is here. */
  | {
      readonly kind: 'nothing-here';
      readonly status: number | null;
      readonly exchanges: readonly ExchangeId[];
    };

export interface AttemptContext {
  readonly transport: Transport;
  readonly target: Pick<Target, 'app' | 'api' | 'headers'>;
  readonly actor: ActorId;
  readonly username: string;
  readonly password: string;
  readonly nowMs: () => number;
  readonly operations: readonly Operation[];
  /** Codes of the second factor, when the target file gives its secret. */
  readonly codes: CodeSource | null;
  /** Second steps that were found to work, by the address of the login. */
  readonly secondSteps: Map<string, SecondStep>;
}
