package org.banhao.whole;

class StoriesOnPostgresTest extends OnPostgres
        implements LinkStories,
                Lives,
                OwnConsultationStories,
                Rungs,
                SecondingStories,
                SolicitationStories,
                UnitSystems {}
