// What synthetic names are made of. Surnames and given names by plausible frequency for Hainan: Han, Li and Miao people
// (符, 吉, 卓, 盘 …), given names of the generations concerned, names with a middle dot, names in Latin letters, and
// characters of the CJK extensions A and B, which GBK cannot write.

/** Surname and weight. Weights are ours, ordered after general knowledge; they are no statistics. */
const SURNAMES_WEIGHTED: readonly (readonly [names: string, weight: number])[] = [
  ['陈王', 60],
  ['李林符', 48],
  ['黄吴张', 36],
  ['郑周刘', 20],
  ['杨梁冯蔡谢曾邢何', 14],
  ['吉韦唐董罗邓郭高朱徐', 8],
  ['卓麦许云韩潘苏叶欧莫卢谭赵孙马胡容文', 5],
  ['詹庄洪翁黎羊万蒙盘蒋钟颜石赖关甘彭温范龙覃廖曹宋', 2],
  ['占冼岑祝裴史古凌游余程袁沈姚丁段白江孔方武侯夏秦田汪尹孟柯劳揭桂辜闭傅戴毛', 1],
];

const SURNAMES_DOUBLE: readonly string[] = ['欧阳', '司徒', '上官', '诸葛'];

/** Characters for the first and the second place of a given name; no character twice in one list. */
const GIVEN_FIRST =
  '亚玉秀桂德文明国家海金美春丽建永兴世昌绍开淑瑞景月阿梅庆爱有仁光汉惠良学志宏宗业天运传振才启荣香凤彩雪红' +
  '云少祥廷树朝正道益三大日子小以积友修泽其会诗书儒鸿达英素兰琼雅慧新东南树万福如安清立方元克定维邦培';
const GIVEN_SECOND =
  '英兰花妹梅香荣雄强光明辉华芳珍玉娥莲金凤琴平生福财贵安和义仁德信忠民军兵龙虎海江山川川浩波涛松柏林森才' +
  '学文武斌杰豪俊伟刚勇毅坚成功业兴旺盛发达昌隆庆祥瑞吉丽娟婷妮娜敏慧燕霞云雪月春夏秋冬红菊桂琼娇美秀弟姐婆';

/** Names with a middle dot (U+00B7, as the twelve ministries' notice of 2016 sets): Uyghur, Kazakh, Hui, foreign. */
export const DOTTED_NAMES: readonly string[] = [
  '阿卜杜拉·买买提',
  '古丽巴哈尔·艾合买提',
  '买买提明·吐尔逊',
  '帕提古丽·阿布都热依木',
  '努尔兰·哈力别克',
  '玛丽亚姆·木沙',
  '阿迪力·热合曼',
  '热孜万古丽·依米提',
  '约翰·史密斯',
  '玛丽亚·桑托斯',
  '伊万·彼得罗夫',
  '法蒂玛·宾蒂·哈桑',
];

/** As they stand in passports: capitals, with spaces. */
export const LATIN_NAMES: readonly string[] = [
  'JOHN WILLIAM CARTER',
  'MARIA DOS SANTOS',
  'IVAN PETROV',
  'NGUYEN THI LAN',
  'SITI AMINAH',
  'ANNA SCHNEIDER',
  'TANAKA HIROSHI',
  'OUSMANE DIALLO',
];

/** CJK extension A (three bytes in UTF-8) and extension B (four bytes); all take four bytes in GB 18030. */
const RARE = ['㛃', '㜣', '㐂', '㵾', '䒟', '𠮷', '𡐓', '𣲘', '𬸚', '𠅤'];

export const SURNAMES: readonly string[] = [
  ...SURNAMES_WEIGHTED.flatMap(([names]) => [...names]),
  ...SURNAMES_DOUBLE,
];

export const SURNAME_WEIGHTS: readonly number[] = [
  ...SURNAMES_WEIGHTED.flatMap(([names, weight]) => [...names].map(() => weight)),
  ...SURNAMES_DOUBLE.map(() => 1),
];

export const FIRST_CHARACTERS: readonly string[] = [...new Set(GIVEN_FIRST)];
export const SECOND_CHARACTERS: readonly string[] = [...new Set(GIVEN_SECOND)];
export const RARE_CHARACTERS: readonly string[] = RARE;

/** Middle dots that people type instead of U+00B7 (domain facts, A6); equal to it when names are compared. */
export const DOT_LOOK_ALIKES: readonly string[] = [
  '\u2022',
  '\u30fb',
  '\uff0e',
  '\u2027',
  '\u2219',
  '.',
  '\uff65',
];
