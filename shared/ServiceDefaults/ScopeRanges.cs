namespace LaborBridge.ServiceDefaults;

/// <summary>
/// A caller's divisions as half-open ranges of codes. In SQL:
/// <c>((d &gt;= @ScopeLo0 AND d &lt; @ScopeHi0) OR (d &gt;= @ScopeLo1 AND d &lt; @ScopeHi1) OR (… 2) OR (… 3))</c>; <see cref="Where"/> writes it.
/// </summary>
public sealed record ScopeRanges(
    string ScopeLo0, string ScopeHi0, string ScopeLo1, string ScopeHi1, string ScopeLo2, string ScopeHi2, string ScopeLo3, string ScopeHi3)
{
    /// <summary>How many divisions an account may have.</summary>
    public const int Most = 4;

    // Codes are digits; '~' sorts after them in a binary collation, so [~, ~) is empty.
    private const string End = "~";

    /// <summary>Every division.</summary>
    public static ScopeRanges Everything { get; } = new("", End, End, End, End, End, End, End);

    /// <summary>The ranges of up to <see cref="Most"/> codes.</summary>
    /// <exception cref="ArgumentException">More than that.</exception>
    public static ScopeRanges Of(IReadOnlyList<string> divisions)
    {
        if (divisions.Count > Most)
        {
            throw new ArgumentException($"An account sees at most {Most} divisions; name the division above them instead.", nameof(divisions));
        }

        return new(Lo(0), Hi(0), Lo(1), Hi(1), Lo(2), Hi(2), Lo(3), Hi(3));

        string Lo(int i) => i < divisions.Count && divisions[i].Length > 0 ? divisions[i] : End;
        string Hi(int i) => i < divisions.Count && divisions[i] is { Length: > 0 } code ? code[..^1] + (char)(code[^1] + 1) : End;
    }

    /// <summary>The condition for one column of a statement, to be spliced into its text.</summary>
    public static string Where(string column) => "(" + string.Join(" OR ",
        Enumerable.Range(0, Most).Select(i => $"({column} >= @ScopeLo{i} AND {column} < @ScopeHi{i})")) + ")";
}

/// <summary>Arguments of a statement put together from several objects.</summary>
public static class Args
{
    /// <summary>All properties of both; <paramref name="own"/> wins.</summary>
    public static IReadOnlyDictionary<string, object?> With(ScopeRanges scope, object? own = null)
    {
        var all = new Dictionary<string, object?>();
        foreach (var source in new[] { scope, own })
        {
            foreach (var property in source?.GetType().GetProperties() ?? [])
            {
                if (property.GetMethod is { IsStatic: false })
                {
                    all[property.Name] = property.GetValue(source);
                }
            }
        }

        return all;
    }
}
