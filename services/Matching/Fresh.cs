using System.Globalization;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>
/// <c>?after=</c> on reads of copies: waits up to 2 s until this copy, and the book, have what the caller has just written. A bare number is a position of
/// the usual stream of that read; <c>employers:17</c> names another.
/// </summary>
internal static class Fresh
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    public static async Task Wait(HttpContext http, StreamPositions<MatchingService> streams, BookKeeper books, string usual)
    {
        foreach (var after in http.Request.Query["after"])
        {
            var parts = (after ?? "").Split(':');
            var stream = parts.Length == 2 ? parts[0] : usual;
            if (!long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var position) || stream is not ("workers" or "employers" or "placements" or "matching"))
            {
                throw new ProblemException(Problem.Validation("after", "invalid", "after 应为写入答复中的 position。", "after is the position that a write answered with."));
            }

            await streams.WaitFor(stream, position, AtMost, http.RequestAborted);
            await books.CatchUp(http.RequestAborted);
        }
    }
}
