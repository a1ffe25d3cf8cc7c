// The checks of a roster line in SQL, for the peers. The programme is written into the SQL: old-age allowance, from 80 years,
// 100, 200 or 500 yuan by age, Hainan, October 2026. What yika does besides is listed in benchmarks/README.md.

import {
  FULL_WIDTH_FROM,
  FULL_WIDTH_OFFSET,
  FULL_WIDTH_TO,
  INVISIBLE_RANGES,
} from '../../src/identity/invisible.js';
import { MIDDLE_DOT, MIDDLE_DOT_LOOKALIKES } from '../../src/identity/person-name.js';
import { CHECK_CHARACTERS, CHECK_WEIGHTS } from '../../src/identity/resident-id.js';

/** Where the two SQLs differ. */
export interface Dialect {
  /** Integer division. */
  divide: string;
  matches(text: string, pattern: string): string;
  /** A negative number for an identifier that is no resident ID. */
  otherPerson(id: string): string;
}

/** `id` and the rest are columns of the roster as text; `digits` is the number made of an ID's first 17 digits. */
export function parsedColumns(dialect: Dialect): string {
  const isResident = `${isBirthDate(dialect)} and ${hasCheckCharacter(dialect)}`;
  const isAmount = `length(amount) <= 16 and ${dialect.matches('amount', '^[0-9]+([.][0-9][0-9]?)?$')}`;
  return `
    line, name, account,
    case when digits is not null then case when ${isResident} then digits end
         when ${dialect.matches('id', '^[A-Za-z].*$')} then ${dialect.otherPerson('id')} end as person,
    case when ${isAmount} then cast(cast(amount as numeric(15, 2)) * 100 as bigint) end as fen`;
}

export function splitColumns(dialect: Dialect): string {
  const id = "replace(resident_id, 'x', 'X')";
  return `line, ${id} as id, name, account, amount, ${digitsOf(dialect, id)} as digits`;
}

/** Length first: an expression with a count, [0-9]{17}, takes PostgreSQL three times as long. */
function digitsOf(dialect: Dialect, id: string): string {
  const isWhole = `length(${id}) = 18 and ${dialect.matches(id, '^[0-9]+X?$')}`;
  return `case when ${isWhole} then cast(left(${id}, 17) as bigint) end`;
}

function hasCheckCharacter({ divide }: Dialect): string {
  const terms = CHECK_WEIGHTS.map(
    (weight, index) => `digits ${divide} ${10 ** (16 - index)} % 10 * ${weight}`,
  );
  return `substr('${CHECK_CHARACTERS}', cast((${terms.join(' + ')}) % 11 + 1 as int), 1) = right(id, 1)`;
}

function isBirthDate({ divide }: Dialect): string {
  const [year, month, day] = [
    `(digits ${divide} 10000000 % 10000)`,
    `(digits ${divide} 100000 % 100)`,
    `(digits ${divide} 1000 % 100)`,
  ];
  const leap = `case when ${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0) then 29 else 28 end`;
  const last = `case when ${month} in (4, 6, 9, 11) then 30 when ${month} = 2 then ${leap} else 31 end`;
  return `${year} >= 1850 and ${month} between 1 and 12 and ${day} between 1 and ${last}`;
}

/** The first finding that applies, or null; `p` is the parsed line, `c` the cardholder, `r` the repeats, `q` who is paid. */
export function verdict({ divide }: Dialect): string {
  const age = `(20261031 - p.person ${divide} 1000 % 100000000) ${divide} 10000`;
  return `case
    when p.person is null then 'RESIDENT_ID_INVALID'
    when p.name is null or p.name is distinct from c.name and ${folded('p.name')} = '' then 'NAME_MISSING'
    when p.fen is null or p.fen = 0 or p.fen > 200000 then 'AMOUNT_INVALID'
    when r.person is not null and p.line > r.first_line then 'DUPLICATE_IN_ROSTER'
    when c.person is null then 'CARDHOLDER_UNKNOWN'
    when p.name <> c.name and ${folded('p.name')} <> c.folded then 'NAME_MISMATCH'
    when c.deceased and coalesce(c.died_on, date '1900-01-01') < date '2026-10-01' then 'CARDHOLDER_DECEASED'
    when c.card_state = 'cancelled' then 'CARD_CANCELLED'
    when c.account_state = 'closed' then 'ACCOUNT_CLOSED'
    when p.account <> '' and p.account <> c.account then 'ACCOUNT_MISMATCH'
    when c.region ${divide} 10000 <> 46 then 'REGION_NOT_COVERED'
    when p.person < 0 or ${age} < 80 then 'AGE_NOT_ELIGIBLE'
    when p.fen <> case when ${age} < 90 then 10000 when ${age} < 100 then 20000 else 50000 end then 'AMOUNT_NOT_STANDARD'
    when q.person is not null then 'ALREADY_PAID'
    when c.card_state = 'lost' then 'CARD_LOST'
    when c.card_state = 'not_activated' then 'CARD_NOT_ACTIVATED'
    when c.account_state = 'frozen' then 'ACCOUNT_FROZEN'
    when c.account_state = 'dormant' then 'ACCOUNT_DORMANT'
    when c.rare_name and c.bank not in (301, 308) then 'NAME_UNENCODABLE'
  end`;
}

export const HELD = `('CARD_LOST', 'CARD_NOT_ACTIVATED', 'ACCOUNT_FROZEN', 'ACCOUNT_DORMANT', 'NAME_UNENCODABLE')`;

/** The base made ready for joins: numbers for digits, the folded name, who shares an account. Never inside a timer. */
export function preparedBase(dialect: Dialect): string {
  return `
    select coalesce(${digitsOf(dialect, 'resident_id')}, ${dialect.otherPerson('resident_id')}) as person,
      name, ${folded('name')} as folded, cast(region as int) as region, card_state, cast(bank as smallint) as bank,
      account, account_state, alive = 'deceased' as deceased, cast(nullif(died_on, '') as date) as died_on,
      count(*) over (partition by account) > 1 as shared_account,
      ${dialect.matches('name', '^.*[^ -~·一-龥].*$')} as rare_name
    from cardholder_file`;
}

/** translate() with yika's own folding: width, blanks and what has no shape, look-alikes of the middle dot. */
function folded(name: string): string {
  const from: number[] = [];
  const to: number[] = [];
  for (let unit = FULL_WIDTH_FROM; unit <= FULL_WIDTH_TO; unit++) {
    if (MIDDLE_DOT_LOOKALIKES.includes(unit)) continue;
    from.push(unit);
    to.push(unit - FULL_WIDTH_OFFSET);
  }
  for (const unit of MIDDLE_DOT_LOOKALIKES) {
    from.push(unit);
    to.push(MIDDLE_DOT);
  }
  for (const [first, last] of INVISIBLE_RANGES) for (let unit = first; unit <= last; unit++) from.push(unit);
  const literal = (units: number[]) => `'${String.fromCharCode(...units).replaceAll("'", "''")}'`;
  return `translate(${name}, ${literal(from)}, ${literal(to)})`;
}
