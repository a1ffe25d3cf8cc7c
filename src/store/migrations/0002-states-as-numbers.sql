-- States of cards and accounts as numbers, in the order of src/directory/layout.ts (CARD_STATES, ACCOUNT_STATES). As
-- enums each value was looked up in the catalogue by name, both ways: a fifth of what COPY took for a cardholder.

alter table cardholder
  alter column card_state type smallint using
    array_position(array['active', 'lost', 'cancelled', 'replaced', 'not_activated'], card_state::text) - 1,
  alter column account_state type smallint using
    array_position(array['normal', 'dormant', 'frozen', 'closed'], account_state::text) - 1;
alter table cardholder
  add check (card_state between 0 and 4),
  add check (account_state between 0 and 3);

drop type card_state;
drop type account_state;
