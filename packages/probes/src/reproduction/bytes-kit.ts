/** Functions of scripts that look for markers in whatever an answer holds: `shows(answer, marks)`, `isReadable(bytes)`. */
export const bytesKit = String.raw`
const { gunzipSync, inflateSync, inflateRawSync } = await import('node:zlib');
const quietly = (unpack) => { try { return unpack(); } catch { return null; } };
const limit = { maxOutputLength: 2 ** 25 };

/** What lies packed in these bytes: gzip, the files of a zip, the streams of a PDF. */
function unpacked(bytes) {
  const text = bytes.toString('latin1');
  if (text.startsWith('\x1f\x8b')) return [quietly(() => gunzipSync(bytes, limit))];
  if (text.startsWith('PK\x03\x04')) {
    return [...text.matchAll(/PK\x01\x02/g)].map(({ index }) => {
      const [method, size, at] = [bytes.readUInt16LE(index + 10), bytes.readUInt32LE(index + 20), bytes.readUInt32LE(index + 42)];
      const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
      const part = bytes.subarray(start, start + size);
      return method === 0 ? part : quietly(() => inflateRawSync(part, limit));
    });
  }
  if (text.startsWith('%PDF')) {
    return [...text.matchAll(/\bstream\r?\n/g)].map((match) => {
      const start = match.index + match[0].length;
      const part = bytes.subarray(start, Math.max(start, text.indexOf('endstream', start)));
      return quietly(() => inflateSync(part, limit)) ?? part;
    });
  }
  return [];
}
const isReadable = (bytes) => { const parts = unpacked(bytes); return parts.length > 0 && parts.every(Boolean); };

/** The text that the pieces of a PDF's stream make when they are joined. */
function pieces(text) {
  return (text.replace(/\)\s*-?[\d.]+\s*\(/g, ')(').replace(/>\s*-?[\d.]+\s*</g, '><').match(/\((?:\\.|[^\\()])*\)|<[\da-fA-F\s]+>|\b(?:Tj|TJ|ET)\b/g) ?? [])
    .map((part) => (part[0] === '(' ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part[0] === '<' ? Buffer.from(part.replace(/[^\da-f]/gi, ''), 'hex').toString('latin1').replaceAll('\0', '') : '\n')).join('');
}
function textsOf(answer) {
  const { bytes } = answer;
  const wide = bytes.includes(0) ? [bytes.toString('utf16le'), Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le')] : [];
  const inside = unpacked(bytes).filter(Boolean).map((part) => part.toString('latin1'));
  const pages = bytes.toString('latin1', 0, 4) === '%PDF' ? [bytes.toString('latin1'), ...inside].map(pieces) : [];
  return [answer.text, ...wide, ...inside, ...pages, ...answer.headers.values()].join('\n').toLowerCase();
}
/** A marker as it is, in hex, and in base64 wherever it begins. */
const forms = (mark) => [mark, Buffer.from(mark).toString('hex'), ...[0, 1, 2].map((before) =>
  Buffer.from('\0'.repeat(before) + mark).toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor(((before + mark.length) * 8) / 6)))];
function shows(answer, marks) {
  const texts = textsOf(answer);
  return marks.some((mark) => forms(mark).some((form) => texts.includes(form.toLowerCase())));
}
`;
