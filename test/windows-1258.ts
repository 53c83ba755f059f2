import iconv from 'iconv-lite';

/** Windows-1258 as programs write it: a vowel with its hat in one byte, the tone in the next. */
export function windows1258(text: string): Buffer {
  const apart = text
    .normalize('NFD')
    .replace(/([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])/g, '$2$1')
    .replace(/[A-Za-z][\u0302\u0306\u031b]/g, (pair) => pair.normalize('NFC'));
  return iconv.encode(apart, 'windows1258');
}
