package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Text that comes through an input method: candidates are not text yet, and Enter chooses one. */
class CompositionJourneyTest extends Journey {

    private static final int LONGER_THAN_ANY_AUTOSAVE = 20_000;

    @Test
    void aTitleComposedInPinyinIsSavedOnlyWhenWhole() {
        Page page = tasklistOf("卫林书");
        page.clock().install();
        MyPage draft = new MyPage(page).open().begin();
        AtomicInteger saves = saves(page);
        draft.title().focus();
        TasklistPage keyboard = new TasklistPage(page, address());
        keyboard.compose(List.of("g", "gu", "guan", "guan yu"), "");
        page.clock().runFor(LONGER_THAN_ANY_AUTOSAVE);
        assertThat(saves).hasValue(0);
        keyboard.enterWhileComposing();
        assertThat(page).hasURL(Pattern.compile(".*/my/drafts/TA-.*"));
        assertThat(saves).hasValue(0);

        keyboard.compose(List.of(), "关于");
        keyboard.compose(List.of("t", "ting che"), "停车的提案");
        page.waitForRequest(
                request -> request.method().equals("PUT"), () -> page.clock().runFor(LONGER_THAN_ANY_AUTOSAVE));
        draft.saved();
        assertThat(draft.title()).hasValue("关于停车的提案");
        page.reload();
        assertThat(draft.title()).hasValue("关于停车的提案");
    }

    @Test
    void anOpinionComposedInTasklistIsSavedOnlyWhenWholeAndNeverHandsTheStepIn() {
        String number = handedIn("原知夏", "关于规范共享单车停放的提案");
        Page page = tasklistOf("暴晓岚");
        // a clock taken in hand while Tasklist is still starting leaves it half started
        new TasklistPage(page, address()).open();
        page.clock().install();
        TasklistPage tasklist = sign(new TasklistPage(page, address()).open(), number);
        assertThat(tasklist.field("field_firstOpinion")).isEditable();
        page.clock().runFor(LONGER_THAN_ANY_AUTOSAVE);
        AtomicInteger saves = saves(page);
        tasklist.field("field_firstOpinion").focus();
        tasklist.compose(List.of("f", "fu", "fu he"), "");
        page.clock().runFor(LONGER_THAN_ANY_AUTOSAVE);
        assertThat(saves).hasValue(0);
        tasklist.enterWhileComposing();
        assertThat(tasklist.form()).isVisible();
        assertThat(saves).hasValue(0);

        tasklist.compose(List.of(), "符合");
        page.waitForRequest(
                request -> request.method().equals("PUT"), () -> page.clock().runFor(LONGER_THAN_ANY_AUTOSAVE));
        tasklist.compose(List.of("l", "li an"), "立案条件");
        assertThat(tasklist.field("field_firstOpinion")).hasValue("符合立案条件");
    }

    /** Counts what is sent to be kept or handed in from now on. */
    private static AtomicInteger saves(Page page) {
        AtomicInteger saves = new AtomicInteger();
        page.onRequest(request -> {
            if (request.method().equals("PUT")
                    || request.url().endsWith("/submit-form")
                    || request.url().endsWith("/submit")) {
                saves.incrementAndGet();
            }
        });
        return saves;
    }
}
