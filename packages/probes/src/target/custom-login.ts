/** What a login function of the target file gives back; at least one of the first three. */
export interface GivenSession {
  /** Token for `Authorization: Bearer`. */
  readonly bearer?: string;
  /** As in a `Cookie` header. */
  readonly cookies?: string;
  /** Request headers that carry it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** After how long it runs out, so that it is renewed before. */
  readonly expiresInSeconds?: number;
}

export interface LoginAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  /** Undefined when the body is not JSON. */
  json(): unknown;
}

/** What a login function may use. */
export interface LoginTools {
  /** Origin that serves the API. */
  readonly api: string;
  readonly app: string;
  /** Asks one of the target's origins; the request counts against the run's budget. */
  readonly request: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    more?: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly form?: Readonly<Record<string, string>>;
    },
  ) => Promise<LoginAnswer>;
}

/** Logs one account in. Called again whenever its session was lost or another one is needed. */
export type CustomLogin = (tools: LoginTools) => Promise<GivenSession>;
