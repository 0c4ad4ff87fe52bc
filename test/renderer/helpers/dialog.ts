/** jsdom knows <dialog> but not how to open it, and has no layout to scroll in; focus goes to what asks for it, as in a browser. */
export function dialogsOpen(): void {
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
    this.querySelector<HTMLElement>('[autofocus]')?.focus();
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}
