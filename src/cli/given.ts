// What was typed after the command words, read with the form that each value must have. Every mistake is USAGE_INVALID and
// names the option or argument.

import { BATCH_NUMBER_MAX } from '../base/payment-reference.js';
import { parseBankCode } from '../identity/bank-code.js';
import { isCalendarDate } from '../identity/calendar-date.js';
import { isRegionCode } from '../identity/region-code.js';
import type { UsageProblem } from '../message/usage-problem.js';
import { parseYuan } from '../money/fen.js';
import type { CommandSpec } from './command-spec.js';
import { quotable, usageError } from './usage-error.js';

const TEXT_LENGTH_MAX = 500;

/** Lines of the largest file, cardholders of the largest base. */
const COUNT_MAX = 99_999_999;

export class Given {
  readonly #arguments: ReadonlyMap<string, readonly string[]>;
  readonly #options: Readonly<Record<string, unknown>>;

  /** `values`: by position, as commander gives them; `options`: by camel-case name. */
  constructor(spec: CommandSpec, values: readonly unknown[], options: Readonly<Record<string, unknown>>) {
    const names = (spec.arguments ?? []).map(({ name }) => name);
    this.#arguments = new Map(names.map((name, index) => [name, listOf(values[index])]));
    this.#options = options;
  }

  /** An argument as it was typed. */
  argument(name: string): string {
    return this.#optionalArgument(name) ?? missing(name);
  }

  arguments(name: string): readonly string[] {
    const values = this.#arguments.get(name) ?? [];
    return values.length === 0 ? [missing(name)] : values.map((value) => filled(value, name));
  }

  batch(name: string): number {
    return batchNumber(this.argument(name), name);
  }

  optionalBatch(name: string): number | undefined {
    const text = this.#optionalArgument(name);
    return text === undefined ? undefined : batchNumber(text, name);
  }

  /** Numbers may be separated by blanks or commas, and stand once or several times. */
  batches(name: string): number[] {
    return batchNumbers(this.arguments(name), name);
  }

  has(flag: string): boolean {
    return this.#options[optionName(flag)] === true;
  }

  text(flag: string): string | undefined {
    const value = this.#option(flag);
    if (value === undefined) return undefined;
    const text = value.trim();
    if (text === '' || text.length > TEXT_LENGTH_MAX || /[\r\n]/.test(text)) {
      throw usageError('textInvalid', { option: flag, max: TEXT_LENGTH_MAX });
    }
    return text;
  }

  requiredText(flag: string): string {
    return this.text(flag) ?? required(flag);
  }

  count(flag: string, min = 0, max = COUNT_MAX): number | undefined {
    const text = this.#option(flag);
    return text === undefined ? undefined : wholeNumber(text, flag, min, max);
  }

  requiredCount(flag: string, min = 0, max = COUNT_MAX): number {
    return this.count(flag, min, max) ?? required(flag);
  }

  /** Any whole number that is exact. */
  seed(flag: string): number | undefined {
    const text = this.#option(flag);
    return text === undefined ? undefined : wholeNumber(text, flag, 0, Number.MAX_SAFE_INTEGER);
  }

  /** A share from 0 to 1; of samples, never of money. */
  rate(flag: string): number | undefined {
    const text = this.#option(flag);
    if (text === undefined) return undefined;
    const rate = /^(0|1|0?\.\d{1,9}|0\.\d{1,9}|1\.0{1,9})$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (Number.isNaN(rate)) throw badValue('rateInvalid', flag, text);
    return rate;
  }

  /** YYYY-MM-DD. */
  date(flag: string): string | undefined {
    const text = this.#option(flag)?.trim();
    if (text === undefined) return undefined;
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
    if (year === undefined || !isCalendarDate(Number(year), Number(month), Number(day))) {
      throw badValue('dateInvalid', flag, text);
    }
    return text;
  }

  /** YYYY-MM. */
  period(flag: string): string | undefined {
    const text = this.#option(flag)?.trim();
    if (text !== undefined && !/^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text))
      throw badValue('periodInvalid', flag, text);
    return text;
  }

  requiredPeriod(flag: string): string {
    return this.period(flag) ?? required(flag);
  }

  region(flag: string): string | undefined {
    const text = this.#option(flag)?.trim();
    if (text !== undefined && !isRegionCode(text)) throw badValue('regionInvalid', flag, text);
    return text;
  }

  /** Yuan as text, the way the department wrote it. */
  amount(flag: string): string | undefined {
    const text = this.#option(flag)?.trim();
    if (text !== undefined && typeof parseYuan(text) === 'string')
      throw badValue('amountInvalid', flag, text);
    return text;
  }

  /** The three digits of a bank. */
  bank(flag: string): string | undefined {
    const text = this.#option(flag);
    if (text === undefined) return undefined;
    const code = parseBankCode(text);
    if (code === undefined) throw badValue('bankInvalid', flag, text);
    return String(code);
  }

  optionBatch(flag: string): number | undefined {
    const text = this.#option(flag);
    return text === undefined ? undefined : batchNumber(text, flag);
  }

  optionBatches(flag: string): number[] | undefined {
    const values = listOf(this.#options[optionName(flag)]);
    return values.length === 0 ? undefined : batchNumbers(values, flag);
  }

  choice<Choice extends string>(flag: string, choices: readonly Choice[]): Choice | undefined {
    const text = this.#option(flag);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text.trim());
    if (found === undefined) {
      throw usageError('choiceInvalid', { option: flag, value: quotable(text), choices });
    }
    return found;
  }

  #optionalArgument(name: string): string | undefined {
    const [value] = this.#arguments.get(name) ?? [];
    return value === undefined ? undefined : filled(value, name);
  }

  #option(flag: string): string | undefined {
    const value = this.#options[optionName(flag)];
    return typeof value === 'string' ? value : undefined;
  }
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || typeof value === 'boolean' ? [] : [String(value)];
}

/** `--as-of` → asOf, as commander names it. */
function optionName(flag: string): string {
  return flag.replace(/^--/, '').replace(/-([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}

function missing(name: string): never {
  throw usageError('argumentMissing', { argument: name });
}

function required(flag: string): never {
  throw usageError('optionMissing', { option: flag });
}

/** An empty argument is what a script passes when its variable is not set. */
function filled(value: string, name: string): string {
  return value.trim() === '' ? missing(name) : value;
}

function badValue(problem: UsageProblem, option: string, value: string): Error {
  return usageError(problem, { option, value: quotable(value) });
}

function batchNumber(text: string, option: string): number {
  return wholeNumber(text, option, 1, BATCH_NUMBER_MAX);
}

function batchNumbers(texts: readonly string[], option: string): number[] {
  const parts = texts.flatMap((text) => text.split(/[\s,，、]+/)).filter((part) => part !== '');
  if (parts.length === 0) missing(option);
  return [...new Set(parts.map((part) => batchNumber(part, option)))];
}

function wholeNumber(text: string, option: string, min: number, max: number): number {
  const value = /^\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw usageError('countInvalid', { option, value: quotable(text), min, max });
  }
  return value;
}
