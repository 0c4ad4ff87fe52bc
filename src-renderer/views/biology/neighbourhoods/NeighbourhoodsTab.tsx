export function NeighbourhoodsTab() {
  return null;
}
