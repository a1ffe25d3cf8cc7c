// How personal numbers and names may be shown (Hainan one-card regulation, Article 13: cardholder data is
// confidential). Full values stand only in the database and in files meant for the bank or the department.

/** `460105199001011234` → `460***********1234`; short texts show their ends less. */
export function maskNumber(text: string): string {
  const characters = [...text];
  const head = characters.length >= 12 ? 3 : characters.length >= 6 ? 1 : 0;
  const tail = characters.length >= 12 ? 4 : characters.length >= 6 ? 1 : 0;
  const hidden = characters.length - head - tail;
  return (
    characters.slice(0, head).join('') +
    '*'.repeat(hidden) +
    characters.slice(characters.length - tail).join('')
  );
}

/** `王小明` → `王**`: the family name's first character only. */
export function maskName(text: string): string {
  const characters = [...text];
  if (characters.length <= 1) return '*'.repeat(characters.length);
  return characters[0] + '*'.repeat(characters.length - 1);
}
