/** The patterns of `regexp.go` of `github.com/distribution/reference` v0.6.0, as scanners that read each char once. */

const dash = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const underscore = 0x5f;

/** `remoteName`: path components of lower-case letters and digits, joined by `.`, `_`, `__` or dashes. */
export function isRepositoryPath(text: string): boolean {
  let afterAlphanumeric = false;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isLower(code) || isDigit(code)) {
      afterAlphanumeric = true;
      index++;
      continue;
    }
    if (!afterAlphanumeric) return false;
    const width = separatorWidth(text, index, code);
    if (width === 0) return false;
    afterAlphanumeric = false;
    index += width;
  }
  return afterAlphanumeric;
}

/** `domainAndPort`: a host name, an IPv4 address or an IPv6 address in brackets, then perhaps a port. */
export function isDomain(text: string): boolean {
  const colon = text.lastIndexOf(':');
  const hasPort = colon > text.lastIndexOf(']');
  if (hasPort && !/^[0-9]+$/.test(text.slice(colon + 1))) return false;
  const host = hasPort ? text.slice(0, colon) : text;
  return host.startsWith('[') ? /^\[[a-fA-F0-9:]+\]$/.test(host) : host.split('.').every(isHostLabel);
}

/** `tag`: a word character, then up to 127 word characters, dots and dashes. */
export function isTag(text: string): boolean {
  return text.length <= 128 && /^\w[\w.-]*$/.test(text);
}

function isHostLabel(label: string): boolean {
  return /^[a-zA-Z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** How many chars the separator at the index has; 0 if there is none. */
function separatorWidth(text: string, index: number, code: number): number {
  if (code === slash || code === dot) return 1;
  if (code === underscore) return text.charCodeAt(index + 1) === underscore ? 2 : 1;
  if (code !== dash) return 0;
  let end = index + 1;
  while (text.charCodeAt(end) === dash) end++;
  return end - index;
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
