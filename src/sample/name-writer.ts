// Writes synthetic names as bytes of the file's encoding. All parts are encoded once; a name is a few table look-ups
// driven by one hash, so the roster line and the cardholder row of a person write the same name without a table of people.

import { encodeGb18030 } from '../encoding/gb18030.js';
import type { ByteSink } from './byte-sink.js';
import {
  DOT_LOOK_ALIKES,
  DOTTED_NAMES,
  FIRST_CHARACTERS,
  LATIN_NAMES,
  RARE_CHARACTERS,
  SECOND_CHARACTERS,
  SURNAME_WEIGHTS,
  SURNAMES,
} from './name-parts.js';

export type SampleEncoding = 'utf-8' | 'gb18030';

/** What kind of name a person has; `any` is what the population at large has. */
export type NameStyle = 'any' | 'han' | 'rare' | 'foreign';

/**
 * `base`: as in the cardholder base. `typed`: as a clerk may type it, equal after folding spaces and middle dots.
 * `other`: of somebody else.
 */
export type NameSpelling = 'base' | 'typed' | 'other';

export interface NameWriter {
  name(sink: ByteSink, hash: number, style: NameStyle, spelling: NameSpelling): void;
}

/** One person in so many has a name with a middle dot. */
const DOTTED_ONE_IN = 400;
/** Of 8: Han names of two given characters rather than one. */
const TWO_GIVEN_OF_8 = 6;

/** Encoded pieces, end to end. */
interface Pieces {
  bytes: Uint8Array;
  /** Piece i is bytes[starts[i]] to bytes[starts[i + 1]]. */
  starts: Int32Array;
}

export function encodeText(text: string, encoding: SampleEncoding): Uint8Array {
  return encoding === 'gb18030' ? encodeGb18030(text) : new TextEncoder().encode(text);
}

export function nameWriter(encoding: SampleEncoding): NameWriter {
  const pieces = (texts: readonly string[]) => encodePieces(texts, encoding);
  const surnames = pieces(SURNAMES);
  const wheel = wheelOf(SURNAME_WEIGHTS);
  const first = pieces(FIRST_CHARACTERS);
  const second = pieces(SECOND_CHARACTERS);
  const rare = pieces(RARE_CHARACTERS);
  const latin = pieces(LATIN_NAMES);
  const dotted = pieces(DOTTED_NAMES);
  const dottedTyped = pieces(
    DOTTED_NAMES.map((name, index) => name.replace('·', DOT_LOOK_ALIKES[index % 7]!)),
  );
  const space = encodeText('\u3000', encoding);

  function han(sink: ByteSink, hash: number, last: Pieces, spelling: NameSpelling): void {
    const shift = spelling === 'other' ? 1 : 0;
    put(sink, surnames, wheel[hash % wheel.length]!);
    if (spelling === 'typed') sink.piece(space, 0, space.length);
    const rest = hash >>> 9;
    if ((rest & 7) < TWO_GIVEN_OF_8) put(sink, first, ((rest >>> 3) + shift) % FIRST_CHARACTERS.length);
    put(sink, last, ((rest >>> 10) + shift) % (last.starts.length - 1));
  }

  return {
    name(sink, hash, style, spelling) {
      const isDotted = style === 'any' && hash % DOTTED_ONE_IN === 0;
      if (!isDotted && style !== 'foreign') {
        han(sink, hash, style === 'rare' ? rare : second, spelling);
        return;
      }
      const list = !isDotted ? latin : spelling === 'typed' ? dottedTyped : dotted;
      put(sink, list, ((hash >>> 9) + (spelling === 'other' ? 1 : 0)) % (list.starts.length - 1));
    },
  };
}

function put(sink: ByteSink, pieces: Pieces, index: number): void {
  sink.piece(pieces.bytes, pieces.starts[index]!, pieces.starts[index + 1]!);
}

function encodePieces(texts: readonly string[], encoding: SampleEncoding): Pieces {
  const encoded = texts.map((text) => encodeText(text, encoding));
  const starts = new Int32Array(encoded.length + 1);
  for (const [index, bytes] of encoded.entries()) starts[index + 1] = starts[index]! + bytes.length;
  const bytes = new Uint8Array(starts[encoded.length]!);
  for (const [index, piece] of encoded.entries()) bytes.set(piece, starts[index]!);
  return { bytes, starts };
}

/** Index i stands as often in the wheel as it weighs. */
function wheelOf(weights: readonly number[]): Uint8Array {
  return Uint8Array.from(weights.flatMap((weight, index) => Array.from({ length: weight }, () => index)));
}
