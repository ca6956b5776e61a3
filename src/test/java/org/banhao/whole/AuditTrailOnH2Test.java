package org.banhao.whole;

class AuditTrailOnH2Test extends OnH2 implements AuditTrail, SimulatedEpisodes {}
