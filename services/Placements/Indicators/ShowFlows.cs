using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Who went from which home county to which city or county, and who came back: homes, workplaces and homes again are three columns, since a chart of flows cannot run in circles.</summary>
internal static class ShowFlows
{
    internal sealed record Response(DateOnly From, DateOnly To, DateOnly AsOf, string Unit, IReadOnlyList<Node> Nodes, IReadOnlyList<Link> Links, IReadOnlyList<Link> Returns);

    /// <summary>A place in a column. <paramref name="Side"/>: <c>home</c>, <c>work</c>, <c>back</c>.</summary>
    internal sealed record Node(string Id, string Key, string Label, string Side);

    /// <summary>Distinct persons between two nodes.</summary>
    internal sealed record Link(string From, string To, int People);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/flows",
            (HttpContext http, OutflowBook book, TimeProvider time) => Handle(book, IndicatorQuery.Parse(http, http.Caller(), time), http.Language()))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowFlows");

    internal static Task<Response> Handle(OutflowBook book, IndicatorQuery query, Language language) =>
        book.Query(query.KnownAt, known => Count(known, query, language));

    internal static Response Count(Snapshot known, IndicatorQuery query, Language language)
    {
        var window = Window.Of(query.From, query.To, query.AsOf);
        var target = query.By == By.County ? By.County : By.City;
        var (went, back) = (new Dictionary<(string, string), HashSet<int>>(), new Dictionary<(string, string), HashSet<int>>());
        foreach (var spell in known.Spells)
        {
            if (spell is null || !spell.Counts || !query.Sees(spell) || spell.First > window.To)
                continue;
            var last = spell.Last <= window.AsOf ? spell.Last : Spell.Never;
            if (last < window.From)
                continue;
            var home = Grouping.KeyOf(spell, By.County, Side.Sending);
            var work = Grouping.KeyOf(spell, target, Side.Receiving);
            Of(went, ($"home:{home}", $"work:{work}")).Add(spell.Worker);
            if (spell.Returned && last <= window.To)
                Of(back, ($"work:{work}", $"back:{home}")).Add(spell.Worker);
        }

        var nodes = went.Keys.Concat(back.Keys).SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct().Order(StringComparer.Ordinal).Select(id =>
        {
            var (side, key) = (id.Split(':')[0], id.Split(':')[1]);
            return new Node(id, key, Grouping.LabelOf(key, By.County, known, language), side);
        });
        return new Response(query.From, query.To, query.AsOf, "人", [.. nodes], Links(went), Links(back));
    }

    static HashSet<int> Of(Dictionary<(string, string), HashSet<int>> people, (string, string) pair)
    {
        if (!people.TryGetValue(pair, out var those))
            people.Add(pair, those = []);
        return those;
    }

    static IReadOnlyList<Link> Links(Dictionary<(string From, string To), HashSet<int>> people) =>
        [.. people.Select(pair => new Link(pair.Key.From, pair.Key.To, pair.Value.Count)).OrderByDescending(link => link.People).ThenBy(link => link.From, StringComparer.Ordinal).ThenBy(link => link.To, StringComparer.Ordinal)];
}
