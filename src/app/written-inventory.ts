import type { Inventory } from '../model/inventory/found-inventory.js';
import { InventoryBuilder } from '../model/inventory/inventory.js';
import { plainTree } from '../model/inventory/tree.js';
import { jsonOf, type WrittenObject } from '../objects/written-object.js';

/** Inventory of objects that are written, Secrets with their values; pods among them are none of the user's. */
export function writtenInventory(objects: readonly WrittenObject[]): Inventory {
  const builder = new InventoryBuilder();
  for (const object of objects) builder.add(plainTree(jsonOf(object)), { keepSecretData: true });
  return { ...builder.build(), workloads: [] };
}
