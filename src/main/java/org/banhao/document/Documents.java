package org.banhao.document;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Files beside the engine; an answer holds their ids. Calls join the caller's transaction. */
public interface Documents {

    /**
     * Stores one file.
     *
     * @param step see {@link StoredDocument#step()}
     * @throws Refusal empty, too large, or of a kind that is not taken (programs, macros, archives)
     */
    StoredDocument store(
            @Nullable String caseNumber,
            String step,
            String name,
            InputStream content,
            String personId,
            String personName);

    Optional<StoredDocument> find(String id);

    /** @throws Refusal no such document */
    InputStream open(String id);

    /** All were uploaded by this person for this step. */
    boolean owned(String step, String personId, List<String> ids);

    /**
     * From now on they belong to the case.
     *
     * @param origin see {@link StoredDocument#origin()}
     */
    void attach(String caseNumber, List<String> ids, String origin);

    /**
     * From now on an upload of this person belongs to what names its id, which is no case: whoever named it says who may read it.
     *
     * @param origin see {@link StoredDocument#origin()}
     * @throws Refusal not an upload of this person, or handed in already
     */
    void keep(String id, String origin, String personId);

    /**
     * What was handed in was retracted: they are uploads for that step again, as before {@link #attach}. Only documents of this person
     * that came with that origin, with all their versions; others are left as they are. Who hands in the first again hands in all.
     */
    void detach(String caseNumber, List<String> ids, String origin, String personId, String step);

    /**
     * A new version of a paper of a case; those before stay as they are. It is handed in at once, with what the first was handed in with.
     *
     * @param id of any version
     * @param reason what changed and why, for whoever reads the versions
     * @throws Refusal no paper of a case, no reason, the same content as the version before, or not to be stored, see {@link #store}
     */
    StoredDocument revise(
            String id, String name, InputStream content, @Nullable String reason, String personId, String personName);

    /** Handed in for the case, oldest first, every version of each. */
    List<StoredDocument> ofCase(String caseNumber);

    /** Those of one step, for restoring a draft. */
    List<StoredDocument> ofStep(String step, String personId);

    /** Takes back an upload that was not handed in yet. */
    void discard(String id, String personId);
}
