/** Health checks of Argo CD by `<group>_<kind>`, in Lua; they belong into argocd-cm, which somebody else owns. */
export const kyvernoHealthChecks: Readonly<Record<string, string>> = {
  'policies.kyverno.io_GeneratingPolicy': readyCheck('GeneratingPolicy'),
  'policies.kyverno.io_MutatingPolicy': readyCheck('MutatingPolicy'),
};

/**
 * Healthy once Kyverno says that the policy is ready; its message names the condition that it waits for, such as missing
 * rights. Argo CD has no check of its own for these kinds (argo-cd v3.6, resource_customizations). Kyverno 1.19:
 * status.conditionStatus of api/policies.kyverno.io.
 */
function readyCheck(kind: string): string {
  return `local hs = { status = "Progressing", message = "waiting for Kyverno to take ${kind} up" }
local status = obj.status and obj.status.conditionStatus
if status == nil then return hs end
if status.ready == true then
  hs.status = "Healthy"
  hs.message = "ready"
  return hs
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.status ~= "True" then hs.message = condition.type .. ": " .. (condition.message or "") end
end
return hs
`;
}
