// The page on which a proposal is written. Everything typed is kept on the server; nothing is ever stored in the browser.
"use strict";

const WAIT = 2500;          // after the last key
const LONGEST_WAIT = 15000; // while somebody types without a pause
const RETRY = 10000;        // when the server cannot be reached

/** Is a pinyin candidate still open? Then the text is not what the person means yet. */
let composing = false;
document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => { composing = false; });

// Enter in a one-line field chooses a pinyin candidate or means nothing; it never hands a proposal in.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Enter" && field instanceof HTMLInputElement && ["text", "search"].includes(field.type)) event.preventDefault();
});

function token(form) {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  return [meta("csrf-header") ?? "X-CSRF-TOKEN", meta("csrf-token") ?? form.querySelector("input[name=_csrf]")?.value ?? ""];
}

// ---- counters

function count(field) {
  const output = document.querySelector(`[data-count-for="${field.id}"]`);
  if (!output) return;
  const length = field.value.length;
  output.textContent = `${length}/${field.dataset.limit}`;
  output.toggleAttribute("data-over", length > Number(field.dataset.limit));
}
for (const field of document.querySelectorAll("[data-limit]")) {
  count(field);
  field.addEventListener("input", () => count(field));
}

// ---- suggestions

function suggestions(box, changed) {
  const list = box.querySelector("ol");
  const rows = () => [...list.querySelectorAll("[data-suggestion]")];
  const text = (row) => row.querySelector("textarea");

  const number = () => {
    rows().forEach((row, i, all) => {
      text(row).id = `suggestion-${i + 1}`;
      row.querySelector("label").htmlFor = text(row).id;
      row.querySelector("label").textContent = `建议${i + 1}`;
      row.querySelector(".tools").hidden = false;
      row.querySelector("[data-up]").disabled = i === 0;
      row.querySelector("[data-down]").disabled = i === all.length - 1;
      row.querySelector("[data-remove]").disabled = all.length === 1;
    });
  };
  const add = (after) => {
    const row = rows()[0].cloneNode(true);
    text(row).value = "";
    text(row).removeAttribute("aria-invalid");
    row.querySelector(".wrong")?.remove();
    after.after(row);
    number();
    text(row).focus();
  };
  const move = (row, by) => {
    const all = rows();
    const to = all.indexOf(row) + by;
    if (to < 0 || to >= all.length) return;
    if (by < 0) all[to].before(row); else all[to].after(row);
    number();
    text(row).focus();
    changed();
  };

  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-suggestion]");
    if (event.target.matches("[data-up]")) move(row, -1);
    if (event.target.matches("[data-down]")) move(row, 1);
    if (event.target.matches("[data-remove]")) {
      const i = rows().indexOf(row);
      row.remove();
      number();
      text(rows()[Math.min(i, rows().length - 1)]).focus();
      changed();
    }
  });
  list.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    const row = event.target.closest("[data-suggestion]");
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); add(row); }
    if (event.altKey && event.key === "ArrowUp") { event.preventDefault(); move(row, -1); }
    if (event.altKey && event.key === "ArrowDown") { event.preventDefault(); move(row, 1); }
  });
  const more = box.querySelector("[data-add]");
  more.hidden = false;
  more.addEventListener("click", () => add(rows().at(-1)));
  number();
}

// ---- co-signers

function coSigners(box, changed) {
  const chosen = box.querySelector("[data-chosen]");
  const search = box.querySelector("[data-search]");
  const hits = box.querySelector("[data-hits]");
  const members = [...box.querySelectorAll("[data-members] > li")].map((li) => ({ ...li.dataset }));
  const ids = () => [...chosen.querySelectorAll("input")].map((input) => input.value);

  const find = () => {
    hits.replaceChildren();
    const wanted = search.value.normalize("NFKC").trim();
    if (composing || !wanted) return;
    const typed = wanted.toLowerCase();
    const found = members
      .filter((m) => !ids().includes(m.id) && ((m.name + " " + m.more).includes(wanted) || (m.letters ?? "").split(" ").some((part) => part.startsWith(typed))))
      .slice(0, 8);
    for (const member of found) {
      const li = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = `${member.name}（${member.more.trim()}）`;
      button.addEventListener("click", () => choose(member));
      li.append(button);
      hits.append(li);
    }
    if (!found.length) {
      const li = document.createElement("li");
      li.className = "soft";
      li.textContent = "没有找到，请核对姓名。";
      hits.append(li);
    }
  };
  const choose = (member) => {
    const li = document.createElement("li");
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "coSigners", value: member.id });
    const name = Object.assign(document.createElement("span"), { textContent: member.name + " " });
    const away = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "×" });
    away.dataset.unchoose = "";
    away.setAttribute("aria-label", `去掉${member.name}`);
    li.append(input, name, away);
    chosen.append(li);
    search.value = "";
    find();
    search.focus();
    changed();
  };
  search.addEventListener("input", find);
  search.addEventListener("compositionend", () => setTimeout(find));
  chosen.addEventListener("click", (event) => {
    if (!event.target.matches("[data-unchoose]")) return;
    event.target.closest("li").remove();
    changed();
  });
}

// ---- the draft

function draft(form) {
  const state = form.querySelector("[data-saved]");
  const version = form.querySelector("input[name=version]");
  let dirtySince = 0;
  let timer = 0;
  let running = null;
  let stopped = false;
  let leaving = false;

  const say = (text, kind) => { state.textContent = text; state.dataset.state = kind; };

  const content = () => {
    const data = new FormData(form);
    const one = (name) => data.get(name) ?? null;
    const yes = (name) => data.has(name);
    const all = (name) => data.getAll(name);
    const filled = (name) => [...new Set(all(name).filter((value) => value !== ""))];
    return {
      title: one("title"), situation: one("situation"), analysis: one("analysis"), suggestions: all("suggestions"),
      category: one("category"), wish: filled("wish"), consent: one("consent"),
      researchBased: yes("researchBased"), researchForms: filled("researchForms"),
      raisedBefore: yes("raisedBefore"), raisedBeforeNote: one("raisedBeforeNote"),
      contactWays: filled("contactWays"), referenceOnly: yes("referenceOnly"), secondable: yes("secondable"), source: one("source"),
      noSecret: yes("noSecret"), coSigners: filled("coSigners"), seal: one("seal"), convener: one("convener"), scan: one("scan"),
    };
  };

  const schedule = (wait) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  };

  const changed = () => {
    if (stopped) return;
    const now = Date.now();
    dirtySince ||= now;
    say("有未保存的修改", "busy");
    schedule(now - dirtySince > LONGEST_WAIT ? 0 : WAIT);
  };

  async function save() {
    if (composing) return schedule(WAIT);
    if (running) return running;
    if (!dirtySince || stopped) return;
    dirtySince = 0;
    say("正在保存……", "busy");
    const [header, value] = token(form);
    running = (async () => {
      try {
        const response = await fetch(form.dataset.save, {
          method: "PUT",
          credentials: "same-origin",
          headers: { "Content-Type": "application/json", Accept: "application/json", [header]: value },
          body: JSON.stringify({ version: Number(version.value), content: content() }),
        });
        const answer = await response.json().catch(() => ({}));
        if (response.ok) {
          version.value = answer.version;
          if (!dirtySince) say(answer.saved, "ok");
        } else if (response.status === 400) {
          const conflict = !answer.field;
          stopped = conflict;
          if (!conflict) dirtySince ||= Date.now();
          say(answer.message ?? "没有保存成，请刷新页面后重试。", "wrong");
        } else if (response.status === 401 || response.status === 403) {
          dirtySince ||= Date.now();
          say("登录已过期，没有保存。请另开一个窗口登录，再回到这里继续写，会自动重试。", "wrong");
          schedule(RETRY);
        } else {
          throw new Error(String(response.status));
        }
      } catch {
        dirtySince ||= Date.now();
        say("暂时没有连上，文字还在本页，稍后自动重试。", "wrong");
        schedule(RETRY);
      } finally {
        running = null;
      }
    })();
    await running;
    if (dirtySince && !stopped && state.dataset.state !== "wrong") schedule(WAIT);
  }

  form.addEventListener("input", (event) => { if (!event.target.matches("[data-search], [type=file]")) changed(); });
  form.addEventListener("change", (event) => { if (!event.target.matches("[data-search], [type=file]")) changed(); });
  document.addEventListener("compositionend", () => setTimeout(() => { if (dirtySince) schedule(WAIT); }));

  // The whole form travels with the button; only wait for a save under way, so that its version is the newest.
  form.addEventListener("submit", (event) => {
    if (composing) { event.preventDefault(); return; }
    const button = event.submitter;
    if (leaving) return;
    if (running || (dirtySince && button?.hasAttribute("data-discard"))) {
      event.preventDefault();
      (running ?? Promise.resolve()).then(() => save()).then(() => { form.requestSubmit(button); });
      return;
    }
    leaving = true;
    stopped = true;
    clearTimeout(timer);
    setTimeout(() => form.querySelectorAll("[type=submit]").forEach((b) => { b.disabled = true; }));
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("beforeunload", (event) => { if (!leaving && (dirtySince || running)) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirtySince && !composing) save(); });

  // ---- files
  const wrong = form.querySelector("[data-upload-wrong]");
  async function upload(file) {
    const body = new FormData();
    body.append("step", form.dataset.step);
    body.append("file", file);
    const [header, value] = token(form);
    const response = await fetch("/api/documents", { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", [header]: value }, body });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.message ?? "没有上传成功，请稍后重试。");
    return answer;
  }
  const tell = (target, text) => {
    let line = target.querySelector("[data-upload-said]");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "wrong" });
      line.dataset.uploadSaid = "";
      line.setAttribute("role", "alert");
      target.append(line);
    }
    line.textContent = text;
  };
  for (const box of form.querySelectorAll("[data-single]")) {
    const input = box.querySelector("[data-upload]");
    input.addEventListener("change", async () => {
      if (!input.files.length) return;
      tell(box, "正在上传……");
      try {
        const stored = await upload(input.files[0]);
        box.querySelector("input[type=hidden]").value = stored.id;
        box.querySelector("[data-name]").textContent = `已上传：${stored.name}`;
        tell(box, "");
        changed();
      } catch (e) {
        tell(box, e.message);
      }
      input.value = "";
    });
  }
  const many = form.querySelector("[data-upload-many]");
  many.addEventListener("change", async () => {
    wrong.hidden = true;
    for (const file of many.files) {
      const li = document.createElement("li");
      li.textContent = `${file.name}，正在上传……`;
      form.querySelector("[data-files]").append(li);
      try {
        const stored = await upload(file);
        const link = Object.assign(document.createElement("a"), { href: `/api/documents/${encodeURIComponent(stored.id)}`, textContent: stored.name });
        const away = Object.assign(document.createElement("button"), { type: "submit", className: "quiet", textContent: "删除", formNoValidate: true });
        away.dataset.discard = "";
        away.formAction = `${form.dataset.save}/attachments/${encodeURIComponent(stored.id)}/discard`;
        li.replaceChildren(link, away);
      } catch (e) {
        li.remove();
        wrong.textContent = `${file.name}：${e.message}`;
        wrong.hidden = false;
      }
    }
    many.value = "";
  });

  for (const box of form.querySelectorAll("[data-suggestions]")) suggestions(box, changed);
  for (const box of form.querySelectorAll("[data-cosigners]")) coSigners(box, changed);
}

for (const form of document.querySelectorAll("[data-draft]")) draft(form);
for (const form of document.querySelectorAll("[data-revision]")) {
  for (const box of form.querySelectorAll("[data-suggestions]")) suggestions(box, () => {});
  form.addEventListener("submit", (event) => { if (composing) event.preventDefault(); });
}
document.querySelector("[data-focus]")?.focus();
