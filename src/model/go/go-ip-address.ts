import { type ByteString, goQuote } from './byte-string.js';

/** Which family an address is of, or what is wrong with it. */
export type IpAddressResult = { readonly family: 4 | 6 } | { readonly error: string };

class AddressFault extends Error {}

/** Go's `netip.ParseAddr` (`net/netip/netip.go`), as far as `net/url` asks it: is it an address, of which family. */
export function parseIpAddress(text: ByteString): IpAddressResult {
  try {
    return { family: readAddress(text) };
  } catch (fault) {
    if (fault instanceof AddressFault) return { error: fault.message };
    throw fault;
  }
}

function readAddress(text: ByteString): 4 | 6 {
  const sign = /[.:%]/.exec(text)?.[0];
  if (sign === '.') {
    checkIpv4(text, text);
    return 4;
  }
  if (sign === ':') {
    checkIpv6(text);
    return 6;
  }
  throw fault(text, sign === '%' ? 'missing IPv6 address' : 'unable to parse IP');
}

function checkIpv4(whole: ByteString, text: ByteString): void {
  let value = 0;
  let digits = 0;
  let fields = 1;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (/[0-9]/.test(char)) {
      if (digits === 1 && value === 0) throw fault(whole, 'IPv4 field has octet with leading zero');
      value = value * 10 + Number(char);
      digits++;
      if (value > 255) throw fault(whole, 'IPv4 field has value >255');
    } else if (char === '.') {
      if (index === 0 || index === text.length - 1 || text.charAt(index - 1) === '.') {
        throw fault(whole, 'IPv4 field must have at least one digit', text.slice(index));
      }
      if (fields === 4) throw fault(whole, 'IPv4 address too long');
      fields++;
      value = 0;
      digits = 0;
    } else {
      throw fault(whole, 'unexpected character', text.slice(index));
    }
  }
  if (fields < 4) throw fault(whole, 'IPv4 address too short');
}

function checkIpv6(whole: ByteString): void {
  const percent = whole.indexOf('%');
  if (percent === whole.length - 1) throw fault(whole, 'zone must be a non-empty string');
  let rest = percent < 0 ? whole : whole.slice(0, percent);
  let hasEllipsis = rest.startsWith('::');
  if (hasEllipsis) rest = rest.slice(2);
  if (hasEllipsis && rest === '') return;

  let groups = 0;
  while (groups < 8) {
    const width = groupWidth(whole, rest);
    if (rest.charAt(width) === '.') {
      checkEmbeddedIpv4(whole, rest, groups, hasEllipsis);
      rest = '';
      groups += 2;
      break;
    }
    groups++;
    rest = rest.slice(width);
    if (rest === '') break;
    if (!rest.startsWith(':')) throw fault(whole, 'unexpected character, want colon', rest);
    if (rest === ':') throw fault(whole, 'colon must be followed by more characters', rest);
    rest = rest.slice(1);
    if (rest.startsWith(':')) {
      if (hasEllipsis) throw fault(whole, 'multiple :: in address', rest);
      hasEllipsis = true;
      rest = rest.slice(1);
      if (rest === '') break;
    }
  }

  if (rest !== '') throw fault(whole, 'trailing garbage after address', rest);
  if (groups < 8 && !hasEllipsis) throw fault(whole, 'address string too short');
  if (groups === 8 && hasEllipsis) throw fault(whole, 'the :: must expand to at least one field of zeros');
}

function groupWidth(whole: ByteString, rest: ByteString): number {
  const width = /^[0-9a-fA-F]*/.exec(rest)?.[0].length ?? 0;
  if (width > 4) throw fault(whole, 'each group must have 4 or less digits', rest);
  if (width === 0) throw fault(whole, 'each colon-separated field must have at least one digit', rest);
  return width;
}

function checkEmbeddedIpv4(whole: ByteString, rest: ByteString, groups: number, hasEllipsis: boolean): void {
  if (!hasEllipsis && groups !== 6) {
    throw fault(whole, 'embedded IPv4 address must replace the final 2 fields of the address', rest);
  }
  if (groups > 6) {
    throw fault(whole, 'too many hex fields to fit an embedded IPv4 at the end of the address', rest);
  }
  checkIpv4(whole, rest);
}

function fault(whole: ByteString, message: string, at?: ByteString): AddressFault {
  const where = at ? ` (at ${goQuote(at)})` : '';
  return new AddressFault(`ParseAddr(${goQuote(whole)}): ${message}${where}`);
}
