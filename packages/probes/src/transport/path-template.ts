/** Where the values of a path template stand in a real path. */
export interface PathMatch {
  readonly values: Readonly<Record<string, string>>;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Path of a URL reduced to what a lenient server sees: no query, `;` parameters, dot segments, empty or trailing segments. */
export function plainSegments(path: string): readonly string[] {
  const segments: string[] = [];
  for (const raw of (path.split('?')[0] ?? '').split('/')) {
    const segment = decoded((raw.split(';')[0] ?? '').trim());
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(...segment.split('/').filter((part) => part !== ''));
  }
  return segments;
}

/** Values of the template's slots in a path, or null when the path is not of that shape. */
export function matchPath(template: string, path: string): PathMatch | null {
  const wanted = (template.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');
  const found = plainSegments(path);
  if (wanted.length !== found.length) return null;
  const values: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = found[index] ?? '';
    const names: string[] = [];
    const pattern = segment
      .split(/(\{[^}]+\})/)
      .map((part) => {
        if (!part.startsWith('{') || !part.endsWith('}')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        names.push(part.slice(1, -1));
        return '(.+?)';
      })
      .join('');
    const match = new RegExp(`^${pattern}$`, 'i').exec(value);
    if (!match) return null;
    names.forEach((name, position) => (values[name] = match[position + 1] ?? ''));
  }
  return { values };
}

/** Fills a template; values are percent-encoded. Null when a slot has no value. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string | null {
  let missing = false;
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) missing = true;
    return encodeURIComponent(value ?? '');
  });
  return missing ? null : path;
}
