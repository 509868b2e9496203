import { crc32, deflateSync } from 'node:zlib';

/** Kinds of file that a canary can be put into, the likeliest first. */
const fileKinds = ['text', 'csv', 'png', 'pdf', 'json'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A file in a body: its canary stands in its name and in its bytes. */
export interface FileValue {
  readonly kind: 'file';
  readonly as: FileKind;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export const isFile = (value: unknown): value is FileValue =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'file' && 'bytes' in value;

/** The kind to try after one that was refused. */
export const nextFile = (as: FileKind): FileKind =>
  fileKinds[(fileKinds.indexOf(as) + 1) % fileKinds.length] ?? 'text';

/** What kind of file a field of this name, or of this declared media type, is likely to take. */
export function likelyFile(name: string, mediaType: string | null): FileKind {
  const talk = `${mediaType ?? ''} ${name}`;
  if (/image|avatar|photo|picture|logo|icon|png|cover|banner|thumbnail/i.test(talk)) return 'png';
  if (/csv|spreadsheet|import/i.test(talk)) return 'csv';
  if (/pdf|invoice|contract/i.test(talk)) return 'pdf';
  return /json/i.test(talk) ? 'json' : 'text';
}

/** A small valid file that holds this text. */
export function fileWith(text: string, as: FileKind): FileValue {
  const file = (extension: string, contentType: string, bytes: Uint8Array): FileValue => ({
    kind: 'file',
    as,
    name: `${text}.${extension}`,
    contentType,
    bytes,
  });
  switch (as) {
    case 'text':
      return file('txt', 'text/plain', Buffer.from(`${text}\n`));
    case 'csv':
      return file('csv', 'text/csv', Buffer.from(`name,note\n${text},${text}\n`));
    case 'json':
      return file('json', 'application/json', Buffer.from(JSON.stringify({ note: text })));
    case 'png':
      return file('png', 'image/png', pngWith(text));
    case 'pdf':
      return file('pdf', 'application/pdf', pdfWith(text));
  }
}

/** One grey pixel with a text beside it (PNG specification, section 11.3.3.2). */
function pngWith(text: string): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const pixel = deflateSync(Buffer.from([0, 0x80]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1')),
    chunk('IDAT', pixel),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One page that shows the text. */
function pdfWith(text: string): Uint8Array {
  const stream = `BT /F1 12 Tf 20 100 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}
