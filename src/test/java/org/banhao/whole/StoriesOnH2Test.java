package org.banhao.whole;

class StoriesOnH2Test extends OnH2
        implements LinkStories,
                Lives,
                NoticeListStories,
                OwnConsultationStories,
                Rungs,
                SecondingStories,
                SolicitationStories,
                UnitSystems {}
