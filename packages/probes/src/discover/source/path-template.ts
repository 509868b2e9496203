/** A framework's path as templates with `{names}`: one for each way in which optional parts are there or not. */
export function pathTemplates(
  path: string,
): readonly { readonly path: string; readonly catchAll: boolean }[] {
  let ways: readonly string[] = [path];
  // Express 5 writes optional parts in braces, Express 4, Hono and Fastify with a question mark.
  while (ways.some((way) => /\{[/\w:*.-]*\}/.test(way) || /\/?:\w+(\([^)]*\))?\?/.test(way)))
    ways = ways.flatMap((way) => {
      const found = /\{([/\w:*.-]*)\}/.exec(way) ?? /(\/?:\w+(?:\([^)]*\))?)\?/.exec(way);
      if (!found) return [way];
      const [whole, inside = ''] = found;
      const [before, after] = [way.slice(0, found.index), way.slice(found.index + whole.length)];
      return [`${before}${after}`, `${before}${inside}${after}`];
    });
  return ways.map((way) => {
    const catchAll = /\*/.test(way) || /:\w+\{\.[+*]/.test(way);
    const template = way
      .replace(/:(\w+)(\{[^}]*\}|\((?:[^()]|\([^)]*\))*\))?[*+]?/g, '{$1}')
      .replace(/\*(\w*)/g, (_, name: string) => `{${name === '' ? 'wildcard' : name}}`)
      .replace(/\/{2,}/g, '/')
      .replace(/(.)\/$/, '$1');
    return { path: template === '' ? '/' : template, catchAll };
  });
}
