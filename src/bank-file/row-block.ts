// Rows that compiled loops read: numbers in columns. The views are good until the call that hands them over is done.

export interface RowBlock {
  readonly count: number;
  /** 1 for lines of text, 0 for elements. */
  readonly recordsPerRow: number;
  /** Batch and line of the reference; 0 where the row has none. */
  readonly batch: Int32Array;
  readonly line: Int32Array;
  /** -1 where the bank does not say. */
  readonly sequence: Int32Array;
  readonly amountFen: Float64Array;
  /** What the row says, by the numbers that FileEvents.kindOfRow gave. */
  readonly kind: Int32Array;
  /** By kind: rows, those of them without an amount, and the fen of the others. */
  readonly rowsOfKind: Uint32Array;
  readonly bareOfKind: Uint32Array;
  readonly fenOfKind: BigInt64Array;
}
