// Own pages: small behaviours that work without a framework. Each is bound by a data attribute.
"use strict";

// Five minutes before a session ends for want of an act, the page says so and offers to go on. What is typed stays where it
// is. Timers stand still on a sleeping machine, so the clock is looked at; other tabs may have gone on, so the server is asked.
(() => {
  const WARN = 300;
  const given = Number(document.body.dataset.session);
  if (!given) return;
  let end = Date.now() + given * 1000;
  let asked = 0;
  let bar = null;

  async function ask(method) {
    const token = document.querySelector("input[name=_csrf]");
    try {
      const answer = await fetch("/api/session", { method, credentials: "same-origin", headers: { Accept: "application/json", "X-BANHAO-CSRF": token ? token.value : "" } });
      if (answer.status === 401) end = Date.now();
      if (!answer.ok) return;
      end = Date.now() + (await answer.json()).seconds * 1000;
    } catch (offline) {
      // the clock goes on; asked again at the next look
    }
  }

  function show(text, over) {
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "session-end no-print";
      bar.setAttribute("role", "alert");
      const words = document.createElement("span");
      const button = document.createElement("button");
      button.type = "button";
      bar.append(words, button);
      document.body.append(bar);
    }
    const [words, button] = bar.children;
    if (words.textContent !== text) words.textContent = text;
    button.textContent = over ? "重新登录" : "继续使用";
    button.onclick = over ? () => window.open("/login", "_blank", "noopener") : async () => { await ask("POST"); look(); };
  }

  async function look() {
    const left = (end - Date.now()) / 1000;
    if (left > WARN) {
      if (bar) { bar.remove(); bar = null; }
      return;
    }
    if (Date.now() - asked > 20000) {
      asked = Date.now();
      await ask("GET");
      return look();
    }
    if (left > 0) show(`您已有一段时间没有操作，约${Math.max(1, Math.ceil(left / 60))}分钟后自动退出。`, false);
    else show("登录已过期。草稿已自动保存；其他尚未提交的内容请先复制出来，再重新登录。", true);
  }
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();

// The browser's own file button speaks the browser's language, whatever the page says. The field stays what it is; beside it stand a
// button and the chosen names in ours. Without this script the browser's own remains.
(() => {
  for (const input of document.querySelectorAll("input[type=file]:not(.file)")) {
    const button = document.createElement("label");
    button.className = "button quiet";
    button.htmlFor = input.id;
    button.textContent = "选择文件";
    const names = document.createElement("span");
    names.className = "small soft chosen-files";
    names.setAttribute("role", "status");
    const say = () => { names.textContent = [...input.files].map((file) => file.name).join("、") || "没有选择文件"; };
    input.addEventListener("change", say);
    input.classList.add("file");
    input.after(button, names);
    say();
  }
})();

// What takes a while says so, and is not sent twice.
(() => {
  const forms = document.querySelectorAll("form[data-busy]");
  for (const form of forms) {
    form.addEventListener("submit", () => {
      const said = document.createElement("p");
      said.className = "busy";
      said.setAttribute("role", "status");
      said.textContent = form.dataset.busy;
      form.append(said);
      // after the form was sent: a disabled button's own address would be lost
      setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
    });
  }
  // come back to with the browser's own button
  window.addEventListener("pageshow", () => {
    for (const form of forms) {
      for (const button of form.querySelectorAll("button")) button.disabled = false;
      form.querySelector(".busy")?.remove();
    }
  });
})();

// A part of a page that is fetched anew by itself keeps what was opened and how far was scrolled, by the elements' ids.
(() => {
  let kept = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    kept = [...event.detail.target.querySelectorAll("[id]")].map((one) => ({ id: one.id, open: one.open, top: one.scrollTop, left: one.scrollLeft }));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const before of kept) {
      const now = document.getElementById(before.id);
      if (!now) continue;
      if (before.open !== undefined) now.open = before.open;
      if (before.top || before.left) now.scrollTo(before.left, before.top);
    }
    kept = [];
  });
})();

// A number, day, code or search typed with a full-width keyboard is shown in plain signs before the browser judges it by its pattern;
// the server takes both (PlainInput), and prose stays as written.
(() => {
  const WIDE = /[０-９Ａ-Ｚａ-ｚ－．：／＠＿＋＃\u3000]/g;
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches || !field.matches("input:not([type=password], [type=file], [type=checkbox], [type=radio], [type=hidden])")) return;
    const plain = field.value.replace(WIDE, (sign) => (sign === "\u3000" ? " " : String.fromCharCode(sign.charCodeAt(0) - 0xfee0)));
    if (plain !== field.value && /^[ -~]*$/.test(plain)) field.value = plain;
  }, true);
})();

// A part of a form that belongs to one answer is seen with that answer only: data-with="name=value".
(() => {
  for (const part of document.querySelectorAll("[data-with]")) {
    const [name, value] = part.dataset.with.split("=");
    const show = () => {
      const chosen = [...part.closest("form").elements].find((one) => one.name === name && one.checked);
      part.hidden = !!chosen && chosen.value !== value;
    };
    part.closest("form").addEventListener("change", show);
    show();
  }
})();
