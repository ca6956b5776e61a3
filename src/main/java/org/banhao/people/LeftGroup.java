package org.banhao.people;

/**
 * A person is no longer in a group: he left it, or his account was closed. Published synchronously in the transaction
 * that changes the membership, once per group; who holds tasks of that group hands them over. An exception undoes the
 * leaving.
 */
public record LeftGroup(String personId, String groupId) {}
