import type { TreeKind } from '../model/inventory/tree.js';
import { floatOf, integerOf, isNoNumber, plainBoolean, plainScalarKind } from './plain-scalar.js';

const standard = 'tag:yaml.org,2002:';

/** The kinds that a tag asks for; any other tag makes a text of whatever it stands before. */
const tagKinds: ReadonlyMap<string, TreeKind> = new Map<string, TreeKind>([
  [`${standard}int`, 'number'],
  [`${standard}float`, 'number'],
  [`${standard}bool`, 'boolean'],
  [`${standard}null`, 'null'],
]);

/** The tag of bytes in base64. */
export const binaryTag = `${standard}binary`;

/** The whole tag that is written in short; undefined where its handle is not known. */
export function wholeTag(written: string): string | undefined {
  const tag = written.startsWith('!<') ? written.slice(2, -1) : written;
  try {
    if (tag !== written) return decodeURIComponent(tag);
    if (tag.startsWith('!!')) return standard + decodeURIComponent(tag.slice(2));
    return /^![-\w]+!/.test(tag) ? undefined : decodeURIComponent(tag);
  } catch {
    return undefined;
  }
}

/** Kind of a scalar to Kubernetes. */
export function scalarKind(value: string, isPlain: boolean, tag: string | undefined): TreeKind {
  if (tag !== undefined) return tagKinds.get(tag) ?? 'text';
  return isPlain ? plainScalarKind(value) : 'text';
}

/** Why Kubernetes cannot take a scalar; most it can. */
export function scalarFlaw(value: string, isPlain: boolean, tag: string | undefined): string | undefined {
  if (tag === undefined) return isPlain && isNoNumber(value) ? 'Kubernetes has no number without end' : undefined;
  if (tag === `${standard}str`) return undefined;
  if (tag === '!' && isPlain && plainScalarKind(value) !== 'text')
    return 'the tag "!" makes this a text to kubectl, but not to kustomize';
  if (tag === binaryTag) return isBase64(value) ? undefined : 'this is not base64';
  if (tag === `${standard}timestamp`)
    return timestamp.test(value) ? undefined : 'the tag belongs to another type of value';
  const kind = tagKinds.get(tag);
  if (kind === undefined) return undefined;
  const isRight = plainScalarKind(value) === kind && (tag !== `${standard}int` || integerOf(value) !== undefined);
  if (!isRight) return 'the tag belongs to another type of value';
  return isNoNumber(value) ? 'Kubernetes has no number without end' : undefined;
}

const timestamp =
  /^\d{4}-\d\d?-\d\d?(?:[Tt]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:\.\d+)?)?$/;

function isBase64(value: string): boolean {
  const digits = value.replace(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

/** Name in JSON of a key that is no text; undefined for a key that none can be made of. */
export function keyOf(value: string, kind: TreeKind): string | undefined {
  if (kind === 'text') return value;
  if (kind === 'boolean') return String(plainBoolean(value));
  if (kind !== 'number') return undefined;
  const integer = integerOf(value);
  if (integer === undefined) return floatText(floatOf(value));
  return integer < 2n ** 63n ? String(integer) : undefined;
}

/** A number of 32 bits as short as it can be, as Go writes it with the format `g`. */
function floatText(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return value > 0 ? '.inf' : '-.inf';
  let shortest = single.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    shortest = single.toExponential(digits);
    if (Math.fround(Number(shortest)) === single) break;
  }
  const [mantissa = '', exponent = '0'] = shortest.split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(shortest));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
