-- A payment in six columns instead of eleven: what the database itself must know stands by itself (who, which line, how much, which
-- bank, which sequence), the rest in one value. COPY costs the server far more for a column than for a byte: 1,900,000 payments took it
-- 2.8 to 3.6 s of processor time in eleven columns and 1.7 to 2.3 s in six (in turn, same run). For people who ask the database,
-- payment_in_full shows every value as a column.

-- details, offsets in bytes: 0 flags (1 has a payee, 2 follows a line, 4 has the department's line number), 1 region (3), 4 length of
-- the account, 5 of the name (3), 8 of the department's line number (3), 11 payee (8) if any, the line it follows (4) if any; then
-- name, account and the department's line number in UTF-8. Numbers begin with their highest byte, lengths are in bytes.
create function payment_details(
  payee bigint, name text, account text, region int, follows_line int, department_line text
) returns bytea language sql stable parallel safe
begin atomic
  select int4send(
      (((payee is not null)::int + (follows_line is not null)::int * 2 + (department_line is not null)::int * 4) << 24) | region)
    || substring(int8send((octet_length(account)::int8 << 48) | (octet_length(name)::int8 << 24)
        | coalesce(octet_length(department_line), 0)) from 2)
    || coalesce(int8send(payee), '') || coalesce(int4send(follows_line), '')
    || convert_to(name, 'UTF8') || convert_to(account, 'UTF8') || coalesce(convert_to(department_line, 'UTF8'), '');
end;

create function int3_at(bytes bytea, at int) returns int language sql immutable parallel safe
return (get_byte(bytes, at) << 16) | (get_byte(bytes, at + 1) << 8) | get_byte(bytes, at + 2);

create function int4_at(bytes bytea, at int) returns int language sql immutable parallel safe
return (get_byte(bytes, at) << 24) | int3_at(bytes, at + 1);

create function payment_payee(details bytea) returns bigint language sql immutable parallel safe
return case when (get_byte(details, 0) & 1) = 1 then
  (int4_at(details, 11)::bigint << 32) | (int4_at(details, 15)::bigint & 4294967295) end;

create function payment_region(details bytea) returns int language sql immutable parallel safe
return int3_at(details, 1);

create function payment_follows_line(details bytea) returns int language sql immutable parallel safe
return case when (get_byte(details, 0) & 2) = 2 then int4_at(details, 11 + 8 * (get_byte(details, 0) & 1)) end;

create function payment_texts_at(details bytea) returns int language sql immutable parallel safe
return 11 + 8 * (get_byte(details, 0) & 1) + 2 * (get_byte(details, 0) & 2);

create function payment_name(details bytea) returns text language sql stable parallel safe
return convert_from(substring(details from payment_texts_at(details) + 1 for int3_at(details, 5)), 'UTF8');

create function payment_account(details bytea) returns text language sql stable parallel safe
return convert_from(
  substring(details from payment_texts_at(details) + 1 + int3_at(details, 5) for get_byte(details, 4)), 'UTF8');

create function payment_department_line(details bytea) returns text language sql stable parallel safe
return case when (get_byte(details, 0) & 4) = 4 then convert_from(
  substring(details from payment_texts_at(details) + 1 + int3_at(details, 5) + get_byte(details, 4)), 'UTF8') end;

alter table payment rename to payment_before;
drop trigger payment_immutable on payment_before;

create table payment (
  batch int not null,
  line int not null,
  person bigint not null,
  amount bigint not null,
  sequence smallint not null,
  bank smallint not null,
  details bytea not null,
  -- One constraint, because COPY evaluates each by itself.
  constraint payment_packed check (
    line > 0 and amount > 0 and sequence >= 0 and bank between 100 and 999
      and (sequence = 0) = ((get_byte(details, 0) & 2) = 0))
) partition by list (batch);

-- Batch by batch in the order in which the rows lie, so that they are read in order of line as before. CREATE TABLE AS never goes back
-- to a page that has room, INSERT does.
set local max_parallel_workers_per_gather = 0;
do $$
declare
  part record;
  by_line boolean;
  makes_sense text := (select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'payment'::regclass and contype = 'c');
begin
  for part in
    select c.relname as name, substring(c.relname from '_(\d+)$')::int as batch
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'payment_before'::regclass order by 2
  loop
    by_line := exists (
      select from pg_index x join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam
      where x.indrelid = part.name::regclass and a.amname = 'brin');
    execute format('alter table %I rename to payment_before_part', part.name);
    execute format(
      'create table %I as select batch, line, person, amount, sequence, bank,
         payment_details(payee, name, account, region, follows_line, department_line) as details
       from payment_before_part', part.name);
    execute format(
      'alter table %I alter column batch set default %s, alter column batch set not null, alter column line set not null,
         alter column person set not null, alter column amount set not null, alter column sequence set not null,
         alter column bank set not null, alter column details set not null, add constraint payment_packed %s',
      part.name, part.batch, makes_sense);
    execute format('create unique index on %I (person)', part.name);
    if by_line then
      execute format('create index on %I using brin (line) with (pages_per_range = 32)', part.name);
    end if;
    execute format('alter table payment attach partition %I for values in (%s)', part.name, part.batch);
    drop table payment_before_part;
  end loop;
end $$;
drop table payment_before;
create trigger payment_immutable before insert or update or delete on payment
  for each row execute function refuse_change();

create view payment_in_full as
select batch, line, person, sequence, payment_payee(details) as payee, payment_name(details) as name, bank,
  payment_account(details) as account, amount, payment_region(details) as region,
  payment_follows_line(details) as follows_line, payment_department_line(details) as department_line
from payment;
