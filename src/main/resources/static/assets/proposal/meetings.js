// The table of a meeting's decisions: only the fields that belong to the chosen verdict are shown.
"use strict";
for (const form of document.querySelectorAll("[data-decisions]")) {
  for (const line of form.querySelectorAll("[data-line]")) {
    const verdict = line.querySelector("[data-verdict]");
    const show = () => {
      for (const part of line.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== verdict.value;
    };
    verdict.addEventListener("change", show);
    show();
  }
  for (const [name, on] of [["all", true], ["none", false]]) {
    const button = form.querySelector(`[data-${name}]`);
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of form.querySelectorAll("input[name=case]")) box.checked = on;
    });
  }
}
