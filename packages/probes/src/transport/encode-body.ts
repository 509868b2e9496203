import type { OutgoingBody } from './transport.ts';

export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Turns a body into bytes. The boundary only needs to be absent from the fields. */
export function encodeBody(body: OutgoingBody, boundary: string): EncodedBody {
  if (body.kind === 'bytes') return body;
  if (body.kind === 'text') return { bytes: utf8(body.text), contentType: body.contentType };
  if (body.kind === 'json') {
    return { bytes: utf8(JSON.stringify(body.value)), contentType: 'application/json' };
  }
  if (body.kind === 'form') {
    const text = new URLSearchParams(body.fields).toString();
    return { bytes: utf8(text), contentType: 'application/x-www-form-urlencoded' };
  }
  const parts = Object.entries(body.fields).map(([name, value]) => {
    const quoted = name.replace(/["\r\n]/g, encodeURIComponent);
    return `--${boundary}\r\ncontent-disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
  });
  return {
    bytes: utf8(`${parts.join('')}--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
