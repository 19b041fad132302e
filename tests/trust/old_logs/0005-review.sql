CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT;
INSERT INTO migrations (name, applied) VALUES ('0001-log', '2026-11-25 14:56:03');
INSERT INTO migrations (name, applied) VALUES ('0002-corrections', '2026-11-25 14:56:03');
INSERT INTO migrations (name, applied) VALUES ('0003-improvement', '2026-11-25 14:56:03');
INSERT INTO migrations (name, applied) VALUES ('0004-in-short', '2026-11-25 14:56:03');
INSERT INTO migrations (name, applied) VALUES ('0005-review', '2026-11-25 14:56:03');
CREATE TABLE rejections (
            id INTEGER PRIMARY KEY,
            company TEXT NOT NULL,
            role TEXT NOT NULL,
            date TEXT NOT NULL,
            stage TEXT,
            words TEXT,
            added TEXT NOT NULL
        , details TEXT NOT NULL DEFAULT '{}') STRICT;
INSERT INTO rejections (id, company, role, date, stage, words, added, details) VALUES (1, 'Harbour Hotel', 'Head chef', '2026-11-25', NULL, 'Your answers lacked measurable outcomes. In the end we chose someone with more experience.', '2026-11-25T14:56:03.205900+00:00', '{"rest_until": "2026-11-26"}');
CREATE TABLE sittings (
            id INTEGER PRIMARY KEY,
            mode TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT
        ) STRICT;
INSERT INTO sittings (id, mode, started, ended) VALUES (1, 'drill', '2026-11-25T14:56:04.506787+00:00', '2026-11-25T14:56:05.339715+00:00');
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
        , corrections TEXT, score INTEGER, seconds REAL, starred INTEGER NOT NULL DEFAULT 0, missing TEXT) STRICT;
INSERT INTO attempts (id, sitting, question_id, question_text, question, why, started, state, path, recording, transcript, assessment, assessor, corrections, score, seconds, starred, missing) VALUES (1, 1, 'conflict-07', 'Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?', '{"id": "conflict-07", "text": "Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?", "kind": "behavioural", "areas": ["comp.conflict", "star.result", "star.ownership"], "probes": ["What had gone wrong, and what was your share in it?", "Who took the first step?", "How could you tell that it was better?"], "shows": ["Own share in the trouble named", "A first step taken by oneself", "Signs that trust came back, or an honest limit to it"], "field": "any", "level": "any", "variants": ["Which damaged relationship at work have you managed to mend?"], "company": "", "target_seconds": null}', 'Results: “Your answers lacked measurable outcomes” (rejection 1).', '2026-11-25T14:56:04.542795+00:00', 'assessed', NULL, NULL, '{"words": [{"text": "Last", "start": null, "end": null, "probability": null}, {"text": "year", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "worked", "start": null, "end": null, "probability": null}, {"text": "at", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "bakery.", "start": null, "end": null, "probability": null}, {"text": "We", "start": null, "end": null, "probability": null}, {"text": "ran", "start": null, "end": null, "probability": null}, {"text": "out", "start": null, "end": null, "probability": null}, {"text": "of", "start": null, "end": null, "probability": null}, {"text": "rolls.", "start": null, "end": null, "probability": null}, {"text": "My", "start": null, "end": null, "probability": null}, {"text": "manager", "start": null, "end": null, "probability": null}, {"text": "asked", "start": null, "end": null, "probability": null}, {"text": "me", "start": null, "end": null, "probability": null}, {"text": "to", "start": null, "end": null, "probability": null}, {"text": "find", "start": null, "end": null, "probability": null}, {"text": "out", "start": null, "end": null, "probability": null}, {"text": "why.", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "counted", "start": null, "end": null, "probability": null}, {"text": "what", "start": null, "end": null, "probability": null}, {"text": "we", "start": null, "end": null, "probability": null}, {"text": "sold", "start": null, "end": null, "probability": null}, {"text": "each", "start": null, "end": null, "probability": null}, {"text": "hour.", "start": null, "end": null, "probability": null}, {"text": "Then", "start": null, "end": null, "probability": null}, {"text": "I", "start": null, "end": null, "probability": null}, {"text": "wrote", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "new", "start": null, "end": null, "probability": null}, {"text": "plan", "start": null, "end": null, "probability": null}, {"text": "for", "start": null, "end": null, "probability": null}, {"text": "the", "start": null, "end": null, "probability": null}, {"text": "oven.", "start": null, "end": null, "probability": null}, {"text": "As", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "result", "start": null, "end": null, "probability": null}, {"text": "we", "start": null, "end": null, "probability": null}, {"text": "sold", "start": null, "end": null, "probability": null}, {"text": "two", "start": null, "end": null, "probability": null}, {"text": "hundred", "start": null, "end": null, "probability": null}, {"text": "more", "start": null, "end": null, "probability": null}, {"text": "rolls", "start": null, "end": null, "probability": null}, {"text": "a", "start": null, "end": null, "probability": null}, {"text": "week.", "start": null, "end": null, "probability": null}], "engine": "text", "model": null, "keeps_fillers": true, "seconds": null, "hesitations": null, "edited": false}', '{"version": 3, "kind": "behavioural", "sentences": [{"text": "Last year I worked at a bakery.", "part": "T", "first": 0, "last": 6, "start": null, "end": null, "confidence": 1.0, "why": "corrected by you"}, {"text": "We ran out of rolls.", "part": "S", "first": 7, "last": 11, "start": null, "end": null, "confidence": 1.0, "why": "its place in the answer"}, {"text": "My manager asked me to find out why.", "part": "T", "first": 12, "last": 19, "start": null, "end": null, "confidence": 1.0, "why": "\"my manager asked me to find\""}, {"text": "I counted what we sold each hour.", "part": "A", "first": 20, "last": 26, "start": null, "end": null, "confidence": 1.0, "why": "\"i counted\""}, {"text": "Then I wrote a new plan for the oven.", "part": "A", "first": 27, "last": 35, "start": null, "end": null, "confidence": 1.0, "why": "\"then i wrote\""}, {"text": "As a result we sold two hundred more rolls a week.", "part": "R", "first": 36, "last": 46, "start": null, "end": null, "confidence": 1.0, "why": "\"sold two hundred\", \"week\""}], "missing": [], "unclear": [], "episode": "past", "shares": {"S": 0.106, "T": 0.319, "A": 0.34, "R": 0.234}, "parts": [], "faults": [], "score": {"parts": {"S": 2, "T": 3, "A": 2, "R": 3}, "overall": 83}, "timing": {"seconds": null, "words_per_minute": null, "start_delay": null, "pauses": []}, "words": 47, "fillers": 0, "hesitations": null, "filler_words": [], "hedges": [], "ownership": {"i": 2, "we": 1, "passive": 0}, "has_numbers": true, "findings": [{"area": "star.structure", "met": 0.8, "text": "All four parts are told, in an order of their own.", "source": ""}, {"area": "star.example", "met": 1.0, "text": "One particular occasion is told.", "source": ""}, {"area": "star.setup", "met": 0.5, "text": "Situation and Task take 42% of the story; at most 35% is aimed at.", "source": "P"}, {"area": "star.action", "met": 0.75, "text": "3 steps are told, no reason for any.", "source": "P"}, {"area": "star.result", "met": 1.0, "text": "The Result takes 23% of the story.", "source": "P"}, {"area": "star.numbers", "met": 1.0, "text": "The Result has a figure, or a proxy for one.", "source": "C"}, {"area": "star.ownership", "met": 1.0, "text": "2 of 3 verbs of action have \u201cI\u201d before them.", "source": "C"}, {"area": "star.relevance", "met": null, "text": "Whether the answer fits the question is yours to judge.", "source": ""}, {"area": "voice.long", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.short", "met": null, "text": "A typed answer has no length in seconds.", "source": ""}, {"area": "voice.pace", "met": null, "text": "A typed answer has no pace.", "source": ""}, {"area": "voice.fillers", "met": 1.0, "text": "0.0 fillers per 100 words; up to 3 is fine.", "source": "P"}, {"area": "voice.hesitation", "met": null, "text": "A typed answer has no pauses.", "source": ""}, {"area": "voice.confidence", "met": 1.0, "text": "0.0 hedges per 100 words; no threshold is known, watch the trend.", "source": "E"}, {"area": "comp.conflict", "met": 1.0, "text": "A complete story is told.", "source": "C"}], "went_well": ["It says what came of it, with a figure: \u201cAs a result we sold two hundred more rolls \u2026\u201d"], "advice": [{"area": "star.setup", "text": "Situation and Task take 42% of the story; at most 35% is aimed at. Keep one sentence of \u201cWe ran out of rolls.\u201d and go on to your task."}]}', 3, '[{"first": 0, "last": 6, "part": "T"}]', 83, NULL, 1, NULL);
CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            who TEXT,
            date TEXT NOT NULL,
            words TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
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
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (1, 1, NULL, 'star.result', 'neg', 'Your answers lacked measurable outcomes', 'yes', 0, '2026-11-25T14:56:03.205900+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (2, 1, NULL, 'star.numbers', 'neg', 'Your answers lacked measurable outcomes', 'yes', 0, '2026-11-25T14:56:03.205900+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (3, 1, NULL, 'ext.experience', 'neg', 'In the end we chose someone with more experience', 'no', 0, '2026-11-25T14:56:03.205900+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (4, 1, NULL, 'ext.competition', 'neg', 'In the end we chose someone with more experience', 'no', 0, '2026-11-25T14:56:03.205900+00:00');
INSERT INTO points (id, rejection, feedback, area, polarity, words, controllable, vague, added) VALUES (5, NULL, NULL, 'star.setup', 'neg', 'noted by hand', 'yes', 0, '2026-11-25T14:56:06.626789+00:00');
CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            body TEXT NOT NULL,
            added TEXT NOT NULL,
            UNIQUE (kind, number)
        ) STRICT;
INSERT INTO records (id, kind, number, body, added) VALUES (1, 'story', 1, '{"title": "We ran out of rolls", "situation": "We ran out of rolls.", "task": "Last year I worked at a bakery. My manager asked me to find out why.", "action": "I counted what we sold each hour. Then I wrote a new plan for the oven.", "result": "As a result we sold two hundred more rolls a week.", "areas": ["comp.conflict"], "take": 1, "number": 1}', '2026-11-25T14:56:11.328546+00:00');
INSERT INTO records (id, kind, number, body, added) VALUES (2, 'note', 1, '{"attempt": 1, "text": "slower", "number": 1}', '2026-11-25T14:56:16.274155+00:00');
INSERT INTO records (id, kind, number, body, added) VALUES (3, 'plan item', 1, '{"action": "by hand", "title": "Time three answers aloud", "why": [], "measure": "", "review": "2026-12-09", "opened": "2026-11-25", "area": "voice.long", "state": "open", "closed": null, "ticked": false, "notes": [], "number": 1}', '2026-11-25T14:56:35.952920+00:00');
INSERT INTO records (id, kind, number, body, added) VALUES (4, 'interview', 1, '{"day": "2026-12-01", "role": "Baker", "stage": "panel", "clock": null, "company": "Acme", "debrief": null, "number": 1}', '2026-11-25T14:56:37.900068+00:00');
CREATE TABLE findings (
            area TEXT NOT NULL,
            attempt INTEGER NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
            met REAL NOT NULL,
            PRIMARY KEY (area, attempt)
        ) STRICT, WITHOUT ROWID;
INSERT INTO findings (area, attempt, met) VALUES ('comp.conflict', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.action', 1, 0.75);
INSERT INTO findings (area, attempt, met) VALUES ('star.example', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.numbers', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.ownership', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.result', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('star.setup', 1, 0.5);
INSERT INTO findings (area, attempt, met) VALUES ('star.structure', 1, 0.8);
INSERT INTO findings (area, attempt, met) VALUES ('voice.confidence', 1, 1.0);
INSERT INTO findings (area, attempt, met) VALUES ('voice.fillers', 1, 1.0);
CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            made TEXT NOT NULL,
            what TEXT NOT NULL
        ) STRICT;
INSERT INTO changes (id, made, what) VALUES (1, '2026-11-25T14:56:03.205900+00:00', 'the rejection by Harbour Hotel was added');
INSERT INTO changes (id, made, what) VALUES (2, '2026-11-25T14:56:06.626789+00:00', 'the area star.setup was noted');
INSERT INTO changes (id, made, what) VALUES (3, '2026-11-25T14:56:07.771568+00:00', 'sentences of take 1 were corrected');
INSERT INTO changes (id, made, what) VALUES (4, '2026-11-25T14:56:11.328546+00:00', 'story 1 was added');
INSERT INTO changes (id, made, what) VALUES (5, '2026-11-25T14:56:12.402558+00:00', 'rejection 1 was changed');
INSERT INTO changes (id, made, what) VALUES (6, '2026-11-25T14:56:16.246749+00:00', 'take 1 was starred');
INSERT INTO changes (id, made, what) VALUES (7, '2026-11-25T14:56:16.274155+00:00', 'note 1 was added');
INSERT INTO changes (id, made, what) VALUES (8, '2026-11-25T14:56:17.561285+00:00', 'take 2 was deleted');
INSERT INTO changes (id, made, what) VALUES (9, '2026-11-25T14:56:35.952920+00:00', 'plan item 1 was added');
INSERT INTO changes (id, made, what) VALUES (10, '2026-11-25T14:56:37.900068+00:00', 'interview 1 was added');
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
INSERT INTO edits (id, change, place, row, before) VALUES (7, 3, 'attempts', 1, '{"corrections": null, "assessment": "{\"version\": 3, \"kind\": \"behavioural\", \"sentences\": [{\"text\": \"Last year I worked at a bakery.\", \"part\": \"S\", \"first\": 0, \"last\": 6, \"start\": null, \"end\": null, \"confidence\": 0.99, \"why\": \"\\\"last year i worked at a bakery\\\"\"}, {\"text\": \"We ran out of rolls.\", \"part\": \"S\", \"first\": 7, \"last\": 11, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"its place in the answer\"}, {\"text\": \"My manager asked me to find out why.\", \"part\": \"T\", \"first\": 12, \"last\": 19, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"my manager asked me to find\\\"\"}, {\"text\": \"I counted what we sold each hour.\", \"part\": \"A\", \"first\": 20, \"last\": 26, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"i counted\\\"\"}, {\"text\": \"Then I wrote a new plan for the oven.\", \"part\": \"A\", \"first\": 27, \"last\": 35, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"then i wrote\\\"\"}, {\"text\": \"As a result we sold two hundred more rolls a week.\", \"part\": \"R\", \"first\": 36, \"last\": 46, \"start\": null, \"end\": null, \"confidence\": 1.0, \"why\": \"\\\"sold two hundred\\\", \\\"week\\\"\"}], \"missing\": [], \"unclear\": [], \"episode\": \"past\", \"shares\": {\"S\": 0.255, \"T\": 0.17, \"A\": 0.34, \"R\": 0.234}, \"parts\": [], \"faults\": [], \"score\": {\"parts\": {\"S\": 2, \"T\": 3, \"A\": 2, \"R\": 3}, \"overall\": 83}, \"timing\": {\"seconds\": null, \"words_per_minute\": null, \"start_delay\": null, \"pauses\": []}, \"words\": 47, \"fillers\": 0, \"hesitations\": null, \"filler_words\": [], \"hedges\": [], \"ownership\": {\"i\": 2, \"we\": 1, \"passive\": 0}, \"has_numbers\": true, \"findings\": [{\"area\": \"star.structure\", \"met\": 1.0, \"text\": \"All four parts are told, in order.\", \"source\": \"\"}, {\"area\": \"star.example\", \"met\": 1.0, \"text\": \"One particular occasion is told.\", \"source\": \"\"}, {\"area\": \"star.setup\", \"met\": 0.5, \"text\": \"Situation and Task take 43% of the story; at most 35% is aimed at.\", \"source\": \"P\"}, {\"area\": \"star.action\", \"met\": 0.75, \"text\": \"3 steps are told, no reason for any.\", \"source\": \"P\"}, {\"area\": \"star.result\", \"met\": 1.0, \"text\": \"The Result takes 23% of the story.\", \"source\": \"P\"}, {\"area\": \"star.numbers\", \"met\": 1.0, \"text\": \"The Result has a figure, or a proxy for one.\", \"source\": \"C\"}, {\"area\": \"star.ownership\", \"met\": 1.0, \"text\": \"2 of 3 verbs of action have \\u201cI\\u201d before them.\", \"source\": \"C\"}, {\"area\": \"star.relevance\", \"met\": null, \"text\": \"Whether the answer fits the question is yours to judge.\", \"source\": \"\"}, {\"area\": \"voice.long\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.short\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.pace\", \"met\": null, \"text\": \"A typed answer has no pace.\", \"source\": \"\"}, {\"area\": \"voice.fillers\", \"met\": 1.0, \"text\": \"0.0 fillers per 100 words; up to 3 is fine.\", \"source\": \"P\"}, {\"area\": \"voice.hesitation\", \"met\": null, \"text\": \"A typed answer has no pauses.\", \"source\": \"\"}, {\"area\": \"voice.confidence\", \"met\": 1.0, \"text\": \"0.0 hedges per 100 words; no threshold is known, watch the trend.\", \"source\": \"E\"}, {\"area\": \"comp.conflict\", \"met\": 1.0, \"text\": \"A complete story is told.\", \"source\": \"C\"}], \"went_well\": [\"It says what came of it, with a figure: \\u201cAs a result we sold two hundred more rolls \\u2026\\u201d\", \"All four parts are told, in order.\"], \"advice\": [{\"area\": \"star.setup\", \"text\": \"Situation and Task take 43% of the story; at most 35% is aimed at. Keep one sentence of \\u201cLast year I worked at a bakery.\\u201d and go on to your task.\"}]}", "assessor": 3, "score": 83, "seconds": null}');
INSERT INTO edits (id, change, place, row, before) VALUES (8, 4, 'records', 1, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (9, 5, 'rejections', 1, '{"company": "Harbour Hotel", "role": "Chef", "date": "2026-11-25", "stage": null, "words": "Your answers lacked measurable outcomes. In the end we chose someone with more experience.", "details": "{\"rest_until\": \"2026-11-26\"}"}');
INSERT INTO edits (id, change, place, row, before) VALUES (10, 6, 'attempts', 1, '{"starred": 0}');
INSERT INTO edits (id, change, place, row, before) VALUES (11, 7, 'records', 2, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (12, 8, 'attempts', 2, '{"id": 2, "sitting": 1, "question_id": "communication-07", "question_text": "Talk me through a document, guide or email of yours that people really used. How did you go about writing it?", "question": "{\"id\": \"communication-07\", \"text\": \"Talk me through a document, guide or email of yours that people really used. How did you go about writing it?\", \"kind\": \"behavioural\", \"areas\": [\"comp.communication\", \"star.action\", \"star.numbers\"], \"probes\": [\"Who was going to read it, and when?\", \"What did you cut or change along the way?\", \"How many people used it, or for how long?\"], \"shows\": [\"Readers and their need known before the writing began\", \"Several steps of the writing, such as drafts, trials or feedback\", \"Signs of use, such as fewer queries or time saved\"], \"field\": \"any\", \"level\": \"any\", \"variants\": [\"What is the most useful thing you have written at work or in your studies, and how do you know it was useful?\"], \"company\": \"\", \"target_seconds\": null}", "why": "Numbers: “Your answers lacked measurable outcomes” (rejection 1); one take so far.", "started": "2026-11-25T14:56:05.309866+00:00", "state": "assessed", "path": null, "recording": null, "transcript": "{\"words\": [{\"text\": \"I\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"was\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"a\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"waiter.\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"A\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"guest\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"shouted.\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"I\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"listened\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"and\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"brought\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"a\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"new\", \"start\": null, \"end\": null, \"probability\": null}, {\"text\": \"plate.\", \"start\": null, \"end\": null, \"probability\": null}], \"engine\": \"text\", \"model\": null, \"keeps_fillers\": true, \"seconds\": null, \"hesitations\": null, \"edited\": false}", "assessment": "{\"version\": 3, \"kind\": \"behavioural\", \"sentences\": [{\"text\": \"I was a waiter.\", \"part\": \"S\", \"first\": 0, \"last\": 3, \"start\": null, \"end\": null, \"confidence\": 0.72, \"why\": \"\\\"was a waiter\\\"\"}, {\"text\": \"A guest shouted.\", \"part\": \"S\", \"first\": 4, \"last\": 6, \"start\": null, \"end\": null, \"confidence\": 0.73, \"why\": \"\\\"a guest shouted\\\"\"}, {\"text\": \"I listened and brought a new plate.\", \"part\": \"A\", \"first\": 7, \"last\": 13, \"start\": null, \"end\": null, \"confidence\": 0.97, \"why\": \"\\\"i listened\\\"\"}], \"missing\": [\"R\"], \"unclear\": [\"T\"], \"episode\": \"past\", \"shares\": {\"S\": 0.5, \"T\": 0.0, \"A\": 0.5, \"R\": 0.0}, \"parts\": [], \"faults\": [], \"score\": {\"parts\": {\"S\": 2, \"T\": 1, \"A\": 1, \"R\": 0}, \"overall\": 28}, \"timing\": {\"seconds\": null, \"words_per_minute\": null, \"start_delay\": null, \"pauses\": []}, \"words\": 14, \"fillers\": 0, \"hesitations\": null, \"filler_words\": [], \"hedges\": [], \"ownership\": {\"i\": 1, \"we\": 0, \"passive\": 0}, \"has_numbers\": false, \"findings\": [{\"area\": \"star.structure\", \"met\": 0.62, \"text\": \"No Result is told.\", \"source\": \"\"}, {\"area\": \"star.example\", \"met\": 1.0, \"text\": \"One particular occasion is told.\", \"source\": \"\"}, {\"area\": \"star.setup\", \"met\": 0.3, \"text\": \"What was yours to do is only hinted at.\", \"source\": \"P\"}, {\"area\": \"star.action\", \"met\": 0.5, \"text\": \"One step is told; 3 are aimed at.\", \"source\": \"P\"}, {\"area\": \"star.result\", \"met\": 0.0, \"text\": \"What came of it is not told.\", \"source\": \"\"}, {\"area\": \"star.numbers\", \"met\": 0.0, \"text\": \"There is no Result that could hold a figure.\", \"source\": \"C\"}, {\"area\": \"star.ownership\", \"met\": 1.0, \"text\": \"1 of 1 verbs of action have \\u201cI\\u201d before them.\", \"source\": \"C\"}, {\"area\": \"star.relevance\", \"met\": null, \"text\": \"Whether the answer fits the question is yours to judge.\", \"source\": \"\"}, {\"area\": \"voice.long\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.short\", \"met\": null, \"text\": \"A typed answer has no length in seconds.\", \"source\": \"\"}, {\"area\": \"voice.pace\", \"met\": null, \"text\": \"A typed answer has no pace.\", \"source\": \"\"}, {\"area\": \"voice.fillers\", \"met\": 1.0, \"text\": \"0.0 fillers per 100 words; up to 3 is fine.\", \"source\": \"P\"}, {\"area\": \"voice.hesitation\", \"met\": null, \"text\": \"A typed answer has no pauses.\", \"source\": \"\"}, {\"area\": \"voice.confidence\", \"met\": 1.0, \"text\": \"0.0 hedges per 100 words; no threshold is known, watch the trend.\", \"source\": \"E\"}, {\"area\": \"comp.communication\", \"met\": 0.62, \"text\": \"The story is not complete.\", \"source\": \"C\"}], \"went_well\": [\"It starts from something real: \\u201cI was a waiter.\\u201d\"], \"advice\": [{\"area\": \"star.result\", \"text\": \"What came of it is not told. The story ends with \\u201cI listened and brought a new plate.\\u201d. Go on from there: what changed, and how do you know?\"}, {\"area\": \"star.action\", \"text\": \"One step is told; 3 are aimed at. After \\u201cI listened and brought a new plate.\\u201d say what you did next, and why that way.\"}, {\"area\": \"star.setup\", \"text\": \"What was yours to do is only hinted at. After \\u201cA guest shouted.\\u201d say your task in one sentence. Who set the goal, and what was yours to do?\"}]}", "assessor": 3, "corrections": null, "score": 28, "seconds": null, "starred": 0, "missing": "R"}');
INSERT INTO edits (id, change, place, row, before) VALUES (13, 9, 'records', 3, NULL);
INSERT INTO edits (id, change, place, row, before) VALUES (14, 10, 'records', 4, NULL);
CREATE TABLE trash (
            attempt INTEGER PRIMARY KEY,
            change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
            path TEXT
        ) STRICT;
INSERT INTO trash (attempt, change, path) VALUES (2, 8, NULL);
CREATE VIRTUAL TABLE "words" USING fts5(
            question, said, notes, tokenize = 'unicode61 remove_diacritics 2'
        );
INSERT INTO words (rowid, question, said, notes) VALUES (1, 'Have you ever had to repair a working relationship that had gone sour? What did you do, and did it hold?', 'Last year I worked at a bakery. We ran out of rolls. My manager asked me to find out why. I counted what we sold each hour. Then I wrote a new plan for the oven. As a result we sold two hundred more rolls a week.', 'slower');
CREATE INDEX attempts_by_start ON attempts(started);
CREATE INDEX points_by_area ON points(area);
CREATE INDEX findings_by_attempt ON findings(attempt);
CREATE INDEX attempts_by_question ON attempts(question_id);
CREATE INDEX edits_by_change ON edits(change);
CREATE INDEX edits_by_row ON edits(place, row);
CREATE INDEX attempts_in_short ON attempts(state, started, question_id, score, seconds);
CREATE INDEX attempts_by_star ON attempts(starred) WHERE starred;
CREATE INDEX attempts_by_missing ON attempts(missing);
CREATE TRIGGER attempt_added AFTER INSERT ON attempts BEGIN
            UPDATE attempts SET transcript = transcript, assessment = assessment
            WHERE id = new.id; END;
CREATE TRIGGER attempt_heard AFTER UPDATE OF transcript ON attempts BEGIN
            DELETE FROM words WHERE rowid = new.id; INSERT INTO words (rowid, question, said, notes)
            SELECT new.id, new.question_text,
            (SELECT group_concat(json_extract(value, '$.text'), ' ')
            FROM json_each(new.transcript, '$.words')),
            (SELECT group_concat(json_extract(body, '$.text'), char(10)) FROM records WHERE kind = 'note' AND json_extract(body, '$.attempt') = new.id)
            WHERE new.transcript IS NOT NULL; END;
CREATE TRIGGER attempt_judged AFTER UPDATE OF assessment ON attempts BEGIN
            DELETE FROM findings WHERE attempt = new.id; UPDATE attempts SET missing =
            (SELECT group_concat(value, '') FROM json_each(new.assessment, '$.missing'))
            WHERE id = new.id; INSERT OR IGNORE INTO findings (area, attempt, met)
            SELECT json_extract(value, '$.area'), new.id, json_extract(value, '$.met')
            FROM json_each(new.assessment, '$.findings')
            WHERE json_extract(value, '$.met') IS NOT NULL; END;
CREATE TRIGGER attempt_removed AFTER DELETE ON attempts BEGIN
            DELETE FROM words WHERE rowid = old.id; END;
CREATE TRIGGER note_added AFTER INSERT ON records WHEN new.kind = 'note' BEGIN
            UPDATE words SET notes = (SELECT group_concat(json_extract(body, '$.text'), char(10)) FROM records WHERE kind = 'note' AND json_extract(body, '$.attempt') = words.rowid)
            WHERE rowid = json_extract(new.body, '$.attempt'); END;
CREATE TRIGGER note_changed AFTER UPDATE ON records WHEN new.kind = 'note' BEGIN
            UPDATE words SET notes = (SELECT group_concat(json_extract(body, '$.text'), char(10)) FROM records WHERE kind = 'note' AND json_extract(body, '$.attempt') = words.rowid)
            WHERE rowid = json_extract(new.body, '$.attempt'); END;
CREATE TRIGGER note_removed AFTER DELETE ON records WHEN old.kind = 'note' BEGIN
            UPDATE words SET notes = (SELECT group_concat(json_extract(body, '$.text'), char(10)) FROM records WHERE kind = 'note' AND json_extract(body, '$.attempt') = words.rowid)
            WHERE rowid = json_extract(old.body, '$.attempt'); END;
