// The table of assignment by keyboard: Enter goes to the same field of the next line, a changed line is ticked.
"use strict";
for (const form of document.querySelectorAll("[data-assignment]")) {
  const boxes = [...form.querySelectorAll("input[name=case]:not(:disabled)")];
  const count = form.querySelector("[data-chosen]");
  const show = () => { count.textContent = `已选${boxes.filter((box) => box.checked).length}件`; };
  form.addEventListener("change", show);
  for (const [name, on] of [["all", true], ["none", false]]) {
    const button = form.querySelector(`[data-${name}]`);
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = on;
      show();
    });
  }
  for (const line of form.querySelectorAll("[data-line]")) {
    const box = line.querySelector("input[name=case]");
    line.addEventListener("input", (event) => {
      if (event.target === box || box.disabled) return;
      box.checked = true;
      show();
    });
  }
  form.addEventListener("keydown", (event) => {
    const column = event.target.dataset?.column;
    // the Enter that picks a candidate of the input method belongs to it
    if (event.key !== "Enter" || event.isComposing || !column) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(`[data-column=${column}]:not(:disabled)`)];
    const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      next.select();
    }
  });
  show();
}
