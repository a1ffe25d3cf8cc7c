// What a finding says to people, in a list on the screen and in one for the department.

import { describeDetail, describeFinding } from '../../message/describe-finding.js';
import type { Language } from '../../message/language.js';

/** The detail in words for people, the raw word for programs beside it. */
export function explain<Row extends { code: string; detail: string | null }>(
  row: Row,
  language: Language,
): object {
  const detail = describeDetail(row.code, row.detail, language);
  if (detail === undefined) return row;
  return { ...row, detail, detailCode: row.detail };
}

/** What the list for the department says of a line: the meaning, and what stands behind it. */
export function explanation(code: string, detail: string | null, language: Language): string {
  const meaning = describeFinding(code, language);
  const behind = describeDetail(code, detail, language);
  return behind === undefined ? meaning : `${meaning}${language === 'zh' ? '：' : ': '}${behind}`;
}
