package org.banhao.monitoring.rules.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.Episodes;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class StoredEpisodes implements Episodes {

    private final EpisodeRows rows;

    StoredEpisodes(EpisodeRows rows) {
        this.rows = rows;
    }

    @Override
    public List<Episode> open() {
        return rows.open();
    }

    @Override
    public Optional<Episode> one(long id) {
        return rows.one(id);
    }

    @Override
    public List<Episode> ofOutlet(long outletId, Instant from, Instant until) {
        return rows.ofOutlet(outletId, from, until);
    }

    @Override
    public List<EpisodeFinding> findings(long episodeId) {
        return rows.findingsOf(episodeId);
    }

    @Override
    public Map<Long, EpisodeAcknowledgement> acknowledged(Collection<Long> ids) {
        return rows.acknowledged(ids);
    }

    @Override
    public List<EpisodeChange> changes(long episodeId) {
        return rows.changesOf(episodeId);
    }
}
