// One row of cells against the columns that a file may have: which cell is which column, by English name or synonym.

export interface ColumnSpec<Name extends string = string> {
  name: Name;
  synonyms: readonly string[];
  required: boolean;
}

export interface HeaderResolution<Name extends string = string> {
  /** Column name → 0-based field number. */
  positions: ReadonlyMap<Name, number>;
  /** Required columns that no cell names, in the order of the specification. */
  missing: Name[];
  /** Columns that two cells or more name, with those cells. */
  repeated: { column: Name; cells: string[] }[];
  /** Cells that name no column, as they stand in the file; empty cells are left out. */
  unknown: string[];
}

/** Says what a row would mean as a header; it is one when nothing is missing or repeated. */
export function resolveHeader<Name extends string>(
  cells: readonly string[],
  columns: readonly ColumnSpec<Name>[],
): HeaderResolution<Name> {
  const byFoldedName = namesOf(columns);
  const cellsOf = new Map<Name, number[]>();
  const unknown: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = byFoldedName.get(foldHeaderCell(cell));
    if (name !== undefined) cellsOf.set(name, [...(cellsOf.get(name) ?? []), index]);
    else if (foldHeaderCell(cell) !== '') unknown.push(cell.trim());
  }
  return {
    positions: new Map([...cellsOf].map(([name, indexes]) => [name, indexes[0]!])),
    missing: columns.filter((column) => column.required && !cellsOf.has(column.name)).map(({ name }) => name),
    repeated: [...cellsOf]
      .filter(([, indexes]) => indexes.length > 1)
      .map(([column, indexes]) => ({ column, cells: indexes.map((index) => cells[index]!.trim()) })),
    unknown,
  };
}

/**
 * The form in which header cells are compared: full width as half width (so （元） is (元)), no spaces, byte order mark or
 * other invisible characters, lower case, without underscores, hyphens, the asterisk that forms put on required columns,
 * or the unit (元) that yuan columns end in.
 */
export function foldHeaderCell(cell: string): string {
  return cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{Cc}_*-]/gu, '')
    .replace(/\(元\)$/u, '');
}

function namesOf<Name extends string>(columns: readonly ColumnSpec<Name>[]): Map<string, Name> {
  const names = new Map<string, Name>();
  for (const { name, synonyms } of columns) {
    for (const text of [name, ...synonyms]) names.set(foldHeaderCell(text), name);
  }
  return names;
}
