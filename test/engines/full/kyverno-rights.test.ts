// Every verb of every ClusterRole that is written for Kyverno is needed: without it something that is promised fails.
import { ControlPlane } from '../cluster/control-plane.js';
import { Kyverno } from '../engines/kyverno.js';
import { missingRights, policyReady } from '../engines/kyverno-policies.js';
import { Emitted } from '../policies/emitted.js';
import { eventually } from '../processes/eventually.js';
import type { Deed } from '../rights/deeds.js';
import { policiesWithRights } from '../rights/reasons.js';
import { keyOf, type Right, rightsOf } from '../rights/right.js';
import { Stage } from '../rights/stage.js';

let plane: ControlPlane;
let kyverno: Kyverno;

beforeAll(async () => {
  plane = await ControlPlane.start({ watchSeconds: 5 });
  kyverno = await Kyverno.start(plane);
});

afterAll(async () => {
  await kyverno?.stop();
  await plane?.stop();
});

const label = 'pulls.example/rights';

function configOf(pullSecret: string, picks: string): string {
  return `
version: 1
registries: { team: { host: registry.example } }
pullSecrets:
  ${pullSecret}:
      registries: [team]
      for: { labels: { ${label}: ${pullSecret} } }${picks}
clusters: { prod: { kyverno: "1.19" } }
`;
}

/** The policy comes only with the right. */
async function isRefused(stage: Stage, right: Right): Promise<void> {
  await stage.removePolicy();
  await stage.deny(right);
  await expect(stage.api.apply(stage.policy)).rejects.toThrow(new RegExp(`permissions? \\S*${right.verb}`));
  await stage.allow(right);
  await stage.applyPolicy();
}

/** The policy comes, and says what it lacks. */
async function isNotReady(stage: Stage, right: Right): Promise<void> {
  await stage.removePolicy();
  await stage.deny(right);
  await stage.api.apply(stage.policy);
  const said = await eventually(async () => (await missingRights(stage.api, stage.policy)) || undefined);
  expect(said).toMatch(new RegExp(`\\b${right.verb}\\b`));
  await stage.allow(right);
  await stage.renewPolicy();
}

/** Kyverno asks for what it may not do, and the deed is not done; with the right it is. */
async function isNotDone(stage: Stage, right: Right, deed: Deed): Promise<void> {
  const namespace = stage.freshName();
  await deed.prepare?.(stage, namespace);
  await stage.deny(right);
  const before = plane.audit.requests().length;
  // A watch that is open stays open until the API server ends it.
  if (right.verb === 'watch') await stage.refused(right, before);
  await deed.ask(stage, namespace);
  await stage.refused(right, before);
  expect(await deed.isDone(stage, namespace)).toBe(false);
  await stage.allow(right);
  const asksAgain = async () => {
    // A refusal can end a controller: kyverno 1.19, pkg/background/gpol/dynamic_watcher.go, handleUpdate.
    kyverno.revive();
    await deed.ask(stage, namespace);
    return eventually(async () => (await deed.isDone(stage, namespace)) || undefined, { seconds: 5 });
  };
  await eventually(asksAgain, { seconds: 180, otherwise: () => kyverno.logTail() });
}

describe.each(policiesWithRights)('$title', ({ pullSecret, picks, reasons }) => {
  let stage: Stage;
  let rights: readonly Right[];

  beforeAll(async () => {
    const emitted = await Emitted.of(configOf(pullSecret, picks));
    rights = rightsOf(emitted.roles);
    stage = new Stage(plane, emitted, pullSecret, { [label]: pullSecret });
    await emitted.apply(plane.api);
    await policyReady(plane.api, stage.policy);
  });

  // What the next policy may is not to come from this one.
  afterAll(async () => {
    await stage.removePolicy();
    for (const role of stage.emitted.roles) await plane.api.remove(role);
  });

  test('each right has a reason', () => {
    expect(rights.map(keyOf).sort()).toEqual(Object.keys(reasons).sort());
  });

  test.each(Object.entries(reasons).map(([key, reason]) => ({ key, ...reason })))('without $key: $without', async ({
    key,
    without,
    deed,
  }) => {
    const right = rights.find((each) => keyOf(each) === key)!;
    if (deed) await isNotDone(stage, right, deed);
    else if (without === 'the policy is not ready') await isNotReady(stage, right);
    else await isRefused(stage, right);
  });
});
