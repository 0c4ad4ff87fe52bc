export function MoranTab() {
  return null;
}
