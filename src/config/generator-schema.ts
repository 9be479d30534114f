import { z } from 'zod';

const text = () => z.string();

const secretKeyRef = z.strictObject({
  name: text().describe('Name of the Secret.'),
  key: text().describe('Key in it.'),
});
const serviceAccountRef = z.strictObject({
  name: text().describe('Name of the service account.'),
  audiences: z.array(text()).optional().describe('Audiences of its token. Default: those that the provider asks for.'),
});

const ecr = z.strictObject({
  region: text().describe('AWS region of the registries; with scope public, us-east-1.'),
  role: text().optional().describe('ARN of a role to assume.'),
  scope: z.enum(['private', 'public']).optional().describe('public: for public.ecr.aws. Default: private.'),
  auth: z
    .strictObject({
      jwt: z.strictObject({ serviceAccountRef }).optional().describe('A service account with a role (IRSA).'),
      secretRef: z
        .strictObject({
          accessKeyIDSecretRef: secretKeyRef,
          secretAccessKeySecretRef: secretKeyRef,
          sessionTokenSecretRef: secretKeyRef.optional(),
        })
        .optional()
        .describe('Access keys.'),
    })
    .optional()
    .describe("How to authenticate. Default: the identity of the operator's own pods."),
});

const gcr = z.strictObject({
  projectID: text().describe('The project to authenticate with.'),
  auth: z
    .strictObject({
      workloadIdentity: z
        .strictObject({
          serviceAccountRef,
          clusterLocation: text(),
          clusterName: text(),
          clusterProjectID: text().optional().describe('Default: projectID.'),
        })
        .optional()
        .describe("A service account of the cluster that stands for one of Google's."),
      secretRef: z
        .strictObject({ secretAccessKeySecretRef: secretKeyRef })
        .optional()
        .describe('The key file of a service account of Google.'),
    })
    .optional()
    .describe("How to authenticate. Default: the identity of the operator's own pods."),
});

const acr = z.strictObject({
  registry: text().describe('Login server, such as acme.azurecr.io.'),
  tenantId: text().optional().describe('Tenant of the identity.'),
  environmentType: z
    .enum(['PublicCloud', 'USGovernmentCloud', 'ChinaCloud'])
    .optional()
    .describe('Default: PublicCloud.'),
  auth: z
    .strictObject({
      managedIdentity: z.strictObject({ identityId: text() }).optional(),
      workloadIdentity: z.strictObject({ serviceAccountRef: serviceAccountRef.optional() }).optional(),
      servicePrincipal: z
        .strictObject({ secretRef: z.strictObject({ clientId: secretKeyRef, clientSecret: secretKeyRef }) })
        .optional(),
    })
    .describe('How to authenticate: exactly one key.'),
});

const github = z.strictObject({
  appID: text().describe('ID of the GitHub App.'),
  installID: text().describe('ID of its installation.'),
  url: text().optional().describe("URL of the API of GitHub Enterprise. Default: github.com's."),
  repositories: z
    .array(text())
    .optional()
    .describe('Names of repositories. Default: all that the App is installed to.'),
  permissions: z
    .record(text(), text())
    .optional()
    .describe('Permissions of the token, such as { packages: read }. Default: all that the App has.'),
  auth: z.strictObject({ privateKey: z.strictObject({ secretRef: secretKeyRef }) }),
});

const quay = z.strictObject({
  robotAccount: text().describe('organisation+robot.'),
  serviceAccountRef: serviceAccountRef.describe('The service account that the robot account is federated with.'),
  url: text().optional().describe("Host of a Quay of one's own. Default: quay.io."),
});

/** The schema of `generator`: keys and types, as `model/spec/generator-spec.ts` has them. */
export const generator = z.strictObject({
  ecr: ecr.optional().describe('ECRAuthorizationToken, for Amazon ECR.'),
  gcr: gcr.optional().describe('GCRAccessToken, for Google Artifact Registry and gcr.io.'),
  acr: acr.optional().describe('ACRAccessToken, for Azure Container Registry.'),
  github: github.optional().describe('GithubAccessToken, for ghcr.io: the token of an installed GitHub App.'),
  quay: quay.optional().describe('QuayAccessToken, for Quay: the token of a federated robot account.'),
});
