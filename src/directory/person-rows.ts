// COPY rows of tables that name people: a person is written from the key words of the directory.

import { CopyRows } from '../encoding/copy-rows.js';
import { OTHER_KIND } from './layout.js';
import { personHigh, personLow } from './person-key.js';

export class PersonRows extends CopyRows {
  person(a: number, b: number): void {
    if (a === OTHER_KIND) this.int8(-1, -b | 0);
    else this.int8(personHigh(a, b), personLow(a, b));
  }
}
