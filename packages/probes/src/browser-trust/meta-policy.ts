/** The content security policy that stands in the head of a page (CSP 3 section 3.3); null when there is none. */
export function metaPolicy(html: string): string | null {
  const head = html.replace(/<!--[\s\S]*?-->/g, '').split(/<body\b/i)[0] ?? '';
  const policies = [...head.matchAll(/<meta\b([^>]*)>/gi)].flatMap(([, inside = '']) => {
    if (!/http-equiv\s*=\s*["']?content-security-policy["'\s/]/i.test(`${inside} `)) return [];
    const [, double, single] = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(inside) ?? [];
    const text = (double ?? single ?? '').trim();
    return text === '' ? [] : [text];
  });
  return policies.length === 0 ? null : policies.join(', ');
}
