import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

const publishCommand: CommandSpec = {
  words: ['catalogue', 'publish'],
  summary: {
    en: 'Publishes a new version of the catalogue: what may be paid, to whom, how much, from whose funds.',
    zh: '发布新版项目目录清单：发什么、发给谁、发多少、用谁的资金。',
  },
  arguments: [
    { name: 'PATH', about: { en: 'a YAML file, or a folder of them', zh: 'YAML 文件，或其所在文件夹' } },
  ],
  examples: ['yika catalogue publish catalogue.yaml', 'yika catalogue publish samples/catalogue'],
  exits: [EXIT.input, EXIT.unavailable],
  async run(given, host) {
    const path = given.argument('PATH');
    const [operation, context] = await Promise.all([operations.publishCatalogue(), host.context()]);
    const answer = await operation(context, { path });
    const code = answer.programmes[0]?.code ?? 'CODE';
    return { answer, next: [`yika roster import FILE --programme ${code} --period YYYY-MM`] };
  },
};

const listCommand: CommandSpec = {
  words: ['catalogue', 'list'],
  summary: { en: 'Lists the published catalogues and their programmes.', zh: '列出已发布的目录及其项目。' },
  examples: ['yika catalogue list', 'yika catalogue list --json'],
  exits: [EXIT.unavailable],
  async run(_given, host) {
    const [operation, context] = await Promise.all([operations.listCatalogues(), host.context()]);
    return { answer: await operation(context) };
  },
};

const showCommand: CommandSpec = {
  words: ['catalogue', 'show'],
  summary: { en: 'Shows one programme of the catalogue in force.', zh: '查看现行目录中的一个项目。' },
  arguments: [{ name: 'CODE', about: { en: 'the code of the programme', zh: '项目代码' } }],
  examples: ['yika catalogue show GLJT'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const code = given.argument('CODE');
    const [operation, context] = await Promise.all([operations.showProgramme(), host.context()]);
    return { answer: await operation(context, { code }) };
  },
};

export const CATALOGUE_COMMANDS = [publishCommand, listCommand, showCommand];
