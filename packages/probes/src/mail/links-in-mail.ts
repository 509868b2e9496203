/** Absolute http(s) links of a mail's parts in order, without repeats. */
export function linksInMail(text: string, html: string | null): readonly string[] {
  const inText = [...text.matchAll(/https?:\/\/[^\s<>"'`\\]+/gi)].map(([link]) => trimmed(link));
  const inHtml = [...(html ?? '').matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)]
    .map((match) =>
      (match[1] ?? match[2] ?? '')
        .replace(/&amp;/g, '&')
        .replace(/&#x2f;/gi, '/')
        .replace(/&#61;/g, '=')
        .trim(),
    )
    .filter((link) => /^https?:\/\//i.test(link));
  return [...new Set([...inText, ...inHtml])].filter((link) => URL.canParse(link));
}

/** Without the punctuation of the sentence around it. */
function trimmed(link: string): string {
  let end = link;
  for (;;) {
    const last = end.at(-1) ?? '';
    const opening = last === ')' ? '(' : last === ']' ? '[' : '';
    if (!/[.,;:!?)\]]/.test(last) || (opening !== '' && end.includes(opening))) return end;
    end = end.slice(0, -1);
  }
}
