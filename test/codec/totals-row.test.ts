import { expect, it } from 'vitest';
import { isTotalsRow } from '../../src/codec/totals-row.js';

it.each([
  [['合计', '', '', '300.00'], true],
  [['', '总计：', '', '300.00'], true],
  [['合　计', '', '', ''], true],
  [['小 计', '', '2人', '300.00'], true],
  [['', '', 'Total', '300.00'], true],
  [['本页合计（元）', '300.00'], true],
  [['1', '460105199001011234', '王合计', '100.00'], false],
  [['合计', '460105199001011234', '王小明', '100.00'], false],
  [['合计', '46010519900101123x', '王小明', '100.00'], false],
  [['合计', '460105900101123', '王小明', '100.00'], false],
  [['1', '', '王小明', '100.00', '合计'], false],
  [['1', '', '王小明', '100.00'], false],
  [['', '', ''], false],
])('says of %j: %s', (fields, expected) => {
  expect(isTotalsRow(fields)).toBe(expected);
});
