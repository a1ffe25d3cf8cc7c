-- What a payment file instructed, kept with the file: 12 bytes a payment in the order of the file, its line and its amount in
-- fen, as int4send and int8send write them. A return file is matched with it; reading the payments again was a quarter of the
-- time that the returns of a month took.
create table payment_file_content (
  file int not null references payment_file,
  batch int not null references batch,
  payments bytea not null check (octet_length(payments) % 12 = 0),
  primary key (file, batch)
);
alter table payment_file_content alter column payments set storage external;
create trigger payment_file_content_immutable before update or delete on payment_file_content
  for each row execute function refuse_change();

insert into payment_file_content
select s.file, s.batch, string_agg(int4send(p.line) || int8send(p.amount), '' order by p.line)
from payment_file_segment s
  join payment_file f on f.number = s.file
  join payment p on p.batch = s.batch and p.bank = f.bank and p.line between s.first_line and s.last_line
group by s.file, s.batch;

-- What banks say, once for each return file that says it: a million rows share a handful of codes and texts.
create table saying (
  return_file int not null references return_file,
  number int not null,
  code text not null,
  text text not null,
  primary key (return_file, number)
);
insert into saying
select return_file, row_number() over (partition by return_file order by code, text) - 1, code, text
from (select distinct return_file, coalesce(code, '') as code, coalesce(text, '') as text from outcome
      where code is not null or text is not null) said;

alter table outcome disable trigger outcome_immutable;
alter table outcome add column says int;
update outcome o set says = s.number from saying s
where s.return_file = o.return_file and s.code = coalesce(o.code, '') and s.text = coalesce(o.text, '');
-- 1 paid, 2 failed, 3 pending, 4 unresolved: see src/reconciliation/answer-rows.ts. An enum is looked up by name in each row of a COPY.
alter table outcome
  drop column code,
  drop column text,
  alter column class type smallint using
    array_position(array['paid', 'failed', 'pending', 'unresolved'], class::text);
alter table outcome add check (class between 1 and 4);
alter table outcome enable trigger outcome_immutable;
drop type outcome_class;

-- For people who ask the database: every answer in words.
create view answer as
select o.batch, o.line, o.return_file, o.row,
  (array['paid', 'failed', 'pending', 'unresolved'])[o.class] as class, s.code, s.text
from outcome o left join saying s on s.return_file = o.return_file and s.number = o.says;
