import { type ByteString, goQuote } from './byte-string.js';
import { parseIpAddress } from './go-ip-address.js';

/** The parts of a URL that the kubelet looks at, percent-decoded. Scheme, user, query and fragment are dropped. */
export interface GoUrl {
  /** The host with its port, and with the brackets of an IPv6 address. */
  readonly host: ByteString;
  readonly path: ByteString;
}

/** Why Go does not parse a URL. */
export interface GoUrlError {
  /** The whole message: `parse "https://...": ` and the reason. It holds the URL, and so any password in it. */
  readonly error: string;
  /** The reason alone; what it quotes of the URL stands between double quotes. */
  readonly reason: string;
}

type Part = 'host' | 'zone' | 'other';

class UrlFault extends Error {}

/**
 * Go's `url.Parse` (`net/url/url.go` of Go 1.26, which reads colons in hosts strictly) for a URL that begins with
 * `https://` or `http://`.
 */
export function parseUrl(url: ByteString): GoUrl | GoUrlError {
  const hash = url.indexOf('#');
  const withoutFragment = hash < 0 ? url : url.slice(0, hash);
  let shown = withoutFragment;
  try {
    const parsed = parseWithoutFragment(withoutFragment);
    shown = url;
    if (hash >= 0) decodePercent(url.slice(hash + 1), 'other');
    return parsed;
  } catch (fault) {
    if (!(fault instanceof UrlFault)) throw fault;
    return { error: `parse ${goQuote(shown)}: ${fault.message}`, reason: fault.message };
  }
}

/** `net.SplitHostPort` as `SplitURL` of the kubelet uses it: where there is no port, all is host, brackets included. */
export function splitHostPort(hostPort: ByteString): { readonly host: ByteString; readonly port: ByteString } {
  const whole = { host: hostPort, port: '' };
  const colon = hostPort.lastIndexOf(':');
  if (colon < 0) return whole;
  const port = hostPort.slice(colon + 1);
  if (hostPort.startsWith('[')) {
    const end = hostPort.indexOf(']');
    const isSound = end === colon - 1 && !hostPort.includes('[', 1) && !hostPort.includes(']', end + 1);
    return isSound ? { host: hostPort.slice(1, end), port } : whole;
  }
  return /[:[\]]/.test(hostPort.slice(0, colon)) || /[[\]]/.test(port)
    ? whole
    : { host: hostPort.slice(0, colon), port };
}

function parseWithoutFragment(url: ByteString): GoUrl {
  if (/[\x00-\x1f\x7f]/.test(url)) throw new UrlFault('net/url: invalid control character in URL');
  const authorityStart = url.indexOf('://') + 3;
  const query = url.indexOf('?', authorityStart);
  const rest = url.slice(authorityStart, query < 0 ? undefined : query);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const host = parseAuthority(authority);
  return { host, path: slash < 0 ? '' : decodePercent(rest.slice(slash), 'other') };
}

function parseAuthority(authority: ByteString): ByteString {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1));
  if (at >= 0) checkUserinfo(authority.slice(0, at));
  return host;
}

function checkUserinfo(userinfo: ByteString): void {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new UrlFault('net/url: invalid userinfo');
  const colon = userinfo.indexOf(':');
  decodePercent(colon < 0 ? userinfo : userinfo.slice(0, colon), 'other');
  if (colon >= 0) decodePercent(userinfo.slice(colon + 1), 'other');
}

function parseHost(host: ByteString): ByteString {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) throw new UrlFault('invalid IP-literal');
  if (bracket === 0) return parseIpLiteral(host);
  const colon = host.indexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  return decodePercent(host, 'host');
}

function parseIpLiteral(host: ByteString): ByteString {
  const end = host.lastIndexOf(']');
  if (end < 0) throw new UrlFault("missing ']' in host");
  const port = host.slice(end + 1);
  checkPort(port);
  const name = host.slice(1, end);
  const zone = name.indexOf('%25');
  const address =
    zone < 0
      ? decodePercent(name, 'host')
      : decodePercent(name.slice(0, zone), 'host') + decodePercent(name.slice(zone), 'zone');
  const result = parseIpAddress(address);
  if ('error' in result) throw new UrlFault(`invalid host: ${result.error}`);
  if (result.family === 4) throw new UrlFault('invalid IP-literal');
  return `[${address}]${port}`;
}

function checkPort(port: ByteString): void {
  if (!/^(:[0-9]*)?$/.test(port)) throw new UrlFault(`invalid port ${goQuote(port)} after host`);
}

/** The characters that stand in a host unescaped: `shouldEscape` for hosts and zones. */
const hostChar = /^[A-Za-z0-9!"$&'()*+,\-.:;<=>[\]_~\x80-\xff]$/;

function decodePercent(text: ByteString, part: Part): ByteString {
  if (part === 'other' && !text.includes('%')) return text;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '%') {
      checkEscape(text.slice(index, index + 3), part);
      index += 2;
    } else if (part !== 'other' && !hostChar.test(char)) {
      throw new UrlFault(`invalid character ${goQuote(char)} in host name`);
    }
  }
  return text.replace(/%(..)/gs, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function checkEscape(sequence: ByteString, part: Part): void {
  const isEscape = /^%[0-9A-Fa-f]{2}$/.test(sequence);
  const byte = Number.parseInt(sequence.slice(1), 16);
  const isAllowed = part === 'other' || sequence === '%25' || isAllowedByte(byte, part);
  if (!isEscape || !isAllowed) throw new UrlFault(`invalid URL escape ${goQuote(sequence)}`);
}

/** In a host only bytes outside ASCII may be escaped (RFC 3986); in a zone only what may stand there anyway, and spaces. */
function isAllowedByte(byte: number, part: 'host' | 'zone'): boolean {
  if (part === 'host') return byte >= 0x80;
  return byte === 0x20 || (byte < 0x80 && hostChar.test(String.fromCharCode(byte)));
}
