import { expect, test } from 'vitest';
import { csvCell } from '../../../proxy/usage/export/csv-cell.ts';

test.each([
  [undefined, ''],
  ['', ''],
  [0, '0'],
  [-7, '-7'],
  [1_234_567.5, '1234567.5'],
  ['-0.5', '-0.5'],
  ['plain', 'plain'],
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['-x', "'-x"],
  ['-1+cmd', "'-1+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t=1"],
  ['＝1+1', "'＝1+1"],
  ['\n=1', '"\'\n=1"'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('%j is written as %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});
