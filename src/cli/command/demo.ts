import { EXIT } from '../../base/error.js';
import { MIGRATIONS_FOLDER } from '../../config/package-root.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

const OUT_DEFAULT = 'yika-demo';

export const DEMO_COMMANDS: readonly CommandSpec[] = [
  {
    words: ['demo'],
    summary: {
      en: 'Runs a whole month on the samples, in a database of its own, and says at each step what it did.',
      zh: '用样例数据走完一个月的全过程，使用独立的数据库，并逐步说明。',
    },
    about: {
      en: "Import, roster, approval by a second person, release, the banks' answers, reconciliation, reissue, closing.",
      zh: '导入、花名册、他人审批、发放、银行回盘、对账、重新发放、结案。',
    },
    options: [
      {
        flag: '--out',
        value: 'DIR',
        about: {
          en: `the folder for its database and files; ${OUT_DEFAULT} if not given`,
          zh: `存放其数据库和文件的文件夹；默认 ${OUT_DEFAULT}`,
        },
      },
    ],
    examples: ['yika demo', 'yika demo --out /tmp/yika-demo --lang zh'],
    exits: [EXIT.unavailable],
    async run(given, host) {
      const { settings, progress, log } = host;
      const { formats } = await host.contextWithoutDatabase();
      const operation = await operations.runDemo();
      const answer = await operation({
        out: given.text('--out') ?? OUT_DEFAULT,
        threads: settings.threads,
        language: settings.language,
        migrationsFolder: MIGRATIONS_FOLDER,
        ...{ formats, progress, log },
        say: (step, said) => host.say(step, said),
      });
      return { answer };
    },
  },
];
