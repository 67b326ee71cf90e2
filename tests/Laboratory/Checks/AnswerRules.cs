namespace LaborBridge.Tests.Laboratory;

/// <summary>Every acknowledged write is there, every write at most once, nothing that was refused.</summary>
internal static class AnswerRules
{
    public static async Task Check(Findings findings, Books books, Journal journal)
    {
        foreach (var lost in journal.All.Where(sent => sent.Status is null))
        {
            findings.That("everybody gets an answer", holds: false, () => $"{lost.Act} {lost.Mark}");
        }

        foreach (var sent in journal.All)
        {
            findings.That("what people send is well formed", sent.Status != 400, () => $"{sent.Act} {sent.Mark}: {sent.Answer["errors"]?.ToJsonString() ?? sent.Answer["code"]?.ToString()}");
        }

        await Events(findings, books, journal);
        await Marks(findings, books, journal, ActKind.Register, "workers", "SELECT person_number AS mark, id FROM workers WHERE person_number IS NOT NULL");
        await Marks(findings, books, journal, ActKind.Reveal, "workers", "SELECT purpose AS mark, worker_id AS id FROM access_log");
        await Marks(findings, books, journal, ActKind.RegisterFirm, "employers", "SELECT name AS mark, id FROM employers");
        await Marks(findings, books, journal, ActKind.Post, "employers", "SELECT title AS mark, id FROM postings");
        await Marks(findings, books, journal, ActKind.PlaceSelfFound, "placements", "SELECT workplace_text AS mark, id FROM placement WHERE source = 'self-reported'");
        await Marks(findings, books, journal, ActKind.Offer, "matching", "SELECT worker_id || ' ' || posting_id AS mark, id FROM offers");
        await OfferAnswers(findings, books, journal);
        await Steps(findings, books, journal);
        await Rosters(findings, books, journal);
    }

    /// <summary>The position that a write was answered with is its event's, and nobody else's.</summary>
    private static async Task Events(Findings findings, Books books, Journal journal)
    {
        foreach (var service in Names.Streaming)
        {
            var log = (await books.Read(service, "SELECT position, subject FROM stream_log")).ToDictionary(row => row.Long("position"), row => row.Text("subject"));
            var answered = journal.All.Where(sent => sent.Service == service && sent is { Stands: true, Position: not null }).ToList();
            foreach (var sent in answered)
            {
                findings.That("an acknowledged write's event is in the log", log.ContainsKey(sent.Position!.Value), () => $"{service} {sent.Position}: {sent.Act} {sent.Mark}");
            }

            foreach (var twice in answered.GroupBy(sent => sent.Position).Where(group => group.Count() > 1))
            {
                findings.That("no two writes share a position", holds: false, () => $"{service} {twice.Key}: {string.Join(", ", twice.Select(sent => $"{sent.Act} {sent.Mark}"))}");
            }
        }
    }

    private static async Task Marks(Findings findings, Books books, Journal journal, ActKind act, string service, string sql)
    {
        var rows = (await books.Read(service, sql)).ToLookup(row => row.Text("mark") ?? "", row => row.Id());
        foreach (var sent in journal.Of(act).Where(sent => sent.Mark.Length > 0).GroupBy(sent => sent.Mark))
        {
            var (there, acknowledged) = (rows[sent.Key].ToList(), sent.Count(one => one.Stands));
            findings.That($"every acknowledged {act} is there", there.Count >= acknowledged, () => $"{sent.Key}: {acknowledged} acknowledged, {there.Count} there");
            findings.That($"no {act} is there twice", there.Count <= acknowledged + sent.Count(one => one.IsUncertain), () => $"{sent.Key}: {acknowledged} acknowledged, {there.Count} there");
            foreach (var one in sent.Where(one => one is { Stands: true, Subject: not null } && act != ActKind.Reveal))
            {
                findings.That($"every acknowledged {act} is there", there.Contains($"{one.Subject}"), () => $"{sent.Key} as {one.Subject}");
            }
        }
    }

    private static async Task OfferAnswers(Findings findings, Books books, Journal journal)
    {
        var told = (await books.Read("matching", "SELECT subject, body FROM stream_log WHERE kind = 'offer-answered'"))
            .Select(row => (Offer: row.Text("subject"), Told: System.Text.Json.Nodes.JsonNode.Parse(row.Text("body")!)!))
            .GroupBy(one => $"{one.Offer} {one.Told["party"]} {one.Told["answer"]}").ToDictionary(group => group.Key, group => group.Count());
        foreach (var answers in journal.All.Where(sent => sent.Act is ActKind.AnswerForWorker or ActKind.AnswerForFirm).GroupBy(sent => sent.Mark))
        {
            var (acknowledged, there) = (answers.Count(one => one.Stands), told.GetValueOrDefault(answers.Key));
            findings.That("every acknowledged answer is there, once", there >= acknowledged && there <= acknowledged + answers.Count(one => one.IsUncertain), () => $"{answers.Key}: {acknowledged} acknowledged, {there} there");
        }
    }

    private static async Task Steps(Findings findings, Books books, Journal journal)
    {
        // Opening a spell with its first and last day writes these too; the versions count everything else.
        var versions = (await books.Read("placements", "SELECT id, version FROM placement")).ToDictionary(row => row.Id(), row => row.Long("version"));
        foreach (var steps in journal.Of(ActKind.Step).GroupBy(sent => sent.Mark))
        {
            var (acknowledged, taken) = (steps.Count(one => one.Stands), versions.GetValueOrDefault(steps.Key) - 1);
            findings.That("every acknowledged step is there, once", taken >= acknowledged && taken <= acknowledged + steps.Count(one => one.IsUncertain), () => $"{steps.Key}: {acknowledged} acknowledged, {taken} taken");
        }
    }

    private static async Task Rosters(Findings findings, Books books, Journal journal)
    {
        foreach (var sent in journal.Of(ActKind.ImportRoster).Where(sent => sent.Stands))
        {
            var roster = (await books.Read("workers", $"SELECT state, count_new, count_error FROM rosters WHERE id = '{sent.Subject}'")).SingleOrDefault();
            findings.That("an import comes to its end", roster?.Text("state") == "done" && roster.Long("count_new") == People.RosterRows,
                () => roster is null ? "it is not there" : $"{roster.Text("state")}: {roster.Long("count_new")} new, {roster.Long("count_error")} wrong");
            var people = await books.Number("workers", $"SELECT COUNT(*) AS n FROM workers WHERE household_number LIKE '{sent.Mark}%'");
            findings.That("an import stores each row once", people == People.RosterRows, () => $"{people} of {People.RosterRows}");
        }
    }
}
