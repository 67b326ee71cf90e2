CREATE TABLE board_words (
    word {text:16} NOT NULL,
    posting_id {id} NOT NULL,
    PRIMARY KEY (word, posting_id)
);
CREATE INDEX board_words_posting ON board_words (posting_id);
