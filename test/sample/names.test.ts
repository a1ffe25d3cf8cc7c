import { describe, expect, it } from 'vitest';
import { decodeGb18030, gbkLength } from '../../src/encoding/gb18030.js';
import { foldName } from '../../src/identity/person-name.js';
import { ByteSink } from '../../src/sample/byte-sink.js';
import { DOTTED_NAMES, RARE_CHARACTERS } from '../../src/sample/name-parts.js';
import { type NameSpelling, type NameStyle, nameWriter } from '../../src/sample/name-writer.js';
import { hash } from '../../src/sample/random.js';

const utf8 = nameWriter('utf-8');
const gb18030 = nameWriter('gb18030');

function nameOf(place: number, style: NameStyle, spelling: NameSpelling, writer = utf8): string {
  const sink = new ByteSink(64);
  writer.name(sink, hash(3, place), style, spelling);
  const bytes = sink.bytes.subarray(0, sink.length);
  return writer === utf8 ? Buffer.from(bytes).toString('utf8') : decodeGb18030(bytes)!;
}

describe('nameWriter', () => {
  it.each<NameStyle>(['any', 'han', 'rare', 'foreign'])(
    'typed names of style %s fold to the base name',
    (style) => {
      for (let place = 0; place < 5000; place++) {
        const base = nameOf(place, style, 'base');
        expect(foldName(nameOf(place, style, 'typed'))).toBe(foldName(base));
      }
    },
  );

  it.each<NameStyle>(['any', 'han', 'rare', 'foreign'])('other names of style %s never do', (style) => {
    for (let place = 0; place < 5000; place++) {
      expect(foldName(nameOf(place, style, 'other'))).not.toBe(foldName(nameOf(place, style, 'base')));
    }
  });

  it('writes the same name in both encodings', () => {
    for (let place = 0; place < 3000; place++) {
      for (const style of ['any', 'rare'] as const) {
        expect(nameOf(place, style, 'typed', gb18030)).toBe(nameOf(place, style, 'typed'));
      }
    }
  });

  it('has names with a middle dot in the population at large', () => {
    const names = Array.from({ length: 20_000 }, (_, place) => nameOf(place, 'any', 'base'));
    expect(names.filter((name) => name.includes('·')).length).toBeGreaterThan(20);
    expect(new Set(names).size).toBeGreaterThan(8000);
  });

  it('has rare characters that GBK cannot write, and no others', () => {
    expect(RARE_CHARACTERS.filter((character) => gbkLength(character) !== undefined)).toEqual([]);
    for (let place = 0; place < 3000; place++) {
      expect(gbkLength(nameOf(place, 'any', 'base'))).toBeDefined();
      expect(gbkLength(nameOf(place, 'rare', 'base'))).toBeUndefined();
    }
  });

  it('has the longest dotted name in 50 bytes, as name fields must hold at least', () => {
    for (const name of DOTTED_NAMES) expect(gbkLength(name)).toBeLessThanOrEqual(50);
  });
});
