import { join } from 'node:path';
import { EXIT } from '../../base/error.js';
import { SAMPLES_FOLDER } from '../../config/package-root.js';
import type { Progress } from '../../operation/context.js';
import type { DemoStepName } from '../../operation/demo.js';
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
      const { prepareDemoFolder, runDemo } = await operations.demo();
      const { openContext } = await import('../open-context.js');
      const { demoAnswer, demoEnd, demoHeading, demoLines } = await import('../render/demo-story.js');
      const out = given.text('--out') ?? OUT_DEFAULT;
      const { language } = host.settings;
      await prepareDemoFolder(out);
      // A database of its own: never the one that the settings name.
      const settings = { ...host.settings, data: join(out, 'data'), database: undefined };
      const { context, close } = await openContext(settings, { progress: SILENT, log: host.log });
      const steps: DemoStepName[] = [];
      try {
        const answer = await runDemo(context, {
          samples: SAMPLES_FOLDER,
          out,
          async say(step) {
            if (!steps.includes(step.name))
              await host.tell(demoHeading(step, steps.push(step.name), language));
            await host.tell(demoLines(step, language));
          },
        });
        await host.tell(demoEnd(out, language));
        return { answer: demoAnswer(answer, out), exitCode: answer.ok ? EXIT.done : EXIT.refused };
      } finally {
        await close();
      }
    },
  },
];

/** The story says enough; a bar for each of its small steps would only flicker. */
const SILENT: Progress = { begin: () => undefined, advance: () => undefined, end: () => undefined };
