import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/base/error.js';
import { CATALOGUE_PROBLEMS, describeCatalogueProblem } from '../../src/programme/catalogue-problem.js';
import { inspectCatalogue, parseCatalogue } from '../../src/programme/parse-catalogue.js';
import { findProgramme } from '../../src/programme/programme.js';

const CORPUS = new URL('../corpus/catalogues/', import.meta.url);
const SAMPLE = new URL('../../samples/catalogue/hainan-sample.yaml', import.meta.url);

type Expected = [line: number, column: number, code: string][];

/** The corpus is named by what is wrong; beside each file stands where it is wrong and the code of the problem. */
const corpus = readdirSync(CORPUS)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    name,
    text: readFileSync(new URL(name, CORPUS), 'utf8'),
    expected: JSON.parse(
      readFileSync(new URL(name.replace('.yaml', '.expected.json'), CORPUS), 'utf8'),
    ) as Expected,
  }));

/** The example of the contract, section 6, word for word. */
const CONTRACT = `catalogue: hainan-2026
effectiveFrom: 2026-01-01
programmes:
  - code: GLJT
    name: 高龄津贴
    department: 民政
    basis: sample configuration          # the document that orders it
    frequency: monthly                   # monthly | quarterly | yearly | once
    regions: ["460000"]                  # a code covers everything below it: 460000 the province, 460100 Haikou
    eligibility: { age: { from: 80 } }   # whole years at the end of the period; to: is inclusive
    entitlement:
      kind: banded                       # open | fixed | banded (by age) | perUnit (quantity × rate)
      bands:
        - { from: 80, to: 89, amount: "100.00" }
        - { from: 90, to: 99, amount: "200.00" }
        - { from: 100, amount: "500.00" }
      policy: mustEqual                  # mustEqual | upTo | asRostered
    ceiling: "2000.00"                   # for one line
    rounding: halfUp                     # halfUp | halfEven | down | up; to the fen
    funding:                             # shares add up to 1, or one source is the rest; a region may have its own
      - { source: province, share: "0.6" }
      - { source: city, share: "0.4" }
    accountPolicy: mustMatch             # mustMatch | payBase
    payee: self                          # self | selfOrGuardian
    excludes: [YLFW]                     # never paid to one person for the same period
`;

const GLJT = {
  code: 'GLJT',
  name: '高龄津贴',
  department: '民政',
  basis: 'sample configuration',
  frequency: 'monthly',
  regions: [460000],
  ageFrom: 80,
  entitlement: {
    kind: 'banded',
    bands: [
      { from: 80, to: 89, amountFen: 10_000 },
      { from: 90, to: 99, amountFen: 20_000 },
      { from: 100, amountFen: 50_000 },
    ],
    policy: 'mustEqual',
  },
  ceilingFen: 200_000,
  rounding: 'halfUp',
  funding: [
    { source: 'province', share: '0.6' },
    { source: 'city', share: '0.4' },
  ],
  fundingByRegion: [],
  accountPolicy: 'mustMatch',
  payee: 'self',
  excludes: ['YLFW'],
};

const programme = (code: string): string => `  - code: ${code}
    name: 甲
    frequency: once
    regions: ["460100"]
    entitlement: { kind: open }
    funding: [{ source: city, share: rest }]
`;

describe('parseCatalogue', () => {
  it('reads the example of the contract', () => {
    expect(parseCatalogue([{ path: 'catalogue.yaml', text: CONTRACT }])).toEqual({
      name: 'hainan-2026',
      effectiveFrom: '2026-01-01',
      programmes: [GLJT],
    });
  });

  it.each([
    ['a byte order mark', `\ufeff${CONTRACT}`],
    ['CRLF', CONTRACT.replaceAll('\n', '\r\n')],
    ['no newline at its end', CONTRACT.trimEnd()],
  ])('reads it with %s too', (_what, text) => {
    expect(parseCatalogue([{ path: 'catalogue.yaml', text }]).programmes).toEqual([GLJT]);
  });

  it('reads the sample catalogue', () => {
    const catalogue = parseCatalogue([{ path: 'hainan-sample.yaml', text: readFileSync(SAMPLE, 'utf8') }]);
    expect(
      catalogue.programmes.map(({ code, frequency, entitlement }) => [code, frequency, entitlement.kind]),
    ).toEqual([
      ['GLJT', 'monthly', 'banded'],
      ['GDDL', 'yearly', 'perUnit'],
      ['CJSH', 'monthly', 'fixed'],
    ]);
    expect(findProgramme(catalogue, 'GLJT')).toEqual(GLJT);
    expect(findProgramme(catalogue, 'GDDL')).toMatchObject({
      entitlement: { kind: 'perUnit', rate: '125.00', unit: '亩', policy: 'mustEqual' },
      accountPolicy: 'payBase',
    });
    expect(findProgramme(catalogue, 'CJSH')).toMatchObject({
      entitlement: { kind: 'fixed', amountFen: 16_000, policy: 'upTo' },
      funding: [{ share: '0.3333' }, { share: '0.3333' }, { source: 'county', share: '0.3334' }],
      fundingByRegion: [{ region: 460200, shares: [{ share: '0.5' }, { source: 'city', share: '0.5' }] }],
      payee: 'selfOrGuardian',
      excludes: ['GLJT'],
    });
    expect(findProgramme(catalogue, 'YLFW')).toBeUndefined();
  });

  it('fills in what a programme need not say', () => {
    const text = `catalogue: c\neffectiveFrom: 2026-01-01\nprogrammes:\n${programme('A1')}`;
    expect(parseCatalogue([{ path: 'a.yaml', text }]).programmes).toEqual([
      {
        code: 'A1',
        name: '甲',
        frequency: 'once',
        regions: [460100],
        entitlement: { kind: 'open', policy: 'asRostered' },
        rounding: 'halfUp',
        funding: [{ source: 'city', share: '1' }],
        fundingByRegion: [],
        accountPolicy: 'mustMatch',
        payee: 'self',
        excludes: [],
      },
    ]);
  });

  it('joins the files of a folder by path, whatever order they come in', () => {
    const files = [
      { path: 'c/2.yaml', text: `programmes:\n${programme('C3')}` },
      { path: 'c/0.yaml', text: 'catalogue: c\neffectiveFrom: 2026-01-01\n' },
      {
        path: 'c/1.yaml',
        text: `effectiveFrom: 2026-01-01\nprogrammes:\n${programme('B2')}${programme('A1')}`,
      },
    ];
    const codes = parseCatalogue(files).programmes.map(({ code }) => code);
    expect(codes).toEqual(['B2', 'A1', 'C3']);
    expect(parseCatalogue([...files].reverse())).toEqual(parseCatalogue(files));
  });

  it('refuses files that contradict each other, naming both', () => {
    const { problems } = inspectCatalogue([
      { path: '1.yaml', text: `catalogue: c\neffectiveFrom: 2026-01-01\nprogrammes:\n${programme('A1')}` },
      { path: '2.yaml', text: `effectiveFrom: 2026-02-01\nprogrammes:\n${programme('A1')}` },
    ]);
    expect(problems).toEqual([
      {
        file: '2.yaml',
        line: 1,
        column: 16,
        code: 'headDiffers',
        values: { file: '1.yaml', value: '2026-01-01' },
      },
      {
        file: '2.yaml',
        line: 3,
        column: 11,
        code: 'codeRepeated',
        values: { code: 'A1', file: '1.yaml', line: '4' },
      },
    ]);
  });

  it('survives no files, a bomb of aliases and a key of the object prototype', () => {
    expect(inspectCatalogue([]).problems.map(({ code }) => code)).toEqual([
      'headMissing',
      'headMissing',
      'programmesMissing',
    ]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`;
    expect(inspectCatalogue([{ path: 'a', text: bomb }]).problems[0]?.code).toBe('yamlInvalid');
    const text = `catalogue: c\neffectiveFrom: 2026-01-01\n__proto__: 1\nprogrammes:\n${programme('A1')}`;
    expect(inspectCatalogue([{ path: 'a', text }]).problems).toMatchObject([{ line: 3, code: 'unknownKey' }]);
  });

  it('lets shares be written once and used again', () => {
    const text = `catalogue: c\neffectiveFrom: 2026-01-01\nprogrammes:\n${programme('A1').replace('funding: ', 'funding: &f ')}${programme('B2').replace(/funding: .*/, 'funding: *f')}`;
    const { programmes } = parseCatalogue([{ path: 'a.yaml', text }]);
    expect(programmes[1]?.funding).toEqual(programmes[0]?.funding);
  });

  it('throws the first problem with its place and says how many more there are', () => {
    const many = corpus.find(({ name }) => name === 'many-mistakes.yaml')!;
    let thrown: unknown;
    try {
      parseCatalogue([{ path: many.name, text: many.text }]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(EngineError);
    expect((thrown as EngineError).code).toBe('CATALOGUE_INVALID');
    expect((thrown as EngineError).details).toEqual({
      file: 'many-mistakes.yaml',
      line: 6,
      column: 16,
      problem: '"daily" is none of: monthly, quarterly, yearly, once',
      problemZh: '“daily”不在允许的取值之内：monthly, quarterly, yearly, once',
      more: 4,
    });
  });
});

describe('the corpus of wrong catalogues', () => {
  it.each(corpus)('$name', ({ name, text, expected }) => {
    const { catalogue, problems } = inspectCatalogue([{ path: name, text }]);
    expect(catalogue).toBeUndefined();
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
    for (const problem of problems) {
      for (const language of ['en', 'zh'] as const) {
        const sentence = describeCatalogueProblem(problem, language);
        expect(sentence).not.toMatch(/\{\w+\}|undefined/);
        expect(sentence.length).toBeGreaterThan(3);
      }
    }
  });

  it('has a file for every problem that one file can have', () => {
    const codes = new Set(corpus.flatMap(({ expected }) => expected.map(([, , code]) => code)));
    const missing = Object.keys(CATALOGUE_PROBLEMS).filter((code) => !codes.has(code));
    expect(missing).toEqual(['headDiffers']);
  });
});

describe('the sentences', () => {
  it.each(Object.entries(CATALOGUE_PROBLEMS))(
    'of %s name the same values in both languages',
    (_code, [en, zh]) => {
      const names = (template: string): string[] => (template.match(/\{\w+\}/g) ?? []).sort();
      expect(names(zh)).toEqual(names(en));
    },
  );
});
