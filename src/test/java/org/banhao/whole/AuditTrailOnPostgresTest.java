package org.banhao.whole;

class AuditTrailOnPostgresTest extends OnPostgres implements AuditTrail, SimulatedEpisodes {}
