-- Token buckets. UNLOGGED: after a crash of the database everybody starts with full buckets, which is the price of speed.
create unlogged table ops.rate_buckets (
  key text primary key,
  tokens double precision not null,
  updated_at timestamptz not null
);

-- Takes one token from every bucket named, or from none when one of them is empty. Keys come sorted, so two
-- callers cannot wait for each other. Answers with the bucket that has least to give.
create function ops.take_tokens(p_keys text[], p_capacities double precision[], p_per_second double precision[])
returns table (allowed boolean, bucket integer, remaining double precision, retry_seconds double precision)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz := clock_timestamp();
  level double precision;
  levels double precision[] := '{}';
  worst integer := 1;
  i integer;
begin
  for i in 1 .. array_length(p_keys, 1) loop
    insert into ops.rate_buckets as b (key, tokens, updated_at) values (p_keys[i], p_capacities[i], moment)
      on conflict (key) do update set
        tokens = least(p_capacities[i], b.tokens + greatest(0, extract(epoch from moment - b.updated_at)) * p_per_second[i]),
        updated_at = greatest(b.updated_at, moment)
      returning b.tokens into level;
    levels := levels || level;
    if level / p_capacities[i] < levels[worst] / p_capacities[worst] or (level < 1 and levels[worst] >= 1) then
      worst := i;
    end if;
  end loop;
  if levels[worst] >= 1 then
    update ops.rate_buckets set tokens = tokens - 1 where key = any (p_keys);
    return query select true, worst, levels[worst] - 1, 0::double precision;
  else
    return query select false, worst, levels[worst], (1 - levels[worst]) / p_per_second[worst];
  end if;
end
$$;

grant usage on schema ops to lr_app;
grant select, insert, update, delete on ops.rate_buckets to lr_app;
revoke all on function ops.take_tokens(text[], double precision[], double precision[]) from public;
grant execute on function ops.take_tokens(text[], double precision[], double precision[]) to lr_app;
