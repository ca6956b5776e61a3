package org.banhao.people;

/**
 * Somebody is no longer in a group. Published as a Spring application event inside the transaction that changes the
 * account, so that what he held for the group is handed back with it.
 */
public record LeftGroup(String personId, String groupId) {}
