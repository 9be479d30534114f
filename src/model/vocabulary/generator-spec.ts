/**
 * Maker of the tokens of a registry inside the cluster (`generators.external-secrets.io/v1alpha1`): exactly one key.
 * Fields have the names that External Secrets gives them (apis/generators/v1alpha1). A generator holds no credential: it
 * refers to Secrets and service accounts, always in the namespace of the ExternalSecret that reads it.
 */
export interface GeneratorSpec {
  /** ECRAuthorizationToken, for Amazon ECR. */
  readonly ecr?: EcrGeneratorSpec;
  /** GCRAccessToken, for Google Artifact Registry and gcr.io. */
  readonly gcr?: GcrGeneratorSpec;
  /** ACRAccessToken, for Azure Container Registry. */
  readonly acr?: AcrGeneratorSpec;
  /** GithubAccessToken, for ghcr.io: the token of an installed GitHub App. */
  readonly github?: GithubGeneratorSpec;
  /** QuayAccessToken, for Quay: the token of a federated robot account. */
  readonly quay?: QuayGeneratorSpec;
}

/** A key of a Secret in the namespace of the ExternalSecret. */
export interface SecretKeyRefSpec {
  /** Name of the Secret. */
  readonly name: string;
  /** Key in it. */
  readonly key: string;
}

/** A service account in the namespace of the ExternalSecret. */
export interface ServiceAccountRefSpec {
  /** Name of the service account. */
  readonly name: string;
  /** Audiences of its token. @default - those that the provider asks for */
  readonly audiences?: readonly string[];
}

/** A token of 12 hours (GetAuthorizationToken). */
export interface EcrGeneratorSpec {
  /** AWS region of the registries; with scope public, us-east-1. */
  readonly region: string;
  /** ARN of a role to assume. @default - none */
  readonly role?: string;
  /** `public`: for public.ecr.aws. @default 'private' */
  readonly scope?: 'private' | 'public';
  /** How to authenticate. @default - the identity of the operator's own pods */
  readonly auth?: {
    /** A service account with a role (IRSA). */
    readonly jwt?: { readonly serviceAccountRef: ServiceAccountRefSpec };
    /** Access keys. */
    readonly secretRef?: {
      readonly accessKeyIDSecretRef: SecretKeyRefSpec;
      readonly secretAccessKeySecretRef: SecretKeyRefSpec;
      readonly sessionTokenSecretRef?: SecretKeyRefSpec;
    };
  };
}

/** A token of one hour. */
export interface GcrGeneratorSpec {
  /** The project to authenticate with. */
  readonly projectID: string;
  /** How to authenticate. @default - the identity of the operator's own pods */
  readonly auth?: {
    /** A service account of the cluster that stands for one of Google's. */
    readonly workloadIdentity?: {
      readonly serviceAccountRef: ServiceAccountRefSpec;
      /** Location of the cluster. */
      readonly clusterLocation: string;
      /** Name of the cluster. */
      readonly clusterName: string;
      /** Project of the cluster. @default - projectID */
      readonly clusterProjectID?: string;
    };
    /** The key file of a service account of Google. */
    readonly secretRef?: { readonly secretAccessKeySecretRef: SecretKeyRefSpec };
  };
}

/** A refresh token of three hours. */
export interface AcrGeneratorSpec {
  /** Login server, such as `acme.azurecr.io`. */
  readonly registry: string;
  /** Tenant of the identity. @default - the one of the identity */
  readonly tenantId?: string;
  /** Which of Azure's clouds. @default 'PublicCloud' */
  readonly environmentType?: 'PublicCloud' | 'USGovernmentCloud' | 'ChinaCloud';
  /** How to authenticate: exactly one key. */
  readonly auth: {
    /** An identity that Azure manages. */
    readonly managedIdentity?: { readonly identityId: string };
    /** A service account of the cluster that stands for an identity of Azure's. */
    readonly workloadIdentity?: { readonly serviceAccountRef?: ServiceAccountRefSpec };
    /** A service principal with a client secret. */
    readonly servicePrincipal?: {
      readonly secretRef: { readonly clientId: SecretKeyRefSpec; readonly clientSecret: SecretKeyRefSpec };
    };
  };
}

/** An installation token of one hour. */
export interface GithubGeneratorSpec {
  /** ID of the GitHub App. */
  readonly appID: string;
  /** ID of its installation. */
  readonly installID: string;
  /** URL of the API of GitHub Enterprise. @default - github.com's */
  readonly url?: string;
  /** Names of repositories. @default - all that the App is installed to */
  readonly repositories?: readonly string[];
  /** Permissions of the token, such as `{ packages: read }`. @default - all that the App has */
  readonly permissions?: Readonly<Record<string, string>>;
  /** How to authenticate: with the private key of the App. */
  readonly auth: { readonly privateKey: { readonly secretRef: SecretKeyRefSpec } };
}

/** A robot's token of one hour. */
export interface QuayGeneratorSpec {
  /** `organisation+robot`. */
  readonly robotAccount: string;
  /** The service account that the robot account is federated with. */
  readonly serviceAccountRef: ServiceAccountRefSpec;
  /** Host of a Quay of one's own. @default 'quay.io' */
  readonly url?: string;
}
