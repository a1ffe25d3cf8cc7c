import { describe, expect, it } from 'vitest';
import { CopyWriter } from '../../src/codec/copy-binary.js';
import { CopyReader } from '../../src/codec/copy-reader.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const written = (write: (writer: CopyWriter) => void) => {
  const writer = new CopyWriter(4);
  write(writer);
  return hex(writer.view());
};

describe('CopyWriter', () => {
  it.each<[string, (writer: CopyWriter) => void, string]>([
    ['the header', (w) => w.header(), '5047434f50590aff0d0a000000000000000000'],
    ['the trailer', (w) => w.trailer(), 'ffff'],
    ['the start of a row', (w) => w.startRow(7), '0007'],
    ['NULL', (w) => w.null(), 'ffffffff'],
    ['true', (w) => w.boolean(true), '0000000101'],
    ['a smallint', (w) => w.int2(-2), '00000002fffe'],
    ['an integer', (w) => w.int4(460105), '000000040007' + '0549'],
    ['a bigint from a number', (w) => w.int8(2 ** 53 - 1), '00000008001fffffffffffff'],
    ['a negative bigint from a number', (w) => w.int8(-1), '00000008ffffffffffffffff'],
    ['a negative bigint over 32 bits', (w) => w.int8(-(2 ** 32) - 1), '00000008fffffffeffffffff'],
    ['a bigint from a bigint', (w) => w.int8(-(2n ** 63n)), '000000088000000000000000'],
    ['a bigint from its halves', (w) => w.int8FromParts(1, 0xffffffff), '0000000800000001ffffffff'],
    ['bytes', (w) => w.text(Buffer.from('xabcx'), 1, 4), '00000003616263'],
    ['no bytes', (w) => w.text(Buffer.from('x'), 1, 1), '00000000'],
    ['ASCII', (w) => w.textString('abc'), '00000003616263'],
    ['Chinese', (w) => w.textString('a王'), '0000000461e78e8b'],
    ['an empty text', (w) => w.textString(''), '00000000'],
  ])('writes %s', (_, write, expected) => {
    expect(written(write)).toBe(expected);
  });

  it('hands its bytes over and begins again', () => {
    const writer = new CopyWriter(8);
    writer.startRow(1);
    writer.int4(1);
    const taken = writer.take();
    expect([writer.length, writer.rows]).toEqual([0, 0]);
    writer.startRow(1);
    writer.int4(2);
    expect(hex(taken)).toBe('00010000000400000001');
    expect(hex(writer.view())).toBe('00010000000400000002');
    expect(taken.byteOffset).toBe(0);
  });
});

describe('CopyReader', () => {
  const stream = (write: (writer: CopyWriter) => void) => {
    const writer = new CopyWriter();
    writer.header();
    write(writer);
    return writer.take();
  };
  const none = () => {};

  it('refuses what is no binary COPY', () => {
    expect(() => new CopyReader(1, none).push(Buffer.from('1,2,3\n'.repeat(10)))).toThrow(
      'not a binary COPY',
    );
  });

  it('refuses a stream that was cut off', () => {
    const reader = new CopyReader(1, none);
    reader.push(stream((writer) => writer.startRow(1)));
    expect(() => reader.finish()).toThrow('before its trailer');
  });

  it('refuses rows of another width, and rows after the end', () => {
    const wide = stream((writer) => {
      writer.startRow(2);
      writer.null();
      writer.null();
    });
    expect(() => new CopyReader(1, none).push(wide)).toThrow('number of columns');
    const after = stream((writer) => {
      writer.trailer();
      writer.startRow(1);
      writer.null();
    });
    expect(() => new CopyReader(1, none).push(after)).toThrow('after its trailer');
  });
});
