export function NichesTab() {
  return null;
}
