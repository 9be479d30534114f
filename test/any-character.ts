import fc from 'fast-check';

const surrogates = { from: 0xd800, to: 0xe000 };

/** Any character but surrogates, as fast-check's unit `binary`, which first makes a map of a million of them. */
export const anyCharacter = fc
  .nat({ max: 0x10ffff - (surrogates.to - surrogates.from) })
  .map((index) => String.fromCodePoint(index < surrogates.from ? index : index + surrogates.to - surrogates.from));
