package org.banhao.flow;

import java.time.Instant;
import java.util.List;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the engine was to do by itself, a timer mostly, and gave up after its last try: it stays until somebody has mended the cause and
 * lets it try again. Calls join the caller's transaction.
 */
public interface FailedJobs {

    /**
     * @param caseNumber null for what belongs to no case, such as cleaning up at night
     * @param process name of the model as people know it
     * @param step name of what stands still in it: 退回期限届满
     * @param why what the engine wrote down, first line; may be English
     * @param since when it was given up
     * @param resting its case rests (暂停办理): it cannot be tried before that ends
     */
    record FailedJob(
            String id,
            @Nullable String caseNumber,
            String process,
            String step,
            String why,
            @Nullable Instant since,
            boolean resting) {}

    /** The latest first, at most {@value #MOST}. */
    List<FailedJob> present();

    int MOST = 200;

    /**
     * One more try, within a minute; when that fails too it is back in the list.
     *
     * @throws Refusal it is not there any more, is being tried, or its case rests
     */
    void retry(String id);
}
