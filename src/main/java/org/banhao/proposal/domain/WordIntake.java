package org.banhao.proposal.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A draft's text from a Word file or from pasted text. Reading changes nothing of the draft: its writer corrects what was found, and
 * only what he then takes is kept. The text it takes the place of can be brought back as long as it is a draft.
 */
@Service
@Transactional
public class WordIntake {

    private final Drafts drafts;
    private final ProposalRows rows;
    private final WordFiles wordFiles;
    private final Documents documents;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    WordIntake(
            Drafts drafts,
            ProposalRows rows,
            WordFiles wordFiles,
            Documents documents,
            People people,
            Audit audit,
            Clock clock) {
        this.drafts = drafts;
        this.rows = rows;
        this.wordFiles = wordFiles;
        this.documents = documents;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param word id of the upload that waits for being taken, a day at most; null for pasted text
     * @param version of the draft, to be sent back
     */
    public record Reading(
            TakenText text,
            @Nullable String word,
            String name,
            List<WordText.Picture> pictures,
            DraftText present,
            int version) {}

    /**
     * @throws Refusal not the writer's draft, or the file is none that can be read: see {@link WordFiles#read}
     */
    public Reading read(String caseNumber, String person, String name, byte[] file) {
        Proposal draft = drafts.editable(caseNumber, person);
        WordText word = wordFiles.read(name, new ByteArrayInputStream(file));
        if (word.paragraphs().isEmpty()) {
            throw new Refusal("file", "「" + name + "」里没有文字；扫描成图片的，请另行录入文字。");
        }
        TakenText text = TakenText.of(word);
        for (StoredDocument earlier : documents.ofStep(step(caseNumber), person)) {
            documents.discard(earlier.id(), person);
        }
        StoredDocument stored = documents.store(
                null, step(caseNumber), name, new ByteArrayInputStream(file), person, people.nameOf(person));
        audit.record("proposal.readWord", caseNumber, stored.id());
        return new Reading(text, stored.id(), stored.name(), word.pictures(), DraftText.of(draft), draft.version());
    }

    /** @throws Refusal not the writer's draft, or nothing was pasted */
    @Transactional(readOnly = true)
    public Reading read(String caseNumber, String person, String pasted) {
        Proposal draft = drafts.editable(caseNumber, person);
        if (pasted.isBlank()) {
            throw new Refusal("text", "请选择.docx文件，或者把全文粘贴到“全文”里。");
        }
        if (pasted.length() > LONGEST_PASTED) {
            throw new Refusal("text", "粘贴的全文最多" + LONGEST_PASTED + "字（现" + pasted.length() + "字），请只粘贴提案的内容。");
        }
        return new Reading(TakenText.of(pasted), null, "", List.of(), DraftText.of(draft), draft.version());
    }

    /**
     * What {@link #read} said, once more, for the page of a refused {@link #take}. A file that waits no more is left out: what was
     * typed is worth more.
     *
     * @param version as it was sent: what was refused stays refused until the draft is read anew
     * @throws Refusal not the writer's draft
     */
    @Transactional(readOnly = true)
    public Reading again(String caseNumber, String person, int version, @Nullable String word, TakenText typed) {
        DraftText present = DraftText.of(drafts.editable(caseNumber, person));
        StoredDocument file = waiting(caseNumber, person, word).orElse(null);
        if (file == null) return new Reading(typed, null, "", List.of(), present, version);
        List<WordText.Picture> pictures;
        try (InputStream content = documents.open(file.id())) {
            pictures = wordFiles.read(file.name(), content).pictures();
        } catch (IOException | UncheckedIOException | Refusal gone) {
            return new Reading(typed, null, "", List.of(), present, version);
        }
        return new Reading(typed, file.id(), file.name(), pictures, present, version);
    }

    private static final int LONGEST_PASTED = 100_000;

    /** Step of the Word file while it waits. It belongs to no draft: who never takes it has nothing to delete. */
    private static String step(String caseNumber) {
        return "word:" + caseNumber;
    }

    /**
     * The corrected text becomes the draft's; the one before stays aside.
     *
     * @param version of the draft as it was read
     * @param word see {@link Reading#word()}
     * @param pictures numbers of those to be kept as attachments
     * @param keepWord the Word file itself becomes an attachment
     * @throws Refusal saved elsewhere in between, a text that is too long, or something of the file is to be kept and it waits no more
     */
    public void take(
            String caseNumber,
            String person,
            int version,
            @Nullable String title,
            @Nullable String situation,
            @Nullable String analysis,
            List<String> suggestions,
            @Nullable String word,
            Set<Integer> pictures,
            boolean keepWord) {
        Proposal draft = drafts.locked(caseNumber, person);
        DraftText text = new DraftText(
                Texts.line(title, Texts.LONGEST_LINE, "title", "案由"),
                Texts.text(situation, Texts.LONGEST_TEXT, "situation", "情况").strip(),
                Texts.text(analysis, Texts.LONGEST_TEXT, "analysis", "问题分析").strip(),
                Drafts.suggestions(List.copyOf(suggestions)).stream()
                        .filter(one -> !one.isBlank())
                        .toList());
        if (text.blank()) {
            throw new Refusal("text", "各栏都是空的，没有可以填入的内容。");
        }
        if (draft.version() != version) {
            throw new Refusal("这份草稿已在别处保存过更新的内容，为避免覆盖，这次没有填入。请返回草稿核对后重新读入。");
        }
        Instant now = clock.instant();
        if (!DraftText.of(draft).blank()) {
            rows.before(caseNumber, DraftText.of(draft), now);
        }
        rows.text(caseNumber, text.title(), text.situation(), text.analysis(), text.suggestions(), now);
        drafts.titled(caseNumber, text.title());
        keep(caseNumber, person, word, pictures, keepWord);
        audit.record("proposal.takeWord", caseNumber, pictures.size() + " 图");
    }

    private void keep(
            String caseNumber, String person, @Nullable String word, Set<Integer> pictures, boolean keepWord) {
        StoredDocument file = waiting(caseNumber, person, word).orElse(null);
        if (file == null) {
            if (word == null || word.isEmpty() || pictures.isEmpty() && !keepWord) return;
            throw new Refusal("file", "读入的Word文件已经不在了，图片和原文件不能作为附件；文字还在下面，可以直接再按“填入草稿”，附件请另行上传。");
        }
        String name = people.nameOf(person);
        if (!pictures.isEmpty()) {
            try (InputStream content = documents.open(file.id())) {
                wordFiles.pictures(
                        file.name(),
                        content,
                        pictures,
                        picture -> documents.store(
                                null,
                                Drafts.step(caseNumber),
                                picture.name(),
                                new ByteArrayInputStream(picture.content()),
                                person,
                                name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (keepWord) {
            try (InputStream content = documents.open(file.id())) {
                documents.store(null, Drafts.step(caseNumber), file.name(), content, person, name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        documents.discard(file.id(), person);
    }

    /** @param word null or empty: there is none */
    private Optional<StoredDocument> waiting(String caseNumber, String person, @Nullable String word) {
        return Optional.ofNullable(word)
                .filter(id -> !id.isEmpty())
                .flatMap(documents::find)
                .filter(found -> step(caseNumber).equals(found.step()) && person.equals(found.personId()));
    }

    /** 原来的文字（2026年11月23日 09:10（周一）以前写的）, or empty: nothing to bring back. */
    @Transactional(readOnly = true)
    public Optional<String> before(String caseNumber, String person) {
        drafts.editable(caseNumber, person);
        return rows.beforeAt(caseNumber).map(at -> "原来的文字（" + ChineseTime.text(at) + "以前写的）");
    }

    /**
     * Brings back the text that was there before, and puts the present one aside: the same once more undoes it.
     *
     * @throws Refusal there is none
     */
    public void bringBack(String caseNumber, String person) {
        Proposal draft = drafts.locked(caseNumber, person);
        DraftText before = rows.before(caseNumber).orElseThrow(() -> new Refusal("没有可以恢复的文字，请刷新页面查看草稿。"));
        Instant now = clock.instant();
        rows.before(caseNumber, DraftText.of(draft), now);
        rows.text(caseNumber, before.title(), before.situation(), before.analysis(), before.suggestions(), now);
        drafts.titled(caseNumber, before.title());
        audit.record("proposal.bringTextBack", caseNumber, "恢复读入前的文字");
    }
}
