// The menus of the header, on own pages and in Tasklist. Without this script they open and close all the same, by details alone;
// with it one is open at a time, and they are walked with the arrow keys and closed with Esc.
"use strict";
(() => {
  const menus = () => document.querySelectorAll("details.ways-menu, details.ways-open");
  const say = (menu) => menu.firstElementChild.setAttribute("aria-expanded", String(menu.open));
  const close = (menu) => { if (menu.open) menu.open = false; };
  const entries = (menu) => [...menu.querySelectorAll("a")];

  // toggle does not bubble
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches || !menu.matches("details.ways-menu, details.ways-open")) return;
    say(menu);
    if (menu.open && menu.matches(".ways-menu")) for (const other of document.querySelectorAll("details.ways-menu[open]")) if (other !== menu) close(other);
  }, true);

  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.ways-menu[open]")) if (!menu.contains(event.target)) close(menu);
  });

  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest("details.ways-menu");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !event.target.closest) return;
    const menu = event.target.closest("details.ways-menu");
    const all = event.target.closest(".ways");
    if (event.key === "Escape") {
      const open = menu && menu.open ? menu : all || event.target.closest("details.ways-open") ? document.querySelector("details.ways-open[open]") : null;
      if (!open) return;
      close(open);
      open.firstElementChild.focus();
      event.preventDefault();
      return;
    }
    if (!all) return;
    const onSummary = menu && event.target === menu.firstElementChild;
    let goal = null;
    if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const links = entries(menu);
      const at = links.indexOf(event.target);
      if (onSummary) menu.open = true;
      goal = event.key === "ArrowDown" ? links[onSummary ? 0 : (at + 1) % links.length] : links[onSummary ? links.length - 1 : (at - 1 + links.length) % links.length];
    } else if (menu && !onSummary && (event.key === "Home" || event.key === "End")) {
      goal = entries(menu).at(event.key === "Home" ? 0 : -1);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const way = [...all.querySelectorAll("a, summary")].filter((one) => one.matches("summary") || !one.closest("details.ways-menu"));
      const at = way.indexOf(menu ? menu.firstElementChild : event.target);
      goal = way[(at + (event.key === "ArrowRight" ? 1 : -1) + way.length) % way.length];
    }
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  });

  for (const menu of menus()) say(menu);
})();
