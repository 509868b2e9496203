interface Sign {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Shapes that only internals have: a frame with file and line, an error with its code or its statement. */
const signs: readonly Sign[] = [
  {
    kind: 'a Node.js stack trace',
    pattern: /^\s*at (?:async )?(?:[\w.<>$[\] ]+ )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]*:\d+:\d+\)?/m,
  },
  {
    kind: 'a Python stack trace',
    pattern: /Traceback \(most recent call last\)|^\s*File "[^"\n]+\.py", line \d+/m,
  },
  { kind: 'a Java stack trace', pattern: /^\s*at [\w$.]+\.[\w$<>]+\([\w$]+\.(?:java|kt|scala):\d+\)/m },
  {
    kind: 'a .NET stack trace',
    pattern: /^\s*at [\w.`<>[\],]+\([^)\n]*\) in [^\n]+\.cs:line \d+|^\s*at (?:System|Microsoft)\.[\w.]+\(/m,
  },
  {
    kind: 'a PHP error',
    pattern:
      /(?:Fatal error|Warning|Notice|Uncaught [\w\\]*(?:Exception|Error))\b[^\n]{0,300}\.php(?:\(\d+\)|:\d+| on line \d+)|^#\d+ \/[^\n]+\.php\(\d+\)/m,
  },
  { kind: 'a Ruby stack trace', pattern: /^\s*(?:from )?\/[^\s:]+\.rb:\d+:in [`']/m },
  { kind: 'a Go stack trace', pattern: /goroutine \d+ \[[^\]]+\]:\s/ },
  {
    kind: 'a database error',
    pattern:
      /SQLSTATE\[|ER_[A-Z_]{6,}|ORA-\d{5}\b|SQLITE_[A-Z]{4,}|PG::[A-Z]\w+|psycopg2?\.errors|invalid byte sequence for encoding|(?:null value in column|duplicate key value violates unique constraint|relation|column) "[^"\n]{1,80}" (?:of relation|does not exist|violates)|invalid input syntax for type \w+|You have an error in your SQL syntax|value too long for type character varying|PrismaClient\w+Error|Invalid `prisma\./,
  },
  {
    kind: 'an SQL statement',
    pattern:
      /\b(?:insert into|update) ["`][\w.]+["`] (?:\(|set )|\bselect ["`*][^\n]{1,200} from ["`]\w+["`]/i,
  },
  {
    kind: 'a path of the server',
    pattern:
      /(?:^|[\s"'(=:])(?:\/(?:home|root|usr\/src|var\/www|srv|opt|app|workspace|Users)\/[\w.@/-]+\.(?:m?[jt]sx?|cjs|py|rb|php|go|java|cs)\b|[A-Z]:\\\\?[\w\\. -]+\.(?:m?[jt]sx?|cjs|py|rb|php|cs)\b)/,
  },
];

/**
 * The kind of internals that an answer shows, or null. What the request itself had sent is taken out first, so that an
 * echo is not mistaken for the server's own words.
 */
export function disclosedInternals(text: string, sent: readonly string[]): string | null {
  return signIn(text, sent)?.kind ?? null;
}

/** The pattern by which one kind of internals is told. */
export const patternOf = (kind: string): RegExp | null =>
  signs.find((sign) => sign.kind === kind)?.pattern ?? null;

function signIn(text: string, sent: readonly string[]): Sign | null {
  const own = sent.filter((one) => one.length >= 6).reduce((rest, one) => rest.replaceAll(one, ' '), text);
  // Inside JSON the line breaks of a trace are written as \n.
  const readable = own
    .replace(/\\r?\\n|\\n/g, '\n')
    .replace(/\\"/g, '"')
    .replace(/&quot;/g, '"')
    .replace(/<br ?\/?>/gi, '\n')
    .replace(/&nbsp;/g, ' ');
  return signs.find(({ pattern }) => pattern.test(readable)) ?? null;
}
