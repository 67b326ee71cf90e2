-- The last event of this incarnation that ever had its effect here: a copy that is built anew hears of it again.
ALTER TABLE stream_checkpoint ADD told {long} NULL;
