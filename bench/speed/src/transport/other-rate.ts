import autocannon from 'autocannon';

/** Requests per second of autocannon, which records nothing. */
export async function otherRate(origin: string, seconds: number, connections: number): Promise<number> {
  const result = await autocannon({ url: `${origin}/notes`, connections, duration: seconds, pipelining: 1 });
  if (result.non2xx > 0 || result.errors > 0) throw new Error('the server did not answer every request');
  return result.requests.total / result.duration;
}
