using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LaborBridge.ServiceDefaults;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">At most so many items, 1–200.</param>
/// <param name="After">The last key of the part before, or null.</param>
public sealed record PageRequest(int Limit, string? After)
{
    /// <summary>How many rows to read, one more than shown, to know whether more follow.</summary>
    public int Take => Limit + 1;

    /// <summary>Reads <c>?cursor=&amp;limit=</c>.</summary>
    /// <exception cref="ProblemException">One of them is malformed.</exception>
    public static PageRequest From(HttpContext http)
    {
        var limitText = http.Request.Query["limit"].ToString();
        var cursor = http.Request.Query["cursor"].ToString();
        var limit = 50;
        if (limitText.Length > 0 && (!int.TryParse(limitText, out limit) || limit is < 1 or > 200))
        {
            throw new ProblemException(Problem.Validation("limit", "out-of-range", "limit 应为 1 到 200 的整数。", "limit is a whole number from 1 to 200."));
        }

        return new PageRequest(limit, cursor.Length == 0 ? null : Decode(cursor));
    }

    internal static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string Decode(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            throw new ProblemException(Problem.Validation("cursor", "malformed", "cursor 应原样取自上一页的 next。", "Take cursor unchanged from the previous answer's next."));
        }
    }
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Cursor of the next part, null at the end.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes parts of lists.</summary>
public static class Paged
{
    /// <summary>The part from rows read with <see cref="PageRequest.Take"/>.</summary>
    /// <param name="page">What was asked for.</param>
    /// <param name="rows">The rows, one more than shown where more follow.</param>
    /// <param name="key">A row's place in the order, unique.</param>
    /// <param name="item">What is shown of a row.</param>
    public static Paged<T> From<TRow, T>(PageRequest page, IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<TRow, T> item) => new(
        [.. rows.Take(page.Limit).Select(item)],
        rows.Count > page.Limit ? PageRequest.Encode(key(rows[page.Limit - 1])) : null);
}
