/** Functions of scripts that come with a spoilt credential: `tampered(session, part)`, `withVisitorToken(sets)`. */
export const spoilKit = String.raw`
/** The same letters and digits in another order, so that a secret keeps its shape and cannot be valid. */
function changed(secret, part) {
  const dot = secret.lastIndexOf('.');
  const start = dot >= 0 && secret.length - dot > 8 ? dot + 1 : 0;
  const units = secret.slice(start).match(/%[0-9a-f]{2}|[^]/gi) ?? [];
  const places = units.flatMap((unit, index) => (/^[a-z\d]$/i.test(unit) ? [index] : []));
  const chosen = new Set(part === 'start' ? places.slice(0, 8) : places.slice(Math.floor(places.length / 2)));
  const ranges = ['0123456789', 'abcdef', 'ABCDEF', 'ghijklmnopqrstuvwxyz', 'GHIJKLMNOPQRSTUVWXYZ'];
  const turned = (letter) => { const range = ranges.find((one) => one.includes(letter)); return range[(range.indexOf(letter) + 3) % range.length]; };
  return chosen.size === 0 ? secret + 'x' : secret.slice(0, start) + units.map((unit, index) => (chosen.has(index) ? turned(unit) : unit)).join('');
}
/** Header lines of a session with its secrets changed. */
function tampered(session, part) {
  return session.filter(([name]) => !/csrf|xsrf/i.test(name)).map(([name, value]) => {
    if (name.toLowerCase() !== 'cookie') return [name, value.replace(/^(\w+ )?(\S+)$/, (_, scheme = '', secret) => scheme + changed(secret, part))];
    return [name, value.split('; ').map((pair) => {
      const equals = pair.indexOf('=');
      return /csrf|xsrf/i.test(pair.slice(0, equals)) ? pair : pair.slice(0, equals + 1) + changed(pair.slice(equals + 1), part);
    }).join('; ')];
  });
}
/** The same with the token against CSRF that any visitor is given. */
async function withVisitorToken(sets) {
  const page = await send({ method: 'GET', place: plan.visitorPage });
  const jar = page.cookies.map((line) => line.split(';')[0].trim());
  const inCookie = jar.find((pair) => /csrf|xsrf/i.test(pair.split('=')[0]));
  const inPage = /(?:csrf|xsrf)[-_]?(?:token)?["']?\s*(?::|value=|content=)\s*["']([^"']{8,})/i.exec(page.text)?.[1];
  const token = inPage ?? (inCookie && decodeURIComponent(inCookie.slice(inCookie.indexOf('=') + 1)));
  if (!token) cannotTell('no token against CSRF is handed out at ' + plan.visitorPage);
  return sets.map((set) => {
    const cookies = [...set.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value), ...jar];
    return [...set.filter(([name]) => name.toLowerCase() !== 'cookie'), ...(cookies.length > 0 ? [['cookie', cookies.join('; ')]] : []), ['x-csrf-token', token], ['x-xsrf-token', token]];
  });
}
`;
