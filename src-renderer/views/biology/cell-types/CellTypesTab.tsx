export function CellTypesTab() {
  return null;
}
