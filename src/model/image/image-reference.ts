import { bytesOf, goQuote } from '../go/byte-string.js';
import { At } from '../problem/at.js';
import { maskedValue } from '../problem/credential-mask.js';
import { ImagePullError } from '../problem/problem.js';
import { sentence, shownReason, words } from '../problem/shown.js';
import { digestError, isReferenceDigest } from './image-digest.js';
import { isDomain, isRepositoryPath, isTag } from './reference-grammar.js';

const hubDomain = 'docker.io';
const legacyHubDomain = 'index.docker.io';
const officialPrefix = 'library/';
const maxPathLength = 255;
const bareIdentifier = /^[a-f0-9]{64}$/;
const invalidFormat = 'invalid reference format';

/**
 * An image as a pod names it, read as the kubelet reads it: `ParseNormalizedNamed` of `github.com/distribution/reference`
 * v0.6.0, behind `pkg/util/parsers/parsers.go` of Kubernetes.
 *
 * @example
 * ```ts
 * import { ImageReference } from 'cdk8s-image-pull/model';
 *
 * const { name, tag } = ImageReference.parse('nginx:1.29'); // docker.io/library/nginx, 1.29
 *
 * const image = ImageReference.tryParse('ghcr.io/Acme/web');
 * const shown = 'error' in image ? image.error : image.name; // that the name must be in lower case
 * ```
 */
export class ImageReference {
  private constructor(
    /** The image as written. */
    readonly text: string,
    /** The registry host with its port. Empty where the grammar takes a dotted first element for a path (`a_b.io/app`). */
    readonly domain: string,
    /** The repository inside the registry, `library/` included for official images. */
    readonly path: string,
    /** The tag as written. */
    readonly tag: string | undefined,
    /** The digest as written, with its algorithm. */
    readonly digest: string | undefined,
  ) {}

  /**
   * Reads an image.
   *
   * @throws ImagePullError `image-reference-invalid`, with the words of the kubelet, cut where they are very long.
   */
  static parse(text: string): ImageReference {
    const result = ImageReference.tryParse(text);
    if (result instanceof ImageReference) return result;
    throw new ImagePullError(
      At.of().find(
        'image-reference-invalid',
        words`${shortened(
          `couldn't parse image name ${goQuote(bytesOf(maskedValue(text)))}: ${shownReason(result.error, text)}`,
        )}`,
        sentence(hintFor(text, result.error)),
      ),
    );
  }

  /** Reads an image; `error` is the message of distribution/reference. */
  static tryParse(text: string): ImageReference | { readonly error: string } {
    if (bareIdentifier.test(text)) {
      return { error: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings` };
    }
    const [domain, remainder] = splitDomain(text);
    const remote = before(remainder, ':');
    if (goToLower(remote) !== remote) {
      return { error: `invalid reference format: repository name (${remote}) must be lowercase` };
    }
    const full = `${domain}/${remainder}`;
    const parts = splitReference(full);
    if (!parts) return { error: splitReference(goToLower(full)) ? 'repository name must be lowercase' : invalidFormat };
    if (parts.path.length > maxPathLength) {
      return { error: `repository name must not be more than ${maxPathLength} characters` };
    }
    const wrongDigest = parts.digest === undefined ? undefined : digestError(parts.digest);
    if (wrongDigest !== undefined) return { error: wrongDigest };
    return new ImageReference(text, parts.domain, parts.path, parts.tag, parts.digest);
  }

  /** `domain/path`: what the kubelet looks up in its keyring. */
  get name(): string {
    return this.domain === '' ? this.path : `${this.domain}/${this.path}`;
  }

  /** The tag that the kubelet works with: `latest` where the image has neither tag nor digest. */
  get kubeletTag(): string | undefined {
    return this.tag ?? (this.digest === undefined ? 'latest' : undefined);
  }

  /** The normalised reference: name, tag and digest. */
  toString(): string {
    const tag = this.tag === undefined ? '' : `:${this.tag}`;
    const digest = this.digest === undefined ? '' : `@${this.digest}`;
    return this.name + tag + digest;
  }
}

interface ReferenceParts {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** `splitDockerDomain` of normalize.go. */
function splitDomain(name: string): [domain: string, remainder: string] {
  const slash = name.indexOf('/');
  if (slash < 0) return [hubDomain, officialPrefix + name];
  const first = name.slice(0, slash);
  const rest = name.slice(slash + 1);
  const domain = first === legacyHubDomain ? hubDomain : first;
  if (domain !== hubDomain) return isDomainLike(first) ? [first, rest] : [hubDomain, name];
  return [hubDomain, rest.includes('/') ? rest : officialPrefix + rest];
}

function isDomainLike(first: string): boolean {
  return first === 'localhost' || first.includes('.') || first.includes(':') || goToLower(first) !== first;
}

/** `ReferenceRegexp` of regexp.go by hand: one pass, because the pattern is ambiguous for a backtracking engine. */
function splitReference(text: string): ReferenceParts | undefined {
  const slash = text.indexOf('/');
  const hasDomain = slash > 0 && isDomain(text.slice(0, slash));
  const pathStart = hasDomain ? slash + 1 : 0;
  const domain = hasDomain ? text.slice(0, slash) : '';

  const at = text.indexOf('@', pathStart);
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', pathStart);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const path = named.slice(pathStart, colon < 0 ? undefined : colon);

  if (!isRepositoryPath(path)) return undefined;
  if (tag !== undefined && !isTag(tag)) return undefined;
  if (digest !== undefined && !isReferenceDigest(digest)) return undefined;
  return { domain, path, tag, digest };
}

/** All but the letters that have had a lower case only since Unicode 16 or 17: Go 1.26 knows Unicode 15. */
const lettersOfGo = /[^\u1C89\uA7CB\uA7CC\uA7CE\uA7D2\uA7D4\uA7DA\uA7DC\u{10D50}-\u{10D65}\u{16EA0}-\u{16EB8}]+/gu;

/** Go lowers rune by rune: the dotted capital I becomes one letter, not two. */
function goToLower(text: string): string {
  return text.replace(lettersOfGo, (letters) => letters.replaceAll('\u0130', 'i').toLowerCase());
}

function before(text: string, separator: string): string {
  const index = text.indexOf(separator);
  return index < 0 ? text : text.slice(0, index);
}

/** An image may be as long as its manifest; a message should not. */
function shortened(message: string): string {
  return message.length > 1000 ? `${message.slice(0, 600)} ... ${message.slice(-300)}` : message;
}

function hintFor(text: string, error: string): string {
  if (text === '') return 'Name an image';
  if (error.includes('digest')) return 'Write the digest as sha256: and 64 lower-case hexadecimal digits';
  if (error.includes('255')) return 'Shorten the path of the repository';
  if (error.includes('64-byte')) return 'Name the repository; an identifier alone is no image to pull';
  if (/[$%{}]/.test(text)) return 'Substitute the variables before the manifest is read';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'Leave out the scheme';
  if (/\s/.test(text)) return 'Remove the white space';
  if (error.includes('lowercase')) return 'Write the repository in lower case';
  return 'Write [host[:port]/]path[:tag][@digest], with the path in lower case';
}
