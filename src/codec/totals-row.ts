// The totals row that people put below a list. It names nobody, so it is no record: left in, it would be reported as a
// person without an ID in every roster that has one.

const TOTALS =
  /^(本页|本表|本村|全村|全镇|全县)?(合计|总计|小计|共计|累计|总合计|total|subtotal|grandtotal)/u;
const RESIDENT_ID = /^[0-9]{14,17}[0-9x]$/u;

/** Every label holds one of these, which spares nearly all rows the folding. */
const MAYBE_TOTALS = /计|otal/i;

/** The label stands in the first cells; further right the same word may be a remark. */
const LABEL_CELLS_MAX = 3;

/** Whether 合计, 总计 or the like stands in one of the first cells, and no cell holds a resident ID. */
export function isTotalsRow(fields: readonly string[]): boolean {
  let labels = 0;
  for (const field of fields) {
    if (field.trim() === '') continue;
    if (++labels > LABEL_CELLS_MAX) return false;
    if (MAYBE_TOTALS.test(field) && TOTALS.test(folded(field))) {
      return !fields.some((other) => RESIDENT_ID.test(folded(other)));
    }
  }
  return false;
}

function folded(field: string): string {
  return field.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
}
