// The names of the elements that are open, as bytes: what a closing tag is compared with.

import { EngineError } from '../base/error.js';

export class OpenNames {
  private bytes = new Uint8Array(1024);
  private readonly starts: number[] = [];
  private end = 0;

  get depth(): number {
    return this.starts.length;
  }

  push(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (this.end + length > this.bytes.length) this.grow(length);
    this.starts.push(this.end);
    const { bytes } = this;
    let at = this.end;
    for (let index = from; index < to; index++) bytes[at++] = source[index]!;
    this.end = at;
  }

  pop(): void {
    const start = this.starts.pop();
    if (start === undefined) throw new EngineError('INTERNAL', { problem: 'no element is open' });
    this.end = start;
  }

  /** Length in bytes of the innermost name. */
  get length(): number {
    return this.end - this.starts[this.starts.length - 1]!;
  }

  /** Whether `source` has the innermost name at `at`. */
  stands(source: Uint8Array, at: number): boolean {
    const { bytes, end } = this;
    let index = at;
    for (let mine = this.starts[this.starts.length - 1]!; mine < end; mine++)
      if (bytes[mine] !== source[index++]) return false;
    return true;
  }

  /** The innermost name, for messages. */
  get innermost(): string {
    return new TextDecoder('latin1').decode(
      this.bytes.subarray(this.starts[this.starts.length - 1], this.end),
    );
  }

  private grow(length: number): void {
    const grown = new Uint8Array((this.end + length) * 2);
    grown.set(this.bytes);
    this.bytes = grown;
  }
}
