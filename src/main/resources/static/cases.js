// The case list by keyboard: "/" goes to the search field, the arrows go from case to case, Enter opens as everywhere.
"use strict";
(() => {
  const typing = (event) => event.isComposing || event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  document.addEventListener("keydown", (event) => {
    // the menus of the header have arrow keys of their own
    if (typing(event) || event.defaultPrevented || event.target.closest("header")) return;
    if (event.key === "/" || event.key === "／") {
      event.preventDefault();
      const search = document.getElementById("q");
      search.focus();
      search.select();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...document.querySelectorAll("a.case-link")];
    if (links.length === 0) return;
    const row = event.target.closest("tr");
    const at = links.findIndex((link) => row && link.closest("tr") === row);
    const next = at < 0 ? (event.key === "ArrowDown" ? 0 : -1) : at + (event.key === "ArrowDown" ? 1 : -1);
    if (!links[next]) return;
    event.preventDefault();
    links[next].focus();
  });

  // All cases of the page at once.
  const all = document.getElementById("all");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => { for (const box of document.querySelectorAll("#cases input[name=number]")) box.checked = all.checked; });
  }

  // Columns stand in the address in the order in which they stand here.
  for (const button of document.querySelectorAll("#columns [data-move]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const line = button.closest("li");
      if (button.dataset.move === "up") line.previousElementSibling?.before(line);
      else line.nextElementSibling?.after(line);
      button.focus();
    });
  }

  // What was not chosen does not stand in the address. Columns do only when somebody has changed them.
  const form = document.querySelector("form.case-filter");
  const columns = () => [...form.querySelectorAll("input[name=c]:checked")].map((box) => box.value).join();
  const shown = columns();
  const chosen = new URLSearchParams(location.search).has("c");
  form.addEventListener("submit", () => {
    const same = columns() === shown && !chosen;
    for (const field of form.elements) if (field.name && (field.value === "" || field.name === "c" && same)) field.disabled = true;
    // come back to with the browser's own button
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
})();
