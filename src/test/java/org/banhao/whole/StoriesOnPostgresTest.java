package org.banhao.whole;

class StoriesOnPostgresTest extends OnPostgres
        implements LinkStories,
                Lives,
                NoticeListStories,
                OwnConsultationStories,
                Rungs,
                SecondingStories,
                SolicitationStories,
                UnitSystems {}
