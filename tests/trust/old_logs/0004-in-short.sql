CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT;
INSERT INTO migrations (name, applied) VALUES ('0001-log', '2026-11-25 14:55:53');
INSERT INTO migrations (name, applied) VALUES ('0002-corrections', '2026-11-25 14:55:53');
INSERT INTO migrations (name, applied) VALUES ('0003-improvement', '2026-11-25 14:55:53');
INSERT INTO migrations (name, applied) VALUES ('0004-in-short', '2026-11-25 14:55:53');
CREATE TABLE rejections (
            id INTEGER PRIMARY KEY,
            company TEXT NOT NULL,
            role TEXT NOT NULL,
            date TEXT NOT NULL,
            stage TEXT,
            words TEXT,
            added TEXT NOT NULL
        , details TEXT NOT NULL DEFAULT '{}') STRICT;
INSERT INTO rejections (id, company, role, date, stage, words, added, details) VALUES (1, 'Harbour Hotel', 'Head chef', '2026-11-25', NULL, 'Your answers lacked measurable outcomes. In the end we chose someone with more experience.', '2026-11-25T14:55:53.549226+00:00', '{"rest_until": "2026-11-26"}');
CREATE TABLE sittings (
            id INTEGER PRIMARY KEY,
            mode TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT
        ) STRICT;
INSERT INTO sittings (id, mode, started, ended) VALUES (1, 'drill', '2026-11-25T14:55:54.826413+00:00', '2026-11-25T14:55:55.499767+00:00');
CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            sitting INTEGER NOT NULL REFERENCES sittings(id),
            question_id TEXT NOT NULL,
            question_text TEXT NOT NULL,
            question TEXT NOT NULL,
            why TEXT NOT NULL,
            started TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('recording', 'recorded', 'transcribed', 'assessed', 'discarded')),
            path TEXT,
            recording TEXT,
            transcript TEXT,
            assessment TEXT,
            assessor INTEGER
        , corrections TEXT, score INTEGER, seconds REAL) STRICT;
INSERT INTO attempts (id, sitting, question_id, question_text, question, why, started, state, path, recording, transcript, assessment, assessor, corrections, score, seconds) VALUES (1, 1, 'conflict-07', 'Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?', '{"id": "conflict-07", "text": "Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?", "kind": "behavioural", "areas": ["comp.conflict", "star.result", "star.ownership"], "probes": ["What had gone wrong, and what was your share in it?", "Who took the first step?", "How could you tell that it was better?"], "shows": ["Own share in the trouble named", "A first step taken by oneself", "Signs that trust came back, or an honest limit to it"], "field": "any", "level": "any", "variants": ["Which damaged relationship at work have you managed to mend?"], "company": "", "target_seconds": null}', 'Results: “Your answers lacked measurable outcomes” (rejection 1).', '2026-11-25T14:55:54.856855+00:00', 'assessed', NULL, NULL, '{"words": [{"text": "Last", "start": null, "end": null, "probability": null}, {"text": "year", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "worked", "start": null, "end": null, "probability": null}, {"text": "at", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "bakery.", "start": null, "end": null, "probability": null}, {"text": "We", "start": null, "end": null, "probability": null}, {"text": "ran", "start": null, "end": null, "probability": null}, {"text": "out", "start": null, "end": null, "probability": null}, {"text": "of", "start": null, "end": null, "probability": null}, {"text": "rolls.", "start": null, "end": null, "probability": null}, {"text": "My", "start": null, "end": null, "probability": null}, {"text": "manager", "start": null, "end": null, "probability": null}, {"text": "asked", "start": null, "end": null, "probability": null}, {"text": "me", "start": null, "end": null, "probability": null}, {"text": "to", "start": null, "end": null, "probability": null}, {"text": "find", "start": null, "end": null, "probability": null}, {"text": "out", "start": null, "end": null, "probability": null}, {"text": "why.", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "counted", "start": null, "end": null, "probability": null}, {"text": "what", "start": null, "end": null, "probability": null}, {"text": "we", "start": null, "end": null, "probability": null}, {"text": "sold", "start": null, "end": null, "probability": null}, {"text": "each", "start": null, "end": null, "probability": null}, {"text": "hour.", "start": null, "end": null, "probability": null}, {"text": "Then", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "wrote", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "new", "start": null, "end": null, "probability": null}, {"text": "plan", "start": null, "end": null, "probability": null}, {"text": "for", "start": null, "end": null, "probability": null}, {"text": "the", "start": null, "end": null, "probability": null}, {"text": "oven.", "start": null, "end": null, "probability": null}, {"text": "As", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "result", "start": null, "end": null, "probability": null}, {"text": "we", "start": null, "end": null, "probability": null}, {"text": "sold", "start": null, "end": null, "probability": null}, {"text": "two", "start": null, "end": null, "probability": null}, {"text": "hundred", "start": null, "end": null, "probability": null}, {"text": "more", "start": null, "end": null, "probability": null}, {"text": "rolls", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "week.", "start": null, "end": null, "probability": null}], "engine": "text", "model": null, "keeps_fillers": true, "seconds": null, "hesitations": null}', '{"version": 2, "kind": "behavioural", "sentences": [{"text": "Last year I worked at a bakery.", "part": "T", "first": 0, "last": 6, "start": null, "end": null, "confidence": 1.0, "why": "corrected by you"}, {"text": "We ran out of rolls.", "part": "S", "first": 7, "last": 11, "start": null, "end": null, "confidence": 0.96, "why": "its place in the answer"}, {"text": "My manager asked me to find out why.", "part": "T", "first": 12, "last": 19, "start": null, "end": null, "confidence": 1.0, "why": "\"my manager asked me to find\""}, {"text": "I counted what we sold each hour.", "part": "A", "first": 20, "last": 26, "start": null, "end": null, "confidence": 1.0, "why": "\"i counted what we\""}, {"text": "Then I wrote a new plan for the oven.", "part": "A", "first": 27, "last": 35, "start": null, "end": null, "confidence": 1.0, "why": "\"then i wrote\""}, {"text": "As a result we sold two hundred more rolls a week.", "part": "R", "first": 36, "last": 46, "start": null, "end": null, "confidence": 1.0, "why": "\"sold two hundred\", \"week\""}], "missing": [], "unclear": [], "episode": "past", "shares": {"S": 0.106, "T": 0.319, "A": 0.34, "R": 0.234}, "parts": [], "score": {"parts": {"S": 2, "T": 3, "A": 2, "R": 3}, "overall": 83}, "timing": {"seconds": null, "words_per_minute": null, "start_delay": null, "pauses": []}, "words": 47, "fillers": 0, "hesitations": null, "filler_words": [], "hedges": [], "ownership": {"i": 2, "we": 1, "passive": 0}, "has_numbers": true, "findings": [{"area": "star.structure", "met": 0.8, "text": "All four parts are told, in an order of their own.", "source": ""}, {"area": "star.example", "met": 1.0, "text": "One particular occasion is told.", "source": ""}, {"area": "star.setup", "met": 0.5, "text": "Situation and Task take 42% of the story; at most 35% is aimed at.", "source": "P"}, {"area": "star.action", "met": 0.75, "text": "3 steps are told, no reason for any.", "source": "P"}, {"area": "star.result", "met": 1.0, "text": "The Result takes 23% of the story.", "source": "P"}, {"area": "star.numbers", "met": 1.0, "text": "The Result has a figure, or a proxy for one.", "source": "C"}, {"area": "star.ownership", "met": 1.0, "text": "2 of 3 verbs of action have \u201cI\u201d before them.", "source": "C"}, {"area": "star.relevance", "met": null, "text": "Whether the answer fits the question is yours to judge.", "source": ""}, {"area": "voice.long", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.short", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.pace", "met": null, "text": "A typed answer has no pace.", "source": ""}, {"area": "voice.fillers", "met": 1.0, "text": "0.0 fillers per 100 words; up to 3 is fine.", "source": "P"}, {"area": "voice.hesitation", "met": null, "text": "A typed answer has no pauses.", "source": ""}, {"area": "voice.confidence", "met": 1.0, "text": "0.0 hedges per 100 words; no threshold is known, watch the trend.", "source": "E"}, {"area": "comp.conflict", "met": 1.0, "text": "A complete story is told.", "source": "C"}], "went_well": ["It says what came of it, with a figure: \u201cAs a result we sold two hundred more rolls \u2026\u201d"], "advice": [{"area": "star.setup", "text": "Situation and Task take 42% of the story; at most 35% is aimed at. Keep one sentence of \u201cWe ran out of rolls.\u201d and go on to your task."}]}', 2, '[{"first": 0, "last": 6, "part": "T"}]', 83, NULL);
INSERT INTO attempts (id, sitting, question_id, question_text, question, why, started, state, path, recording, transcript, assessment, assessor, corrections, score, seconds) VALUES (2, 1, 'communication-07', 'Talk me through a document, guide or email of yours that people really used. How did you go about writing it?', '{"id": "communication-07", "text": "Talk me through a document, guide or email of yours that people really used. How did you go about writing it?", "kind": "behavioural", "areas": ["comp.communication", "star.action", "star.numbers"], "probes": ["Who was going to read it, and when?", "What did you cut or change along the way?", "How many people used it, or for how long?"], "shows": ["Readers and their need known before the writing began", "Several steps of the writing, such as drafts, trials or feedback", "Signs of use, such as fewer queries or time saved"], "field": "any", "level": "any", "variants": ["What is the most useful thing you have written at work or in your studies, and how do you know it was useful?"], "company": "", "target_seconds": null}', 'Numbers: “Your answers lacked measurable outcomes” (rejection 1); one take so far.', '2026-11-25T14:55:55.455421+00:00', 'assessed', NULL, NULL, '{"words": [{"text": "I", "start": null, "end": null, "probability": null}, {"text": "was", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "waiter.", "start": null, "end": null, "probability": null}, {"text": "A", "start": null, "end": null, "probability": null}, {"text": "guest", "start": null, "end": null, "probability": null}, {"text": "shouted.", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "listened", "start": null, "end": null, "probability": null}, {"text": "and", "start": null, "end": null, "probability": null}, {"text": "brought", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "new", "start": null, "end": null, "probability": null}, {"text": "plate.", "start": null, "end": null, "probability": null}], "engine": "text", "model": null, "keeps_fillers": true, "seconds": null, "hesitations": null}', '{"version": 2, "kind": "behavioural", "sentences": [{"text": "I was a waiter.", "part": null, "first": 0, "last": 3, "start": null, "end": null, "confidence": 0.42, "why": "unsure; nearest to Situation: \"was a waiter\""}, {"text": "A guest shouted.", "part": null, "first": 4, "last": 6, "start": null, "end": null, "confidence": 0.4, "why": "unsure; nearest to Situation: \"a guest shouted\""}, {"text": "I listened and brought a new plate.", "part": "A", "first": 7, "last": 13, "start": null, "end": null, "confidence": 0.97, "why": "\"i listened\""}], "missing": ["R"], "unclear": ["S", "T"], "episode": "past", "shares": {"S": 0.0, "T": 0.0, "A": 1.0, "R": 0.0}, "parts": [], "score": {"parts": {"S": 1, "T": 1, "A": 1, "R": 0}, "overall": 22}, "timing": {"seconds": null, "words_per_minute": null, "start_delay": null, "pauses": []}, "words": 14, "fillers": 0, "hesitations": null, "filler_words": [], "hedges": [], "ownership": {"i": 1, "we": 0, "passive": 0}, "has_numbers": false, "findings": [{"area": "star.structure", "met": 0.5, "text": "No Result is told.", "source": ""}, {"area": "star.example", "met": 0.5, "text": "More than half of the answer is outside the story.", "source": ""}, {"area": "star.setup", "met": 0.3, "text": "What was yours to do is only hinted at.", "source": "P"}, {"area": "star.action", "met": 0.5, "text": "One step is told; 3 are aimed at.", "source": "P"}, {"area": "star.result", "met": 0.0, "text": "What came of it is not told.", "source": ""}, {"area": "star.numbers", "met": 0.0, "text": "There is no Result that could hold a figure.", "source": "C"}, {"area": "star.ownership", "met": 1.0, "text": "1 of 1 verbs of action have \u201cI\u201d before them.", "source": "C"}, {"area": "star.relevance", "met": null, "text": "Whether the answer fits the question is yours to judge.", "source": ""}, {"area": "voice.long", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.short", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.pace", "met": null, "text": "A typed answer has no pace.", "source": ""}, {"area": "voice.fillers", "met": 1.0, "text": "0.0 fillers per 100 words; up to 3 is fine.", "source": "P"}, {"area": "voice.hesitation", "met": null, "text": "A typed answer has no pauses.", "source": ""}, {"area": "voice.confidence", "met": 1.0, "text": "0.0 hedges per 100 words; no threshold is known, watch the trend.", "source": "E"}, {"area": "comp.communication", "met": 0.5, "text": "The story is not complete.", "source": "C"}], "went_well": [], "advice": [{"area": "star.example", "text": "More than half of the answer is outside the story. In place of \u201cI was a waiter.\u201d name one occasion: when it was, where, and who was there. Which particular occasion comes to mind?"}, {"area": "star.result", "text": "What came of it is not told. The story ends with \u201cI listened and brought a new plate.\u201d. Go on from there: what changed, and how do you know?"}, {"area": "star.action", "text": "One step is told; 3 are aimed at. After \u201cI listened and brought a new plate.\u201d say what you did next, and why that way."}]}', 2, NULL, 22, NULL);
CREATE VIRTUAL TABLE words USING fts5(
            question, said, tokenize = 'unicode61 remove_diacritics 2'
        );
INSERT INTO words (rowid, question, said) VALUES (1, 'Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?', 'Last year I worked at a bakery. We ran out of rolls. My manager asked me to find out why. I counted what we sold each hour. Then I wrote a new plan for the oven. As a result we sold two hundred more rolls a week.');
INSERT INTO words (rowid, question, said) VALUES (2, 'Talk me through a document, guide or email of yours that people really used. How did you go about writing it?', 'I was a waiter. A guest shouted. I listened and brought a new plate.');
CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            who TEXT,
            date TEXT NOT NULL,
            words TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
INSERT INTO feedback (id, source, who, date, words, added) VALUES (1, 'appraisal', 'my boss', '2026-05-01', 'Always on time.', '2026-11-24T09:00:00+00:00');
CREATE TABLE "points" (
            id INTEGER PRIMARY KEY,
            rejection INTEGER REFERENCES rejections(id) ON DELETE CASCADE,
            feedback INTEGER REFERENCES feedback(id) ON DELETE CASCADE,
            area TEXT NOT NULL,
            polarity TEXT NOT NULL CHECK (polarity IN ('neg', 'pos', 'neutral')),
            words TEXT NOT NULL,
            controllable TEXT NOT NULL CHECK (controllable IN ('yes', 'partly', 'no')),
            vague INTEGER NOT NULL DEFAULT 0,
            added TEXT NOT NULL
        ) STRICT;
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (1, 1, NULL, 'star.numbers', 'neg', 'Your answers lacked measurable outcomes', 'yes', 0, '2026-11-25T14:55:53.549226+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (2, 1, NULL, 'star.result', 'neg', 'Your answers lacked measurable outcomes', 'yes', 0, '2026-11-25T14:55:53.549226+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (3, 1, NULL, 'ext.experience', 'neg', 'In the end we chose someone with more experience', 'yes', 0, '2026-11-25T14:55:53.549226+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (4, 1, NULL, 'ext.competition', 'neg', 'In the end we chose someone with more experience', 'yes', 0, '2026-11-25T14:55:53.549226+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (5, NULL, NULL, 'star.setup', 'neg', 'noted by hand', 'yes', 0, '2026-11-25T14:55:56.696638+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (6, NULL, 1, 'comp.planning', 'pos', 'always on time', 'yes', 0, '2026-11-24T09:00:00+00:00');
CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            body TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (kind, number)
        ) STRICT;
INSERT INTO records (id, kind, number, body, added) VALUES (1, 'note', 1, '{"attempt": 1, "text": "breathe before the Result", "number": 1}', '2026-11-24T09:00:00+00:00');
CREATE TABLE findings (
            area TEXT NOT NULL,
            attempt INTEGER NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
            met REAL NOT NULL,
            PRIMARY KEY (area, attempt)
        ) STRICT, WITHOUT ROWID;
INSERT INTO findings (area, attempt, met) VALUES ('comp.communication', 2, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('comp.conflict', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.action', 1, 0.75);
INSERT INTO findings (area, attempt, met) VALUES ('star.action', 2, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('star.example', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.example', 2, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('star.numbers', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.numbers', 2, 0.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.ownership', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.ownership', 2, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.result', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.result', 2, 0.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.setup', 1, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('star.setup', 2, 0.3);
INSERT INTO findings (area, attempt, met) VALUES ('star.structure', 1, 0.8);
INSERT INTO findings (area, attempt, met) VALUES ('star.structure', 2, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('voice.confidence', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('voice.confidence', 2, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('voice.fillers', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('voice.fillers', 2, 1.0);
CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            made TEXT NOT NULL,
            what TEXT NOT NULL
        ) STRICT;
INSERT INTO changes (id, made, what) VALUES (1, '2026-11-25T14:55:53.549226+00:00', 'the rejection by Harbour Hotel was added');
INSERT INTO changes (id, made, what) VALUES (2, '2026-11-25T14:55:56.696638+00:00', 'the area star.setup was noted');
INSERT INTO changes (id, made, what) VALUES (3, '2026-11-25T14:55:57.741729+00:00', 'sentences of take 1 were corrected');
INSERT INTO changes (id, made, what) VALUES (4, '2026-11-25T14:56:01.583308+00:00', 'rejection 1 was changed');
INSERT INTO changes (id, made, what) VALUES (5, '2026-11-24T09:00:00+00:00', 'the feedback (appraisal) was added');
INSERT INTO changes (id, made, what) VALUES (6, '2026-11-24T09:00:00+00:00', 'note 1 was added');
CREATE TABLE edits (
            id INTEGER PRIMARY KEY,
            change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
            place TEXT NOT NULL,
            row INTEGER NOT NULL,
            before TEXT
        ) STRICT;
INSERT INTO edits (id, change, place, row, before) VALUES (1, 1, 'rejections', 1, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (2, 1, 'points', 1, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (3, 1, 'points', 2, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (4, 1, 'points', 3, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (5, 1, 'points', 4, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (6, 2, 'points', 5, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (7, 3, 'attempts', 1, '{"corrections": null, "assessment": "{\"version\": 2, \"kind\": \"behavioural\", \"sentences\": [{\"text\": \"Last year I worked at a bakery.\", \"part\": \"S\", \"first\": 0, \"last\": 6, \"start\": null, \"end\": null, \"confidence\": 0.92, \"why\": \"\\\"last year\\\"\"}, {\"text\": \"We ran out of rolls.\", \"part\": \"S\", \"first\": 7, \"last\": 11, \"start\": null, \"end\": null, \"confidence\": 0.96, \"why\": \"its place in the answer\"}, {\"text\": \"My manager asked me to find out why.\", \"part\": \"T\", \"first\": 12, \"last\": 19, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"my manager asked me to find\\\"\"}, {\"text\": \"I counted what we sold each hour.\", \"part\": \"A\", \"first\": 20, \"last\": 26, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"i counted what we\\\"\"}, {\"text\": \"Then I wrote a new plan for the oven.\", \"part\": \"A\", \"first\": 27, \"last\": 35, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"then i wrote\\\"\"}, {\"text\": \"As a result we sold two hundred more rolls a week.\", \"part\": \"R\", \"first\": 36, \"last\": 46, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"sold two hundred\\\", \\\"week\\\"\"}], \"missing\": [], \"unclear\": [], \"episode\": \"past\", \"shares\": {\"S\": 0.255, \"T\": 0.17, \"A\": 0.34, \"R\": 0.234}, \"parts\": [], \"score\": {\"parts\": {\"S\": 2, \"T\": 3, \"A\": 2, \"R\": 3}, \"overall\": 83}, \"timing\": {\"seconds\": null, \"words_per_minute\": null, \"start_delay\": null, \"pauses\": []}, \"words\": 47, \"fillers\": 0, \"hesitations\": null, \"filler_words\": [], \"hedges\": [], \"ownership\": {\"i\": 2, \"we\": 1, \"passive\": 0}, \"has_numbers\": true, \"findings\": [{\"area\": \"star.structure\", \"met\": 1.0, \"text\": \"All four parts are told, in order.\", \"source\": \"\"}, {\"area\": \"star.example\", \"met\": 1.0, \"text\": \"One particular occasion is told.\", \"source\": \"\"}, {\"area\": \"star.setup\", \"met\": 0.5, \"text\": \"Situation and Task take 43% of the story; at most 35% is aimed at.\", \"source\": \"P\"}, {\"area\": \"star.action\", \"met\": 0.75, \"text\": \"3 steps are told, no reason for any.\", \"source\": \"P\"}, {\"area\": \"star.result\", \"met\": 1.0, \"text\": \"The Result takes 23% of the story.\", \"source\": \"P\"}, {\"area\": \"star.numbers\", \"met\": 1.0, \"text\": \"The Result has a figure, or a proxy for one.\", \"source\": \"C\"}, {\"area\": \"star.ownership\", \"met\": 1.0, \"text\": \"2 of 3 verbs of action have \\u201cI\\u201d before them.\", \"source\": \"C\"}, {\"area\": \"star.relevance\", \"met\": null, \"text\": \"Whether the answer fits the question is yours to judge.\", \"source\": \"\"}, {\"area\": \"voice.long\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.short\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.pace\", \"met\": null, \"text\": \"A typed answer has no pace.\", \"source\": \"\"}, {\"area\": \"voice.fillers\", \"met\": 1.0, \"text\": \"0.0 fillers per 100 words; up to 3 is fine.\", \"source\": \"P\"}, {\"area\": \"voice.hesitation\", \"met\": null, \"text\": \"A typed answer has no pauses.\", \"source\": \"\"}, {\"area\": \"voice.confidence\", \"met\": 1.0, \"text\": \"0.0 hedges per 100 words; no threshold is known, watch the trend.\", \"source\": \"E\"}, {\"area\": \"comp.conflict\", \"met\": 1.0, \"text\": \"A complete story is told.\", \"source\": \"C\"}], \"went_well\": [\"It says what came of it, with a figure: \\u201cAs a result we sold two hundred more rolls \\u2026\\u201d\", \"All four parts are told, in order.\"], \"advice\": [{\"area\": \"star.setup\", \"text\": \"Situation and Task take 43% of the story; at most 35% is aimed at. Keep one sentence of \\u201cLast year I worked at a bakery.\\u201d and go on to your task.\"}]}", "assessor": 2, "score": 83, "seconds": null}');
INSERT INTO edits (id, change, place, row, before) VALUES (8, 4, 'rejections', 1, '{"company": "Harbour Hotel", "role": "Chef", "date": "2026-11-25", "stage": null, "words": "Your answers lacked measurable outcomes. In the end we chose someone with more experience.", "details": "{\"rest_until\": \"2026-11-26\"}"}');
INSERT INTO edits (id, change, place, row, before) VALUES (9, 5, 'feedback', 1, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (10, 5, 'points', 6, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (11, 6, 'records', 1, NULL);
CREATE INDEX attempts_by_start ON attempts(started);
CREATE INDEX points_by_area ON points(area);
CREATE INDEX findings_by_attempt ON findings(attempt);
CREATE INDEX attempts_by_question ON attempts(question_id);
CREATE INDEX edits_by_change ON edits(change);
CREATE INDEX edits_by_row ON edits(place, row);
CREATE INDEX attempts_in_short ON attempts(state, started, question_id, score, seconds);
