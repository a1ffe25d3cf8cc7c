import { describe, expect, it } from 'vitest';
import { csvLine, writeCsv } from '../../src/codec/csv-writer.js';

describe('csvLine', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c"d', 'e\nf'], '"a,b","c""d","e\nf"\r\n'],
    [[' a'], '" a"\r\n'],
    [[''], '""\r\n'],
    [['', ''], ',\r\n'],
    [['=1+1'], "'=1+1\r\n"],
    [['=HYPERLINK("http://x")'], '"\'=HYPERLINK(""http://x"")"\r\n'],
    [['@SUM(A1)', '+A1', '-A1'], "'@SUM(A1),'+A1,'-A1\r\n"],
    [['\tx', '\rx'], '"\'\tx","\'\rx"\r\n'],
    [['＝1+1'], "'＝1+1\r\n"],
    [['-5', '+5.50', '-0.01'], '-5,+5.50,-0.01\r\n'],
    [['-5+cmd'], "'-5+cmd\r\n"],
    [["O'Neil"], "O'Neil\r\n"],
  ])('writes %j as %j', (cells, expected) => {
    expect(csvLine(cells)).toBe(expected);
  });
});

describe('writeCsv', () => {
  const collect = async (rows: string[][], options = {}) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of writeCsv(rows, options)) pieces.push(piece);
    return pieces;
  };

  it('begins with a byte order mark, unless told not to', async () => {
    expect(Buffer.concat(await collect([['行', '1']])).toString()).toBe('\ufeff行,1\r\n');
    expect(Buffer.concat(await collect([['行', '1']], { bom: false })).toString()).toBe('行,1\r\n');
    expect(Buffer.concat(await collect([])).toString()).toBe('\ufeff');
  });

  it('hands large tables on in pieces, and loses none', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [String(index), '王小明', '100.00']);
    const pieces = await collect(rows);
    expect(pieces.length).toBeGreaterThan(3);
    expect(Buffer.concat(pieces).toString().split('\r\n').length).toBe(20_001);
  });
});
