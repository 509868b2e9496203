import type { OutgoingBody } from './transport.ts';

export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Turns a body into bytes. The boundary only needs to be absent from the fields. */
export function encodeBody(body: OutgoingBody, boundary: string): EncodedBody {
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (body.kind) {
    case 'json':
      return { bytes: utf8(JSON.stringify(body.value)), contentType: 'application/json' };
    case 'form':
      return {
        bytes: utf8(new URLSearchParams(body.fields).toString()),
        contentType: 'application/x-www-form-urlencoded',
      };
    case 'multipart': {
      const fields = Object.entries(body.fields).map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, encodeURIComponent)}"\r\n\r\n${value}\r\n`,
      );
      return {
        bytes: utf8(`${fields.join('')}--${boundary}--\r\n`),
        contentType: `multipart/form-data; boundary=${boundary}`,
      };
    }
    case 'text':
      return { bytes: utf8(body.text), contentType: body.contentType };
    case 'bytes':
      return { bytes: body.bytes, contentType: body.contentType };
  }
}
