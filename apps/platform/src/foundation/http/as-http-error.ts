import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { HttpError, invalidInput, notFound } from './http-error.ts';

const coded = z.object({ code: z.string() });

const plain = (status: number, code: string, message: string): HttpError =>
  new HttpError(status, code, message);

/** What the server itself refuses before a handler sees it, by its error code. */
const refusals: Readonly<Record<string, () => HttpError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => plain(413, 'too_large', 'the body is larger than 256 KB'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => plain(415, 'unsupported_media_type', 'send application/json'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    plain(400, 'bad_request', 'the body has not the announced length'),
  FST_ERR_BAD_URL: () => plain(400, 'bad_request', 'the path is not valid'),
  FST_ERR_MAX_PARAM_LENGTH: notFound,
  FST_ERR_REOPENED_CLOSE_SERVER: () => plain(503, 'stopping', 'the server is stopping'),
};

/** Turns whatever was thrown into the answer the client may see. Everything unforeseen is a 500 that says nothing. */
export const asHttpError = (error: unknown): HttpError => {
  if (error instanceof HttpError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return fromValidation(error);
  const code = coded.safeParse(error).data?.code ?? '';
  const refusal = refusals[code];
  if (refusal !== undefined) return refusal();
  // The pool has no error code of its own for a queue that takes too long.
  if (error instanceof Error && error.message === 'timeout exceeded when trying to connect') {
    return plain(503, 'overloaded', 'too busy right now; try again in a moment');
  }
  if (code.startsWith('FST_ERR_CTP_') || code === 'ERR_HTTP_REQUEST_TIMEOUT' || code === 'ECONNRESET') {
    return plain(400, 'bad_request', 'the request could not be read');
  }
  return plain(500, 'internal_error', 'something went wrong on our side');
};

interface ValidationError {
  readonly validation: readonly { readonly instancePath: string; readonly message?: string | undefined }[];
  readonly validationContext?: string | undefined;
}

const fromValidation = (error: ValidationError): HttpError => {
  // An id that cannot be one names nothing: absent, like any other unknown id.
  if (error.validationContext === 'params') return notFound();
  const where = error.validationContext === 'querystring' ? 'query' : 'body';
  return invalidInput(
    error.validation
      .slice(0, 20)
      .map(({ instancePath, message = 'is not valid' }) => ({ path: `${where}${instancePath}`, message })),
  );
};
