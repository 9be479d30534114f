// What the reader of Kubernetes (libyaml, YAML 1.1) makes of single characters. No text that is read holds NUL: zero
// stands for its end.

/** True for what ends a line. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** True for a space or a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** True for what ends a line, and for the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return code === 10 || code === 0 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** True for white space, and for the end of the text. */
export function isSpaceOrEnd(code: number): boolean {
  return code <= 32 || code >= 0x85 ? isBlank(code) || isBreakOrEnd(code) : false;
}

/** True for what names of anchors and handles of tags are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 95
  );
}

/** True for `---` or `...`, alone or in front of white space. */
export function isMarker(text: string, at: number, end: number, code = text.charCodeAt(at)): boolean {
  return (
    (code === 45 || code === 46) &&
    at + 2 < end &&
    text.charCodeAt(at + 1) === code &&
    text.charCodeAt(at + 2) === code &&
    (at + 3 >= end || isSpaceOrEnd(text.charCodeAt(at + 3)))
  );
}

/** Where a line goes on that breaks at an offset. kubectl drops a carriage return in front of a line feed first. */
export function afterBreak(text: string, at: number): number {
  if (text.charCodeAt(at) !== 13) return at + 1;
  if (text.charCodeAt(at + 1) === 10) return at + 2;
  return text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? at + 3 : at + 1;
}

const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/gu;

/** Where the next character of a text is that no YAML may hold. */
export function forbiddenCharacter(text: string, start: number): number | undefined {
  forbidden.lastIndex = start;
  return forbidden.exec(text)?.index;
}
