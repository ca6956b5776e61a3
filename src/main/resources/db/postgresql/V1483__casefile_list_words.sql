-- Chinese has no blanks between words: a text is found by its pairs of characters. PostgreSQL's own trigrams take none of a word of two
-- characters, and none of Chinese at all where the database sorts by bytes.
create function casefile_grams(words text) returns text[]
    language sql immutable parallel safe
    -- dear beside the comparison of texts that stands with it: made for rows only that pass that one, better taken from the index
    cost 10000
    return (select coalesce(array_agg(distinct p.pair), array[]::text[])
            from (select c.letter || lead(c.letter) over (order by c.place) as pair
                  from string_to_table(words, null) with ordinality as c(letter, place)) p
            where p.pair is not null);
create index casefile_listed_words_grams on casefile_listed_words using gin (casefile_grams(words));
