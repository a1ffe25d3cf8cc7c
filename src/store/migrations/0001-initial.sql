-- The first schema. Everything that grows is partitioned: cardholders by base version, payments, findings and outcomes
-- by batch, so that a load is bare, an index is built once, and old years are detached whole. Rows are added, not
-- rewritten; what was decided, paid or said by a bank is refused to UPDATE and DELETE by triggers.

create table installation (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into installation default values;

-- Append-only tables -------------------------------------------------------------------------------------------------

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'YK002';
end $$;

-- Cardholder base ----------------------------------------------------------------------------------------------------

create type card_state as enum ('active', 'lost', 'cancelled', 'replaced', 'not_activated');
create type account_state as enum ('normal', 'dormant', 'frozen', 'closed');

-- One row an import. A version is what the base looked like after it: its own rows over those of all earlier versions.
create table base_version (
  version int primary key check (version > 0),
  kind text not null check (kind in ('snapshot', 'delta')),
  as_of date not null,
  file_name text not null,
  file_digest bytea not null check (octet_length(file_digest) = 32),
  lines int not null check (lines >= 0),
  new_count int not null check (new_count >= 0),
  changed_count int not null check (changed_count >= 0),
  unchanged_count int not null check (unchanged_count >= 0),
  conflict_count int not null check (conflict_count >= 0),
  rejected_count int not null check (rejected_count >= 0),
  removed_count int not null check (removed_count >= 0),
  cardholders int not null check (cardholders >= 0),
  -- Rows of this version's partition; without any, the base is as it was and no partition is made.
  row_count int not null check (row_count >= 0),
  seconds double precision not null,
  actor text not null,
  imported_at timestamptz not null default now(),
  check (lines = new_count + changed_count + unchanged_count + conflict_count + rejected_count)
);

-- person: the first 17 digits of the resident ID as a number (the 18th is computed); for identifiers of another kind
-- the negative serial of other_identifier.
create table cardholder (
  version int not null,
  person bigint not null,
  name text not null,
  region int not null check (region between 100000 and 999999),
  card_number text,
  card_state card_state not null,
  bank smallint not null check (bank between 100 and 999),
  account text not null check (octet_length(account) between 6 and 32),
  account_state account_state not null,
  deceased boolean not null,
  died_on date,
  updated_on date,
  -- 64-bit hash of the record without updated_on: equal records are found without comparing them field by field.
  fingerprint bigint not null,
  removed boolean not null default false
) partition by list (version);
create trigger cardholder_immutable before update or delete on cardholder
  for each row execute function refuse_change();

create table other_identifier (
  serial bigint primary key check (serial > 0),
  identifier text not null unique
);

create table cardholder_finding (
  version int not null references base_version,
  line int not null,
  code text not null,
  detail text,
  resident_id text,
  name text
);

-- People whom someone has put on hold: their roster lines wait (ON_HOLD_LIST).
create table hold (
  person bigint primary key,
  reason text not null,
  actor text not null,
  held_at timestamptz not null default now()
);

-- Catalogue ----------------------------------------------------------------------------------------------------------

create table catalogue (
  version int primary key check (version > 0),
  name text not null,
  effective_from date not null,
  digest bytea not null check (octet_length(digest) = 32),
  sources jsonb not null,
  actor text not null,
  published_at timestamptz not null default now()
);
create trigger catalogue_immutable before update or delete on catalogue
  for each row execute function refuse_change();

-- Batches ------------------------------------------------------------------------------------------------------------

create type batch_state as enum
  ('checked', 'submitted', 'approved', 'released', 'sent', 'reconciled', 'closed', 'cancelled');
create type batch_kind as enum ('roster', 'supplementary', 'reissue');

-- A programme's cycle: the month, quarter or year in which a person is paid once. Its row is the lock that imports of
-- the same programme and period take one after another.
create table cycle (
  programme text not null,
  cycle text not null,
  starts_on date not null,
  ends_on date not null,
  primary key (programme, cycle),
  check (starts_on <= ends_on)
);

create table batch (
  number int primary key check (number between 1 and 9999999),
  kind batch_kind not null,
  state batch_state not null,
  programme text not null,
  period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  cycle text not null,
  region int check (region between 100000 and 999999),
  catalogue int not null references catalogue (version),
  base_version int not null references base_version (version),
  follows int references batch (number),
  reason text,
  roster_name text not null,
  roster_digest bytea not null check (octet_length(roster_digest) = 32),
  control_lines int,
  control_amount bigint,
  lines int not null,
  accepted_count int not null check (accepted_count >= 0),
  accepted_amount bigint not null check (accepted_amount >= 0),
  held_count int not null check (held_count >= 0),
  held_amount bigint not null check (held_amount >= 0),
  rejected_count int not null check (rejected_count >= 0),
  rejected_amount bigint not null check (rejected_amount >= 0),
  digest bytea not null check (octet_length(digest) = 32),
  created_by text not null,
  created_at timestamptz not null default now(),
  foreign key (programme, cycle) references cycle,
  check (lines = accepted_count + held_count + rejected_count),
  check ((kind = 'roster') = (follows is null))
);
create index batch_by_cycle on batch (programme, cycle);
create index batch_by_roster on batch (roster_digest);

create table batch_bank (
  batch int not null references batch,
  bank smallint not null,
  count int not null check (count > 0),
  amount bigint not null check (amount > 0),
  primary key (batch, bank)
);

create table batch_funding (
  batch int not null references batch,
  ordinal smallint not null,
  source text not null,
  amount bigint not null check (amount >= 0),
  primary key (batch, source)
);

create table batch_finding (
  batch int not null references batch,
  code text not null,
  severity char(1) not null check (severity in ('R', 'H', 'W')),
  count int not null check (count > 0),
  primary key (batch, code, severity)
);

-- sequence: 0 for a person's first payment in the cycle, one more for each legal repeat (top-up, correction, reissue),
-- which names the line of batch.follows that it follows.
create table payment (
  batch int not null,
  line int not null check (line > 0),
  person bigint not null,
  sequence smallint not null check (sequence >= 0),
  payee bigint,
  name text not null,
  bank smallint not null check (bank between 100 and 999),
  account text not null,
  amount bigint not null check (amount > 0),
  region int not null,
  follows_line int,
  department_line text,
  check ((sequence = 0) = (follows_line is null))
) partition by list (batch);
create trigger payment_immutable before insert or update or delete on payment
  for each row execute function refuse_change();

create table finding (
  batch int not null,
  line int not null,
  code smallint not null,
  severity smallint not null check (severity between 0 and 2),
  detail text,
  person bigint,
  resident_id text,
  name text,
  account text,
  amount bigint,
  amount_text text,
  department_line text
) partition by list (batch);
create trigger finding_immutable before insert or update or delete on finding
  for each row execute function refuse_change();

-- Never paid twice: the database itself refuses a batch in which a person already stands, at the same sequence, in
-- another live batch of the programme's cycle. The cycle row is locked first, so two machines cannot pass each other.
create function refuse_second_payment() returns trigger language plpgsql as $$
declare
  other record;
  twice bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'a batch is added under read committed only' using errcode = 'YK003';
  end if;
  perform 1 from cycle where programme = new.programme and cycle.cycle = new.cycle for update;
  for other in
    select number from batch
    where programme = new.programme and batch.cycle = new.cycle and number <> new.number and state <> 'cancelled'
  loop
    execute format(
      'select count(*) from payment_%s n join payment_%s o on n.person = o.person and n.sequence = o.sequence',
      new.number, other.number) into twice;
    if twice > 0 then
      raise exception '% people of batch % already stand in batch %', twice, new.number, other.number
        using errcode = 'YK001';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger batch_paid_once after insert on batch
  for each row execute function refuse_second_payment();

-- A batch moves only along these arrows, and only its state may change.
create function guard_batch() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'state') <> (to_jsonb(old) - 'state') then
    raise exception 'only the state of batch % may change', old.number using errcode = 'YK002';
  end if;
  if not ((old.state::text, new.state::text) in (
    ('checked', 'submitted'), ('submitted', 'approved'), ('submitted', 'checked'), ('approved', 'checked'),
    ('approved', 'released'), ('released', 'sent'), ('released', 'reconciled'), ('sent', 'reconciled'),
    ('reconciled', 'sent'), ('reconciled', 'closed'),
    ('checked', 'cancelled'), ('submitted', 'cancelled'), ('approved', 'cancelled'))) then
    raise exception 'batch % cannot go from % to %', old.number, old.state, new.state using errcode = 'YK004';
  end if;
  return new;
end $$;
create trigger batch_guard before update on batch for each row execute function guard_batch();
create trigger batch_kept before delete on batch for each row execute function refuse_change();

-- Two people ---------------------------------------------------------------------------------------------------------

create table submission (
  batch int not null references batch,
  ordinal int not null check (ordinal > 0),
  submitted_by text not null check (submitted_by = btrim(submitted_by) and submitted_by <> ''),
  digest bytea not null check (octet_length(digest) = 32),
  submitted_at timestamptz not null default now(),
  primary key (batch, ordinal),
  unique (batch, ordinal, submitted_by, digest)
);

-- The foreign key takes the submitter and the digest along, so the check below speaks of the true submitter and an
-- approval cannot be bound to another digest than the one submitted.
create table approval (
  batch int not null,
  ordinal int not null,
  submitted_by text not null,
  digest bytea not null,
  decision text not null check (decision in ('approved', 'rejected')),
  decided_by text not null check (decided_by = btrim(decided_by) and decided_by <> ''),
  reason text,
  decided_at timestamptz not null default now(),
  primary key (batch, ordinal),
  foreign key (batch, ordinal, submitted_by, digest) references submission (batch, ordinal, submitted_by, digest),
  constraint approver_is_not_submitter check (lower(decided_by) <> lower(submitted_by)),
  check (decision = 'approved' or reason is not null)
);
create trigger submission_immutable before update or delete on submission
  for each row execute function refuse_change();
create trigger approval_immutable before update or delete on approval
  for each row execute function refuse_change();

-- Payment files ------------------------------------------------------------------------------------------------------

create type payment_file_state as enum ('written', 'sent', 'answered');

create table payment_file (
  number int primary key check (number > 0),
  name text not null unique,
  bank smallint not null,
  format text not null,
  format_digest bytea not null,
  pay_date date not null,
  part int not null check (part > 0),
  parts int not null check (part <= parts),
  count int not null check (count > 0),
  amount bigint not null check (amount > 0),
  size bigint not null check (size > 0),
  digest bytea not null check (octet_length(digest) = 32),
  state payment_file_state not null default 'written',
  paid_count int not null default 0,
  paid_amount bigint not null default 0,
  failed_count int not null default 0,
  failed_amount bigint not null default 0,
  unresolved_count int not null default 0,
  unresolved_amount bigint not null default 0,
  -- What the file was written with besides its payments, so that the same bytes can be written again.
  context jsonb not null,
  written_by text not null,
  written_at timestamptz not null default now(),
  check (paid_count >= 0 and failed_count >= 0 and unresolved_count >= 0),
  check (paid_count + failed_count + unresolved_count <= count),
  check (paid_amount + failed_amount + unresolved_amount <= amount)
);

-- Which payments stand in a file: those of `bank` in `batch` from first_line to last_line, in order of line; the first
-- of them is row first_sequence of the file.
create table payment_file_segment (
  file int not null references payment_file,
  batch int not null references batch,
  first_line int not null,
  last_line int not null check (last_line >= first_line),
  first_sequence int not null check (first_sequence > 0),
  count int not null check (count > 0),
  amount bigint not null check (amount > 0),
  paid_count int not null default 0,
  paid_amount bigint not null default 0,
  failed_count int not null default 0,
  failed_amount bigint not null default 0,
  unresolved_count int not null default 0,
  unresolved_amount bigint not null default 0,
  primary key (file, batch)
);
create index payment_file_segment_by_batch on payment_file_segment (batch);

-- Return files -------------------------------------------------------------------------------------------------------

create table return_file (
  number int primary key check (number > 0),
  name text not null,
  digest bytea not null unique check (octet_length(digest) = 32),
  format text not null,
  bank smallint not null,
  lines int not null,
  imported_by text not null,
  imported_at timestamptz not null default now()
);

create table return_file_answer (
  return_file int not null references return_file,
  payment_file int not null references payment_file,
  paid_count int not null,
  paid_amount bigint not null,
  failed_count int not null,
  failed_amount bigint not null,
  primary key (return_file, payment_file)
);

create type outcome_class as enum ('paid', 'failed', 'pending', 'unresolved');

-- What a bank said of one payment. The newest row (highest return_file) is what holds.
create table outcome (
  batch int not null,
  line int not null,
  return_file int not null,
  row int not null,
  class outcome_class not null,
  code text,
  text text
) partition by list (batch);
create trigger outcome_immutable before update or delete on outcome
  for each row execute function refuse_change();

create table exception (
  return_file int not null references return_file,
  row int not null,
  code text not null,
  detail text,
  batch int,
  line int
);
create index exception_by_batch on exception (batch);

-- Account corrections that a bank reported with a payment (paid, but the account has changed).
create table correction (
  return_file int not null references return_file,
  row int not null,
  batch int not null,
  line int not null,
  code text not null,
  corrected text
);

-- History ------------------------------------------------------------------------------------------------------------

create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  batch int,
  file int,
  detail jsonb not null default '{}'
);
create index event_by_batch on event (batch);
create trigger event_immutable before update or delete on event
  for each row execute function refuse_change();
