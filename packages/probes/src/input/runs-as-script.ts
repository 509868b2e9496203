import type { Answer } from '../transport/transport.ts';

/** Whether a browser that is led to this answer would run the script: a page that holds it where scripts run. */
export function runsAsScript(answer: Answer, script: string): boolean {
  const type = (answer.header('content-type') ?? '').toLowerCase();
  if (!/text\/html|application\/xhtml|image\/svg/.test(type)) return false;
  if (/^attachment/i.test(answer.header('content-disposition')?.trim() ?? '')) return false;
  // Inside of these, and of comments, a script is text.
  const live = answer.text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(textarea|title|xmp|noscript|iframe|style|template)\b[\s\S]*?<\/\1\s*>/gi, '');
  return live.includes(script);
}
