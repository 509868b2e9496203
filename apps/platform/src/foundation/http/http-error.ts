/** A part of the input that is wrong; `path` names it as in the request. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fields?: readonly FieldProblem[];
  };
}

/** An answer that ends a request early. What it carries is meant for the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[] | undefined;

  constructor(status: number, code: string, message: string, fields?: readonly FieldProblem[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  body(): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.fields === undefined ? {} : { fields: this.fields }),
      },
    };
  }
}

/** The one answer for what is absent and for what is somebody else's: the two must not be told apart. */
export const notFound = (): HttpError => new HttpError(404, 'not_found', 'not found');

export const unauthenticated = (): HttpError => new HttpError(401, 'unauthenticated', 'sign in first');

export const forbidden = (message = 'your role does not allow this'): HttpError =>
  new HttpError(403, 'forbidden', message);

export const conflict = (code: string, message: string): HttpError => new HttpError(409, code, message);

export const invalidInput = (fields: readonly FieldProblem[]): HttpError =>
  new HttpError(422, 'invalid_input', 'the input is not valid', fields);
