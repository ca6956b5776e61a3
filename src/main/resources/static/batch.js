// Piles with a page of their own (催办, 归档): lines are chosen by keyboard, one act is done to all of them. It is sent in small parts, so
// that one sees how far it is; each line is a transaction of its own there, and what is sent twice is not done twice.
//
//   #batch[data-verb][data-unit]   what is done to how many, in words: 催办, 项
//   tr[data-key]                   a line; [data-lacks] it lacks something and is not chosen with all; [data-undo] it can be taken back by that
//   dialog[data-act][data-asks]    asks before: its form is posted there beside the keys; [data-chosen] says how many, [data-lines] shows the first
//                                  of them, [data-lacking] is there when one of them lacks something, [data-preview] shows what that address answers
//   button[data-open="id"]         opens such a dialog; button[data-undoes] takes back; button[data-packages] downloads what is chosen or was done
"use strict";
(() => {
  const CHUNK = 10;
  const SHOWN = 5;
  const PATIENCE = 300;
  const box = document.getElementById("batch");
  if (!box) return;
  const { verb, unit } = box.dataset;
  const token = document.querySelector("meta[name=csrf-token]");
  const rows = () => [...box.querySelectorAll("tr[data-key]")];
  const tick = (row) => row.querySelector("input[type=checkbox]");
  const chosen = () => rows().filter((row) => tick(row).checked);
  const count = box.querySelector("[data-count]");
  const told = box.querySelector(".batch-told");
  const failures = box.querySelector(".batch-failures");
  const all = box.querySelector("[data-all]");
  const undoes = box.querySelector("[data-undoes]");
  let busy = false;

  function made(tag, text, className) {
    const one = document.createElement(tag);
    if (text !== undefined) one.textContent = text;
    if (className) one.className = className;
    return one;
  }

  function tell(text, wrong) {
    told.textContent = text;
    told.classList.toggle("wrong", !!wrong);
  }

  function draw() {
    for (const row of rows()) row.classList.toggle("chosen", tick(row).checked);
    const n = chosen().length;
    if (count) count.textContent = `已选${n}${unit}`;
    for (const button of box.querySelectorAll("button[data-open], button[data-packages=chosen]")) button.disabled = n === 0 || busy;
    if (undoes) {
      const back = rows().filter((row) => row.dataset.undo).length;
      undoes.hidden = back === 0;
      undoes.disabled = busy;
      undoes.textContent = `撤销刚才的${verb}（${back}${unit}）`;
    }
  }

  // ---- sending

  async function post(url, pairs) {
    let answer;
    try {
      answer = await fetch(url, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", "X-BANHAO-CSRF": token ? token.content : "" }, body: new URLSearchParams(pairs) });
    } catch (offline) {
      throw Object.assign(new Error("网络中断"), { lost: true });
    }
    if (answer.status === 401) throw new Error("登录已过期，请重新登录");
    const type = answer.headers.get("Content-Type") || "";
    const body = type.includes("json") ? await answer.json() : null;
    if (!answer.ok || body === null) throw Object.assign(new Error((body && body.message) || "系统没有办成，请稍后再试"), { field: body && body.field });
    return body;
  }

  /** Stops at the first part that finds no answer. */
  async function many(label, keys, url, pairs, got) {
    const bar = made("progress");
    bar.max = keys.length;
    bar.value = 0;
    bar.setAttribute("aria-label", label);
    const words = made("span");
    told.classList.remove("wrong");
    told.replaceChildren(words, bar);
    for (let done = 0; done < keys.length;) {
      words.textContent = `${label}：${done} / ${keys.length}${unit}　`;
      const part = keys.slice(done, done + CHUNK);
      got(await post(url, [...part.map((key) => ["key", key]), ...pairs]));
      done += part.length;
      bar.value = done;
    }
  }

  function showFailures(what, failed) {
    failures.replaceChildren();
    if (!failed.length) return;
    const table = made("table");
    const head = made("tr");
    for (const text of ["编号", "标题", "原因"]) head.append(made("th", text));
    const top = made("thead");
    top.append(head);
    const body = made("tbody");
    for (const one of failed) {
      const row = rows().find((other) => other.dataset.key === one.key);
      const line = made("tr");
      line.append(made("td", one.number || (row ? row.dataset.number : "")), made("td", one.title || (row ? row.dataset.title : "")), made("td", one.sentence));
      body.append(line);
    }
    table.append(top, body);
    const close = made("button", "知道了", "quiet");
    close.type = "button";
    close.addEventListener("click", () => failures.replaceChildren());
    failures.append(made("p", `有${failed.length}${unit}没有${what}：`), table, close);
  }

  function settle(row, className, text) {
    row.classList.remove("done", "failed");
    if (className) row.classList.add(className);
    row.querySelector(".state").textContent = text;
    tick(row).checked = false;
    tick(row).disabled = className === "done";
  }

  async function act(what, url, pairs) {
    const keys = chosen().map((row) => row.dataset.key);
    busy = true;
    box.setAttribute("aria-busy", "true");
    draw();
    const failed = [];
    let done = 0;
    let broken = "";
    try {
      await many(`正在${what}`, keys, url, pairs, (outcomes) => {
        for (const one of outcomes) {
          const outcome = one.outcome || one;
          const row = rows().find((other) => other.dataset.key === outcome.key);
          if (outcome.sentence) failed.push(outcome);
          else done++;
          if (!row) continue;
          settle(row, outcome.sentence ? "failed" : "done", outcome.sentence || outcome.done);
          if (!outcome.sentence && one.undo) row.dataset.undo = one.undo;
        }
        draw();
      });
    } catch (error) {
      broken = `${error.message}，${what}停在这里。`;
    }
    busy = false;
    if (all) all.checked = false;
    box.removeAttribute("aria-busy");
    showFailures(what, failed);
    draw();
    tell(broken ? `${broken}已${what}${done}${unit}；其余仍然选着，恢复以后再按一次，不会重复${what}。` : `已${what}${done}${unit}${failed.length ? `，${failed.length}${unit}没有${what}` : ""}。`, !!broken);
    for (const button of box.querySelectorAll("button[data-packages=done]")) button.hidden = !box.querySelector("tr.done");
    const next = rows().find((row) => !tick(row).disabled);
    if (next) tick(next).focus({ preventScroll: true });
    told.scrollIntoView({ block: "nearest" });
  }

  async function undo() {
    if (busy) return;
    const back = rows().filter((row) => row.dataset.undo);
    if (!back.length) return;
    busy = true;
    draw();
    const failed = [];
    let done = 0;
    let broken = "";
    try {
      await many("正在撤销", back.map((row) => row.dataset.undo), undoes.dataset.undoes, [], (outcomes) => {
        for (const one of outcomes) {
          const row = back.find((other) => other.dataset.undo === one.key);
          delete row.dataset.undo;
          if (one.sentence) {
            failed.push({ ...one, key: row.dataset.key });
          } else {
            done++;
            settle(row, "", one.done);
          }
        }
      });
    } catch (error) {
      broken = `${error.message}，撤销停在这里。`;
    }
    busy = false;
    showFailures("撤销", failed);
    draw();
    tell(`${broken}已撤销${done}${unit}${failed.length ? `，${failed.length}${unit}没有撤销` : ""}。`, !!broken);
  }

  // ---- asking before

  function open(dialog) {
    if (busy || !dialog || dialog.open) return;
    const picked = chosen();
    if (!picked.length) return tell(`请先选择要${dialog.dataset.what || verb}的，空格键选中，A键全选。`, true);
    const lacking = picked.filter((row) => row.dataset.lacks);
    dialog.querySelector("[data-chosen]").textContent = dialog.dataset.asks.replace("{}", picked.length).replace("{缺}", lacking.length ? `，其中${lacking.length}${unit}案卷不齐全` : "");
    for (const part of dialog.querySelectorAll("[data-lacking]")) {
      part.hidden = !lacking.length;
      for (const field of part.querySelectorAll("textarea")) field.required = !!lacking.length;
    }
    const lines = dialog.querySelector("[data-lines]");
    if (lines) {
      lines.replaceChildren(...picked.slice(0, SHOWN).map((row) => {
        const line = made("tr");
        line.append(made("td", row.dataset.number), made("td", row.dataset.about), made("td", row.dataset.to));
        return line;
      }));
      if (picked.length > SHOWN) {
        const line = made("tr");
        const rest = made("td", `…… 其余${picked.length - SHOWN}${unit}见列表`);
        rest.colSpan = 3;
        line.append(rest);
        lines.append(line);
      }
    }
    wrong(dialog, "");
    dialog.showModal();
    dialog.querySelector("form").querySelector("select, textarea:required, input")?.focus();
    preview(dialog);
  }

  function wrong(dialog, text) {
    const place = dialog.querySelector(".wrong");
    place.textContent = text;
    place.hidden = !text;
  }

  async function preview(dialog) {
    const place = dialog.querySelector("[data-preview]");
    const first = chosen()[0];
    if (!place || !first) return;
    try {
      const answer = await post(place.dataset.preview, [["key", first.dataset.key], ...new FormData(dialog.querySelector("form"))]);
      place.textContent = answer.text;
      wrong(dialog, "");
    } catch (error) {
      place.textContent = "";
      wrong(dialog, `${error.message.replace(/。$/, "")}。`);
    }
  }

  for (const dialog of document.querySelectorAll("dialog[data-act]")) {
    const form = dialog.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const pairs = [...new FormData(form)];
      dialog.close();
      act(dialog.dataset.what || verb, dialog.dataset.act, pairs);
    });
    let waiting;
    form.addEventListener("input", (event) => {
      const offered = event.target.dataset.into;
      if (offered) form.elements[offered].value = event.target.value;
      clearTimeout(waiting);
      waiting = setTimeout(() => preview(dialog), PATIENCE);
    });
  }
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  for (const button of box.querySelectorAll("button[data-open]")) button.addEventListener("click", () => open(document.getElementById(button.dataset.open)));
  if (undoes) undoes.addEventListener("click", undo);
  const help = document.getElementById("batch-help");
  for (const button of box.querySelectorAll("[data-help]")) button.addEventListener("click", () => help.showModal());

  for (const button of box.querySelectorAll("button[data-packages]")) {
    button.addEventListener("click", () => {
      const wanted = button.dataset.packages === "done" ? rows().filter((row) => row.classList.contains("done")) : chosen();
      const form = document.getElementById("packages");
      if (wanted.length > Number(form.dataset.most)) return tell(`一次最多下载${form.dataset.most}${unit}，请在“已归档”中选中一部分下载。`, true);
      for (const old of form.querySelectorAll("input[name=key]")) old.remove();
      for (const row of wanted) {
        const key = made("input");
        key.type = "hidden";
        key.name = "key";
        key.value = row.dataset.key;
        form.append(key);
      }
      form.submit();
    });
  }

  // ---- choosing

  function everything(on) {
    for (const row of rows()) if (!tick(row).disabled) tick(row).checked = on && !row.dataset.lacks;
    if (all) all.checked = on;
    draw();
  }
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => everything(all.checked));
  }
  box.addEventListener("change", draw);
  draw();
  const first = rows().find((row) => !tick(row).disabled);
  if (first && matchMedia("(pointer: fine)").matches) tick(first).focus({ preventScroll: true });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("header")) return;
    const key = (event.key || "").normalize("NFKC");
    if (event.ctrlKey && event.shiftKey && key === "Enter") {
      event.preventDefault();
      return open(document.querySelector("dialog[data-act]"));
    }
    const field = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (field || event.ctrlKey || busy) return;
    const lines = rows().filter((row) => !tick(row).disabled);
    const here = event.target.closest("tr[data-key]");
    const at = lines.indexOf(here);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      const next = lines[at < 0 ? (step > 0 ? 0 : lines.length - 1) : at + step];
      if (!next) return;
      event.preventDefault();
      if (event.shiftKey && at >= 0) tick(next).checked = tick(here).checked = true;
      draw();
      tick(next).focus();
      next.scrollIntoView({ block: "nearest" });
    } else if (key === "Enter" && event.target.type === "checkbox" && at >= 0) {
      event.preventDefault();
      tick(here).checked = !tick(here).checked;
      draw();
      if (lines[at + 1]) tick(lines[at + 1]).focus();
    } else if (key.toLowerCase() === "a" && !event.target.matches("a, button, summary")) {
      event.preventDefault();
      everything(true);
    } else if (key === "Escape") {
      everything(false);
    } else if (key === "?") {
      event.preventDefault();
      help.showModal();
    }
  });
})();
