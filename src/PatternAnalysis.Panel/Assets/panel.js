// Keys. The panel works without: everything they do can be done with links, fields and buttons.
"use strict";

(() => {
  const isWriting = (element) => element.matches("input:not([type=checkbox]), select, textarea");
  const rows = () => [...document.querySelectorAll(".queue tbody tr")];

  // Which row has the focus; the first if none has.
  const move = (by) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const row = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    row?.querySelector("a.open").focus();
  };

  const focus = (selector) => {
    const element = document.querySelector(selector);
    element?.focus();
    return element !== null;
  };

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    x: () => document.activeElement.closest(".queue tbody tr")?.querySelector("input[type=checkbox]").click(),
    "/": () => focus("#search"),
    a: () => focus("#approve"),
    r: () => focus("#reject"),
    u: () => document.querySelector("#up")?.click(),
    "?": () => {
      const keys = document.querySelector("#keys");
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      document.activeElement.blur();
    } else if (Object.hasOwn(actions, event.key) && !isWriting(document.activeElement)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
})();
