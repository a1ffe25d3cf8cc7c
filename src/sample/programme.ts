// The programmes that synthetic rosters are made for: what of the sample catalogue (samples/catalogue) decides what a
// line must say. A test compares the two.

import type { AgeGroup } from './age-band.js';
import { FIRST_OLD_BAND } from './age-band.js';
import type { Person } from './person.js';

export interface SampleProgramme {
  code: string;
  name: string;
  /** Decides which stretch of time deaths and ages are judged by. */
  frequency: 'monthly' | 'yearly';
  /** Who may be listed. */
  ages: AgeGroup;
  /** Who is refused for their age; undefined where the programme has no age. */
  agesRefused: AgeGroup | undefined;
  /** What somebody with an identifier of another kind, whose age is not known, is refused for. */
  needsAge: boolean;
  hasQuantity: boolean;
  /** A roster's account that is not the base's: refused, or paid to the base's with a warning. */
  accountPolicy: 'mustMatch' | 'payBase';
  payee: 'self' | 'selfOrGuardian';
  /** In ten-thousandths of the unit; 0 where the programme has none. */
  quantity(person: Person): number;
  /** The amount that the programme's standard asks for or allows. */
  amountFen(person: Person): number;
  /** An amount that is not standard, below the ceiling. */
  wrongFen(person: Person): number;
}

const OLD_AGE_FEN = [10_000, 20_000, 50_000];
const DISABILITY_FEN_MAX = 16_000;
/** 125.00 yuan a unit, in fen for a ten-thousandth, times four. */
const LAND_FEN_TIMES_4 = 5;

function landQuantity(person: Person): number {
  // 0.50 to 12.99 in hundredths; every eighth person's is measured to four decimals, so that rounding occurs.
  const hundredths = 50 + ((person.chance >>> 3) % 1250);
  return hundredths * 100 + ((person.chance & 7) === 0 ? (person.chance >>> 13) % 100 : 0);
}

/** Quantity × 125.00, to the fen, half up. */
function landFen(person: Person): number {
  return Math.floor((landQuantity(person) * LAND_FEN_TIMES_4 + 2) / 4);
}

export const SAMPLE_PROGRAMMES: Readonly<Record<'GLJT' | 'GDDL' | 'CJSH', SampleProgramme>> = {
  GLJT: {
    code: 'GLJT',
    name: '高龄津贴',
    frequency: 'monthly',
    ages: 'old',
    agesRefused: 'younger',
    needsAge: true,
    hasQuantity: false,
    accountPolicy: 'mustMatch',
    payee: 'self',
    quantity: () => 0,
    amountFen: (person) => OLD_AGE_FEN[Math.max(0, person.band - FIRST_OLD_BAND)]!,
    wrongFen: (person) => OLD_AGE_FEN[Math.max(0, person.band - FIRST_OLD_BAND)]! + 2_000,
  },
  GDDL: {
    code: 'GDDL',
    name: '耕地地力保护补贴',
    frequency: 'yearly',
    ages: 'adult',
    agesRefused: undefined,
    needsAge: false,
    hasQuantity: true,
    accountPolicy: 'payBase',
    payee: 'self',
    quantity: landQuantity,
    amountFen: landFen,
    wrongFen: (person) => landFen(person) + 1,
  },
  CJSH: {
    code: 'CJSH',
    name: '困难残疾人生活补贴',
    frequency: 'monthly',
    ages: 'everyone',
    agesRefused: undefined,
    needsAge: false,
    hasQuantity: false,
    accountPolicy: 'mustMatch',
    payee: 'selfOrGuardian',
    quantity: () => 0,
    amountFen: (person) => DISABILITY_FEN_MAX - 2_000 * (person.chance % 3),
    wrongFen: (person) => DISABILITY_FEN_MAX + 1 + (person.chance % 4_000),
  },
};

export type SampleProgrammeCode = keyof typeof SAMPLE_PROGRAMMES;
