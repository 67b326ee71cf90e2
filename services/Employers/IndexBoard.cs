using LaborBridge.Persistence;

namespace LaborBridge.Employers;

/// <summary>The words by which live postings are found; kept where postings come and go, and made once at start for those that went live before there were words.</summary>
internal sealed partial class IndexBoard(Db<EmployersService> db, ILogger<IndexBoard> log) : BackgroundService
{
    private static readonly Sql Text = Sql.Text("SELECT search_text FROM postings WHERE id = @Id");

    private static readonly Sql Add = Sql.Insert("board_words", "word, posting_id");

    private static readonly Sql Remove = Sql.Text("DELETE FROM board_words WHERE posting_id = @Id");

    private static readonly Sql Wordless = Sql.Text("""
        SELECT id FROM postings WHERE state = 'live' AND id NOT IN (SELECT posting_id FROM board_words) ORDER BY id {first:@Limit}
        """);

    private static readonly Sql Known = Sql.Text("SELECT DISTINCT word FROM board_words WHERE word IN @Words");

    /// <summary>The posting can be found by its text as it stands now.</summary>
    public static async Task Put(Tx tx, Guid posting)
    {
        await Drop(tx, posting);
        var text = await tx.Scalar<string>(Text, new { Id = posting }) ?? throw new InvalidOperationException($"Posting {posting} has no text.");
        await tx.ExecuteMany(Add, [.. BoardWords.Of(text).Select(word => new Row { Word = word, PostingId = posting })]);
    }

    public static Task Drop(Tx tx, Guid posting) => tx.Execute(Remove, new { Id = posting });

    /// <summary>
    /// The words that a posting must have to be what was typed; null when nothing was. Pairs that no posting has are where two words meet, and left out; but where nothing is left
    /// of a thing asked for, its first word stays, which no posting has.
    /// </summary>
    public static async Task<IReadOnlyList<string>?> Wanted(Tx tx, string? typed)
    {
        var asked = BoardWords.Asked(typed is { Length: > 60 } ? typed[..60] : typed ?? "");
        if (asked.Count == 0)
        {
            return null;
        }

        var known = (await tx.Query<string>(Known, new { Words = asked.SelectMany(words => words).Distinct(StringComparer.Ordinal) })).ToHashSet(StringComparer.Ordinal);
        return [.. asked.SelectMany(words => words.Any(known.Contains) ? words.Where(known.Contains) : words.Take(1)).Distinct(StringComparer.Ordinal)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await db.Write(CatchUp, cancel: stoppingToken) > 0)
            {
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failed(error);
        }
    }

    internal static async Task<int> CatchUp(Tx tx)
    {
        var postings = await tx.Query<Guid>(Wordless, new { Limit = 50 });
        foreach (var posting in postings)
        {
            await Put(tx, posting);
        }

        return postings.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Postings that went live before there were words could not be made findable; the next start tries again.")]
    private partial void Failed(Exception error);

    private sealed class Row
    {
        public required string Word { get; init; }
        public required Guid PostingId { get; init; }
    }
}
