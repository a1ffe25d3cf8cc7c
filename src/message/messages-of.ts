import { en } from './en.js';
import type { Language } from './language.js';
import type { Messages } from './messages.js';
import { zh } from './zh.js';

const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh };

export function messagesOf(language: Language): Messages {
  return MESSAGES[language];
}
