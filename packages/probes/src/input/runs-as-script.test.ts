import { expect, test } from 'vitest';
import type { Answer } from '../transport/transport.ts';
import { runsAsScript } from './runs-as-script.ts';

const script = '<script>/*lrabc*/</script>';
const answer = (text: string, type = 'text/html; charset=utf-8', disposition?: string): Answer => ({
  kind: 'answer',
  exchange: 'x1',
  status: 200,
  headers: [],
  header: (name) =>
    name === 'content-type' ? type : name === 'content-disposition' ? (disposition ?? null) : null,
  headerValues: () => [],
  bytes: new Uint8Array(),
  text,
  json: () => undefined,
  totalMs: 1,
});

test.each([
  ['a page', answer(`<p>${script}</p>`)],
  ['data that is called a page', answer(`{"text":"${script}"}`)],
  ['a picture that may hold scripts', answer(`<svg>${script}</svg>`, 'image/svg+xml')],
])('%s runs it', (_, one) => expect(runsAsScript(one, script)).toBe(true));

test.each([
  ['data', answer(`{"text":"${script}"}`, 'application/json')],
  ['a text', answer(script, 'text/plain')],
  ['an escaped page', answer('<p>&lt;script&gt;/*lrabc*/&lt;/script&gt;</p>')],
  ['a field of a form', answer(`<textarea>${script}</textarea>`)],
  ['a title', answer(`<title>${script}</title>`)],
  ['a comment', answer(`<!-- ${script} -->`)],
  ['a download', answer(`<p>${script}</p>`, 'text/html', 'attachment; filename=x.html')],
])('%s does not', (_, one) => expect(runsAsScript(one, script)).toBe(false));
