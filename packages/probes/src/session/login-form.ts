/** A login form of an HTML page. */
export interface LoginForm {
  /** Where it is sent, as written in the page; empty for the page itself. */
  readonly action: string;
  readonly usernameField: string;
  readonly passwordField: string;
  /** Hidden fields, a CSRF token among them. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** Finds the first form with exactly one password field (two are a sign-up) and a field for the account name. */
export function findLoginForm(html: string): LoginForm | null {
  for (const match of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const inputs = [...(match[2] ?? '').matchAll(/<(?:input|button)\b([^>]*)>/gi)].map((input) =>
      attributes(input[1] ?? ''),
    );
    const passwords = inputs.filter((input) => input['type']?.toLowerCase() === 'password' && named(input));
    const hidden = inputs.filter((input) => input['type']?.toLowerCase() === 'hidden' && named(input));
    const texts = inputs.filter(
      (input) => ['text', 'email', 'tel', ''].includes((input['type'] ?? '').toLowerCase()) && named(input),
    );
    const username =
      texts.find((input) => /user|mail|login|ident|account|name/i.test(input['name'] ?? '')) ?? texts[0];
    const password = passwords[0];
    if (passwords.length !== 1 || !username || !password) continue;
    return {
      action: attributes(match[1] ?? '')['action'] ?? '',
      usernameField: username['name'] ?? '',
      passwordField: password['name'] ?? '',
      hidden: Object.fromEntries(hidden.map((input) => [input['name'] ?? '', input['value'] ?? ''])),
    };
  }
  return null;
}

const named = (input: Readonly<Record<string, string>>): boolean => (input['name'] ?? '') !== '';

function attributes(source: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name, double, single, bare] of source.matchAll(
    /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    found[(name ?? '').toLowerCase()] = unescaped(double ?? single ?? bare ?? '');
  }
  return found;
}

const unescaped = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
