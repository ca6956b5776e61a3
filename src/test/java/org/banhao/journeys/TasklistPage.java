package org.banhao.journeys;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;

/** Tasklist as a person sees it: selectors and keystrokes stand here and nowhere else. */
public final class TasklistPage {

    private final Page page;
    private final String address;

    /** @param address of the application without a slash at the end */
    public TasklistPage(Page page, String address) {
        this.page = page;
        this.address = address;
    }

    public Page page() {
        return page;
    }

    public TasklistPage open() {
        return openAt("#/");
    }

    /** @param place what stands behind the address of Tasklist, such as {@code #/?task=…} */
    public TasklistPage openAt(String place) {
        page.navigate(address + "/camunda/app/tasklist/default/" + place);
        // only the fragment differs: the browser would not load anew
        if (page.locator(".three-cols-layout-columns").count() > 0) page.reload();
        page.locator(".task-filters .task-filter")
                .first()
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return this;
    }

    public TasklistPage openTask(String taskId) {
        openAt("#/?task=" + taskId);
        form().waitFor();
        return this;
    }

    public TasklistPage choose(String category) {
        page.locator(".task-filter h4 a", new Page.LocatorOptions().setHasText(category))
                .click();
        page.locator(".task-filter.active", new Page.LocatorOptions().setHasText(category))
                .waitFor();
        return this;
    }

    public Locator cards() {
        return page.locator("li.task");
    }

    public Locator card(String text) {
        return page.locator("li.task", new Page.LocatorOptions().setHasText(text))
                .first();
    }

    public TasklistPage search(String text) {
        page.locator("#bh-search").fill(text);
        return this;
    }

    public Locator form() {
        return page.locator(".bh-form .fjs-form");
    }

    public Locator tab(String label) {
        return page.locator(".nav-tabs a", new Page.LocatorOptions().setHasText(label));
    }

    /** The input of a field by its id in the form; in a list the one of the first row. */
    public Locator field(String id) {
        return page.locator(".bh-form :is([id$='-" + id + "'], [id$='-" + id + "-date'], [id$='-" + id
                        + "-time'], [id$='-" + id + "_0']):is(input, textarea, select)")
                .first();
    }

    /** The input of a field in a row of a list, counted from 0. */
    public Locator field(String id, int row) {
        return page.locator(".bh-form :is([id*='-" + id + "-'], [id*='-" + id + "_']):is(input, textarea):is([id$='_"
                        + row + "'], [id*='_" + row + "-'])")
                .first();
    }

    /** The whole field with label, description and errors. */
    public Locator fieldBox(String id) {
        return page.locator(
                        ".bh-form .fjs-form-field",
                        new Page.LocatorOptions().setHas(page.locator("[id$='-" + id + "']")))
                .last();
    }

    public Locator errors() {
        return page.locator(".bh-form .fjs-form-field-error");
    }

    public TasklistPage radio(String label) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(label))
                .check();
        return this;
    }

    /** One of several choices whose labels contain each other. */
    public TasklistPage choice(String label) {
        page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .check();
        return this;
    }

    public TasklistPage check(String label) {
        page.locator(".bh-form").getByLabel(label).check();
        return this;
    }

    /** Takes the first of the options. @return its label */
    public String first(String id) {
        page.locator(".bh-form [id$='-" + id + "']").first().click();
        Locator option = page.locator(".fjs-dropdownlist-item").first();
        String label = option.innerText().trim();
        option.click();
        return label;
    }

    public TasklistPage select(String id, String option) {
        page.locator(".bh-form .fjs-form-field-select:has([id$='-" + id + "'], [id*='-" + id + "-']) .fjs-input-group")
                .click();
        page.locator(".fjs-dropdownlist-item", new Page.LocatorOptions().setHasText(option))
                .click();
        return this;
    }

    /** In a row of a list, counted from 0. */
    public TasklistPage select(String id, int row, String option) {
        page.locator(".bh-form .fjs-form-field-select:has([id*='-" + id + "']) .fjs-input-group")
                .nth(row)
                .click();
        page.locator(".fjs-dropdownlist-item", new Page.LocatorOptions().setHasText(option))
                .first()
                .click();
        return this;
    }

    /** To the first field for files. */
    public TasklistPage attach(Path... files) {
        page.locator(".bh-form input[type=file]").first().setInputFiles(files);
        return this;
    }

    public Locator attached() {
        return page.locator(".bh-files .bh-file-name");
    }

    public Locator addRow() {
        return page.locator(".fjs-repeat-render-add");
    }

    public Locator removeRow(int row) {
        return page.locator(".fjs-repeat-row-remove").nth(row);
    }

    public Locator claim() {
        return page.locator("[cam-tasklist-task-meta] button.claim");
    }

    public Locator unclaim() {
        return page.locator("[cam-tasklist-task-meta] button.unclaim");
    }

    public Locator complete() {
        return page.locator(".form-actions .btn-primary");
    }

    /** Presses 提交, says that he is sure where it cannot be taken back, and waits for the server's answer. */
    public Response submit() {
        Locator sure = page.locator("dialog.bh-sure .bh-sure-yes");
        boolean[] answered = new boolean[1];
        return page.waitForResponse(
                r -> {
                    answered[0] |= r.url().endsWith("/submit-form");
                    return r.url().endsWith("/submit-form");
                },
                () -> {
                    complete().click();
                    page.waitForCondition(() -> answered[0] || sure.isVisible());
                    if (!answered[0]) {
                        sure.click();
                    }
                });
    }

    /** Takes back what was just handed in, by the bar that offers it, and waits for the form. */
    public void takeBack() {
        Locator bar = page.locator(".bh-retract");
        bar.waitFor();
        page.waitForResponse(
                r -> r.url().contains("/api/retractions/")
                        && r.request().method().equals("POST"),
                () -> bar.locator(".bh-take-back").click());
        form().waitFor();
    }

    public Locator notifications() {
        return page.locator(".page-notifications .alert");
    }

    public Locator draftState() {
        return page.locator(".bh-draft");
    }

    /** Does something and waits until the draft was stored. */
    public TasklistPage saved(Runnable typing) {
        page.waitForResponse(
                r -> r.url().contains("/api/drafts/") && r.request().method().equals("PUT"), typing);
        return this;
    }

    public Locator startDialog() {
        page.locator(".start-process-action a").click();
        Locator dialog = page.locator(".modal-content");
        dialog.waitFor();
        return dialog;
    }

    public Locator header() {
        return page.locator("[cam-widget-header]");
    }

    /** On a narrow screen, where it opens and closes the header. */
    public Locator menu() {
        return page.locator("[cam-widget-header] .navbar-toggle");
    }

    public Locator dossier() {
        return page.locator(".bh-dossier");
    }

    public Locator partFailed() {
        return page.locator(".bh-notice");
    }

    /** Enter as a browser hears it while an input method is composing. */
    public TasklistPage enterWhileComposing() {
        CDPSession cdp = page.context().newCDPSession(page);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            JsonObject key = new JsonObject();
            key.addProperty("type", type);
            key.addProperty("key", type.equals("keyUp") ? "Enter" : "Process");
            key.addProperty("code", "Enter");
            key.addProperty("windowsVirtualKeyCode", type.equals("keyUp") ? 13 : 229);
            cdp.send("Input.dispatchKeyEvent", key);
        }
        cdp.detach();
        return this;
    }

    /** Composes by an input method: steps are shown in the field while composing, then the text is committed. */
    public TasklistPage compose(List<String> steps, String committed) {
        CDPSession cdp = page.context().newCDPSession(page);
        for (String step : steps) {
            JsonObject composing = new JsonObject();
            composing.addProperty("text", step);
            composing.addProperty("selectionStart", step.length());
            composing.addProperty("selectionEnd", step.length());
            cdp.send("Input.imeSetComposition", composing);
        }
        if (!committed.isEmpty()) {
            JsonObject commit = new JsonObject();
            commit.addProperty("text", committed);
            cdp.send("Input.insertText", commit);
        }
        cdp.detach();
        return this;
    }

    /** What can be read on the page and looks like a key nobody translated. */
    @SuppressWarnings("unchecked")
    public List<String> rawKeys() {
        return (List<String>) page.evaluate("""
                () => {
                  const found = new Set();
                  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walk.nextNode()) {
                    const parent = walk.currentNode.parentElement;
                    if (['SCRIPT', 'STYLE'].includes(parent.tagName)) continue;
                    (walk.currentNode.textContent.match(/\\b[A-Z]+_[A-Z_]+\\b/g) || []).forEach(key => found.add(key));
                  }
                  document.querySelectorAll('[title], [placeholder], [aria-label], [uib-tooltip]').forEach(part => {
                    for (const name of ['title', 'placeholder', 'aria-label', 'uib-tooltip'])
                      ((part.getAttribute(name) || '').match(/^[A-Z]+_[A-Z_]+$/g) || []).forEach(key => found.add(key));
                  });
                  return [...found];
                }""");
    }

    /** English words a person can see; names of the house and of the licence are allowed. */
    @SuppressWarnings("unchecked")
    public List<String> english() {
        return (List<String>) page.evaluate("""
                () => {
                  const found = new Set();
                  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walk.nextNode()) {
                    const parent = walk.currentNode.parentElement;
                    if (['SCRIPT', 'STYLE'].includes(parent.tagName) || !parent.getClientRects().length || parent.closest('svg, .bjs-powered-by, .fjs-powered-by')) continue;
                    (walk.currentNode.textContent.match(/[A-Za-z]{3,}(?: [a-z]+)*/g) || []).forEach(word => found.add(word));
                  }
                  return [...found];
                }""");
    }

    /** Number of pixels the page is wider than the window. */
    public int sideways() {
        return (int) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    @SuppressWarnings("unchecked")
    public List<String> storedByForms() {
        return (List<String>)
                page.evaluate(
                        "() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)].filter(([k]) => k !== 'camunda-web').map(([k, v]) => k + '=' + v)");
    }
}
