using System.Text.Json;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Every wording that a posting ever had, the last first, with what changed against the one before: what was promised when somebody said yes can be read again.</summary>
internal static class ShowPostingHistory
{
    private static readonly Sql Versions = Sql.Text("""
        SELECT version, terms, saved_by, saved_at FROM posting_versions WHERE posting_id = @Id AND version < @Before ORDER BY version DESC {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/postings/{id:guid}/versions", (Guid id, HttpContext http, Requests<EmployersService> requests) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, id, PageRequest.From(http))))
        .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
        .WithName("FindPostingVersions");

    private static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, PageRequest page)
    {
        var row = await FindPostings.Get(tx, id);
        var employer = row is null ? null : await FindEmployers.Get(tx, row.EmployerId);
        if (employer is null || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound();
        }

        // The row after the page tells what the last one shown has changed.
        var rows = await tx.Query<VersionRow>(Versions, new { Id = id, Before = long.TryParse(page.After, out var before) ? before : long.MaxValue, Limit = page.Take });
        var shown = rows.Select((one, index) => (Row: one, Before: index + 1 < rows.Count ? rows[index + 1] : null)).ToList();
        return Reply.Ok(Paged.From(page, shown, one => $"{one.Row.Version}", one => new
        {
            one.Row.Version,
            one.Row.SavedBy,
            one.Row.SavedAt,
            changed = one.Before is null ? [] : Changed(one.Before.Terms, one.Row.Terms),
            terms = JsonSerializer.Deserialize<PostingTerms>(one.Row.Terms, JsonText.Options),
        }));
    }

    private static string[] Changed(string before, string after)
    {
        using var old = JsonDocument.Parse(before);
        using var now = JsonDocument.Parse(after);
        var names = old.RootElement.EnumerateObject().Concat(now.RootElement.EnumerateObject()).Select(one => one.Name).Distinct(StringComparer.Ordinal);
        return [.. names.Where(name => Text(old, name) != Text(now, name))];

        static string? Text(JsonDocument terms, string name) => terms.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;
    }

    private sealed class VersionRow
    {
        public required long Version { get; init; }
        public required string Terms { get; init; }
        public required string SavedBy { get; init; }
        public required DateTimeOffset SavedAt { get; init; }
    }
}
