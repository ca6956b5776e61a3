package org.banhao.proposal.domain.assignment;

import org.jspecify.annotations.Nullable;

/**
 * What goes to the units with a case besides who does what.
 *
 * @param leaderInstruction 领导批示: whose, of which day, in his words
 * @param contactName in the assigning office; null: who assigns
 * @param contactPhone null: that of who assigns
 */
public record Brief(
        @Nullable String leaderInstruction,
        @Nullable String contactName,
        @Nullable String contactPhone) {}
