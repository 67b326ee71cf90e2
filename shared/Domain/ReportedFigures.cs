using System.Globalization;

namespace LaborBridge.Domain;

/// <summary>How a printed figure stands to the true one.</summary>
public enum Bound
{
    /// <summary>Printed as it is.</summary>
    [Word("", "")]
    Exact,

    /// <summary>Rounded either way.</summary>
    [Word("约", "about")]
    About,

    /// <summary>近: the true figure is a little below.</summary>
    [Word("近", "nearly")]
    Below,

    /// <summary>超, 余, 多: the true figure is a little above.</summary>
    [Word("超", "over")]
    Above,
}

/// <summary>The same words in both languages.</summary>
/// <param name="Chinese">For the users.</param>
/// <param name="English">For who asks for it.</param>
public sealed record Wording(string Chinese, string English);

/// <summary>A figure that the press or an office printed. Never show one without unit, scope, as-of day and source, and never as if it were ours.</summary>
/// <param name="Key">The key of the HTTP contract.</param>
/// <param name="Label">What was counted, in the words of the source.</param>
/// <param name="Value">The number.</param>
/// <param name="Bound">How it stands to the true one.</param>
/// <param name="Unit">人, 人次, 个, 对 or 家: persons and person-times are never added.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="AsOf">The day it was printed for.</param>
/// <param name="Source">Who printed it.</param>
/// <param name="Note">The trap in it, or empty.</param>
public sealed record ReportedFigure(string Key, Wording Label, long Value, Bound Bound, string Unit, Wording Scope, DateOnly AsOf, Wording Source, Wording Note);

/// <summary>The reported figures (embedded <c>reported-figures.csv</c>).</summary>
public static class ReportedFigures
{
    /// <summary>All figures, in the order of the table.</summary>
    public static IReadOnlyList<ReportedFigure> All { get; } =
        [.. EmbeddedCsv.Read("reported-figures").Select(row => new ReportedFigure(
            row["key"], Both(row, "label"), long.Parse(row["value"], CultureInfo.InvariantCulture), Kebab.Parse<Bound>(row["bound"]), row["unit"], Both(row, "scope"),
            row.Day("as_of") ?? throw new FormatException($"reported-figures.csv: {row["key"]} has no as_of."), Both(row, "source"), Both(row, "note")))];

    /// <summary>The figure of a key, or null.</summary>
    public static ReportedFigure? Find(string key) => All.FirstOrDefault(f => f.Key == key);

    static Wording Both(EmbeddedCsv.Row row, string column) => new(row[$"{column}_zh"], row[$"{column}_en"]);
}
