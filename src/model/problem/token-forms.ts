/** A form that an issuer gives its tokens, by which they are known wherever they stand. */
export interface TokenForm {
  /** How messages call it. */
  readonly name: string;
  /** Text that stands before the mark. @default - anything but a letter or a digit */
  readonly before?: string;
  /** Letters that no other word has. */
  readonly mark: string;
  /** All that follows in a whole token. */
  readonly rest: string;
  /** As much of what follows as is masked: a token may have been cut. */
  readonly masked: string;
  /** How long one is valid, where that is the same for all. */
  readonly hours?: number;
  /** The statement of the issuer, or of somebody who looked. */
  readonly source: string;
}

/** Tokens of registries, Git hosts, clouds and stores, and private keys. Parts are regular expressions without groups. */
export const tokenForms: readonly TokenForm[] = [
  {
    name: 'a JSON Web Token',
    mark: 'eyJ',
    rest: '[\\w-]{10,8192}\\.eyJ[\\w-]{10,8192}\\.[\\w-]{20,8192}',
    masked: '[\\w-]{8,}(?:\\.[\\w-]*){0,4}',
    source: 'RFC 7519, section 3.1',
  },
  {
    name: 'a password of Amazon ECR',
    mark: 'eyJwYXlsb2FkIjoi',
    rest: '[A-Za-z0-9+/]{200,8192}={0,2}',
    masked: '[A-Za-z0-9+/]{8,}',
    source: 'Amazon ECR, "Private registry authentication": base64 of payload, datakey, type and expiration',
  },
  {
    name: 'an installation token of GitHub',
    mark: 'ghs_',
    rest: '[A-Za-z0-9][\\w.-]{35,600}',
    masked: '\\w{8,}',
    hours: 1,
    source: 'GitHub Docs, "About authentication to GitHub", token formats',
  },
  {
    name: 'a user token of a GitHub app',
    mark: 'ghu_',
    rest: '[A-Za-z0-9]{36,255}',
    masked: '\\w{8,}',
    hours: 8,
    source: 'GitHub Docs, "About authentication to GitHub", token formats',
  },
  {
    name: 'a token of GitHub',
    mark: 'gh[opr]_',
    rest: '[A-Za-z0-9]{36,255}',
    masked: '\\w{8,}',
    source: 'GitHub Docs, "About authentication to GitHub", token formats',
  },
  {
    name: 'a token of GitHub',
    mark: 'github_pat_',
    rest: '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
    masked: '\\w{8,}',
    source: 'GitHub Docs, "About authentication to GitHub", token formats',
  },
  {
    name: 'a token of GitLab',
    mark: 'gl(?:pat|dt|rt|soat|cbt|ptt|ft|imt|agent|oas|ffct)-',
    rest: '(?:(?=[\\w-]{0,99}[A-Z])[\\w-]{20,300}|[0-9a-f]{40})',
    masked: '(?=[\\w-]{0,99}[A-Z0-9])[\\w-]{16,}',
    source: 'GitLab Docs, "Token overview", token prefixes',
  },
  {
    name: 'a token of Docker',
    mark: 'dckr_[a-z]{2,5}_',
    rest: '[\\w-]{27,128}',
    masked: '[\\w-]{8,}',
    source: 'Docker Docs, "Personal access tokens" and "Organization access tokens"',
  },
  {
    name: 'a password of Azure Container Registry',
    before: '[A-Za-z0-9+/]{42}',
    mark: '\\+ACR',
    rest: '[A-D][A-Za-z0-9+/]{5}',
    masked: '[A-Za-z0-9+/]{6}',
    source: 'microsoft/sarif-pattern-matcher, SEC101/176',
  },
  {
    name: 'a client secret of Microsoft Entra',
    before: '(?<![\\w~.])[\\w~.]{3}\\d',
    mark: 'Q~',
    rest: '[\\w~.-]{31,34}',
    masked: '[\\w~.-]{8,}',
    source: 'microsoft/sarif-pattern-matcher, SEC101/156',
  },
  {
    name: 'an access key of AWS',
    mark: 'A(?:KIA|SIA|BIA|CCA)',
    rest: '[A-Z2-7]{16}',
    masked: '[A-Z0-9]{12,}',
    source: 'AWS IAM User Guide, "IAM identifiers", unique ID prefixes',
  },
  {
    name: 'an access token of Google',
    mark: 'ya29\\.',
    rest: '[\\w-]{20,8192}',
    masked: '[\\w-]{8,}',
    hours: 1,
    source: 'Google Cloud, "Token types", access tokens',
  },
  {
    name: 'a key of a Google API',
    mark: 'AIza',
    rest: '[\\w-]{35}',
    masked: '[\\w-]{20,}',
    source: 'Google Cloud, "Manage API keys"',
  },
  {
    name: 'an access token of OpenShift',
    mark: 'sha256~',
    rest: '[\\w-]{43}',
    masked: '[\\w-]{20,}',
    hours: 24,
    source: 'OpenShift, "Configuring the internal OAuth server", accessTokenMaxAgeSeconds',
  },
  {
    name: 'an API key of Artifactory',
    mark: 'AKCp',
    rest: '[A-Za-z0-9]{69}',
    masked: '[A-Za-z0-9]{20,}',
    source: 'gitleaks, artifactory-api-key',
  },
  {
    name: 'a reference token of Artifactory',
    mark: 'cmVmdGtu',
    rest: '[A-Za-z0-9]{56}',
    masked: '[A-Za-z0-9]{8,}',
    source: 'JFrog, "Introduction to access tokens": base64 of a text that begins with reftkn',
  },
  {
    name: 'a token of DigitalOcean',
    mark: 'do[opr]_v1_',
    rest: '[0-9a-f]{64}',
    masked: '\\w{8,}',
    source: 'DigitalOcean, "How to create a personal access token"',
  },
  {
    name: 'a token of Vault',
    mark: 'hv[sbr]\\.',
    rest: '(?=[\\w-]{0,99}[A-Z])[\\w-]{24,300}',
    masked: '[\\w-]{16,}',
    source: 'HashiCorp Vault, "Tokens", token prefixes',
  },
  {
    name: 'a token of npm',
    mark: 'npm_',
    rest: '[A-Za-z0-9]{36}',
    masked: '[A-Za-z0-9]{16,}',
    source: 'npm Docs, "About access tokens"',
  },
  {
    name: 'a token of PyPI',
    mark: 'pypi-',
    rest: 'AgE[\\w-]{50,500}',
    masked: '[\\w-]{16,}',
    source: 'PyPI, "API tokens"',
  },
  {
    name: 'a token of Slack',
    mark: 'xox[a-z]-',
    rest: '\\d{8,20}-[\\w-]{16,128}',
    masked: '[\\w-]{8,}',
    source: 'Slack, "Tokens", token types',
  },
  {
    name: 'a key of Stripe',
    mark: 'sk_live_',
    rest: '[A-Za-z0-9]{24,8192}',
    masked: '\\w{8,}',
    source: 'Stripe Docs, "API keys"',
  },
  {
    name: 'an identity of age',
    mark: 'AGE-SECRET-KEY-',
    rest: '(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,8192}',
    masked: '\\w{8,}',
    source: 'C2SP, "age", recipient types',
  },
  {
    name: 'a private key',
    before: '',
    mark: '-----BEGIN',
    rest: ' (?!ENCRYPTED)(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\s|\\\\[nr]){1,200}(?!Proc-Type: 4,ENCRYPTED)(?:[A-Za-z-]{1,30}: [^\\n]{0,200}\\s{1,200}){0,4}[A-Za-z0-9+/=]{20,8192}',
    masked: ' [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?',
    source: 'RFC 7468, section 10; RFC 9580, section 6.2',
  },
];
