// Options that every command takes, before or after its words (contract, section 1).

import type { Text } from '../message/language.js';

export interface GlobalOption {
  readonly flag: string;
  readonly value?: string;
  /** The environment variable that says the same. */
  readonly variable?: string;
  readonly about: Text;
}

export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  {
    flag: '--database',
    value: 'URL',
    variable: 'YIKA_DATABASE_URL',
    about: {
      en: 'a PostgreSQL server, 14 or newer; the embedded one if not given. A password belongs in the variable, the configuration file or PGPASSFILE, not here',
      zh: 'PostgreSQL 服务器，14 或更新；默认使用内置数据库。密码应放在环境变量、配置文件或 PGPASSFILE 中，不要写在这里',
    },
  },
  {
    flag: '--data',
    value: 'DIR',
    variable: 'YIKA_DATA',
    about: { en: 'the data folder; ./yika-data if not given', zh: '数据文件夹；默认 ./yika-data' },
  },
  {
    flag: '--actor',
    value: 'NAME',
    variable: 'YIKA_ACTOR',
    about: {
      en: 'who is acting; recorded with everything done. The login name if not given',
      zh: '经办人，随一切操作记录；默认为登录名',
    },
  },
  {
    flag: '--threads',
    value: 'N',
    variable: 'YIKA_THREADS',
    about: { en: 'worker threads, 1 to 64; never changes a result', zh: '工作线程数，1 至 64；不影响结果' },
  },
  { flag: '--json', about: { en: 'the result as one JSON document', zh: '结果为一个 JSON 文档' } },
  {
    flag: '--quiet',
    about: { en: 'no progress, no hints, errors only in the log', zh: '不显示进度和提示，日志只含错误' },
  },
  { flag: '--verbose', about: { en: 'say more in the log', zh: '日志更详细' } },
  { flag: '--no-color', variable: 'NO_COLOR', about: { en: 'no colours', zh: '不用颜色' } },
  {
    flag: '--lang',
    value: 'zh|en',
    variable: 'YIKA_LANG',
    about: {
      en: 'the language; by the locale if not given. Codes never change',
      zh: '语言；默认随系统区域。代码不变',
    },
  },
  {
    flag: '--config',
    value: 'FILE',
    variable: 'YIKA_CONFIG',
    about: {
      en: 'the configuration file; ./yika.yaml if it is there',
      zh: '配置文件；默认为 ./yika.yaml（如有）',
    },
  },
];
