using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LaborBridge.Domain;

/// <summary>Repairs what spreadsheets and input methods do to identifiers: full-width characters, blanks, <c>="…"</c>.</summary>
public static partial class Cells
{
    /// <summary>
    /// The text without blanks and invisible characters anywhere, full-width forms made half-width, letters upper-case,
    /// and a spreadsheet's wrapping (<c>="642223…"</c>, a leading apostrophe) taken off. Empty for null.
    /// </summary>
    public static string Identifier(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var cleaned = new StringBuilder(text.Length);
        foreach (var original in text)
        {
            var c = HalfWidth(original);
            if (!IsBlank(c))
                cleaned.Append(char.ToUpperInvariant(c));
        }

        return Unwrap(cleaned.ToString());
    }

    /// <summary>A word from a cell: trimmed, inner blanks removed, full-width letters and brackets made half-width.</summary>
    public static string Word(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var cleaned = new StringBuilder(text.Length);
        foreach (var original in text)
        {
            var c = HalfWidth(original);
            if (!IsBlank(c))
                cleaned.Append(c);
        }

        return Unwrap(cleaned.ToString());
    }

    /// <summary>The text with full-width letters, digits and blanks made half-width, all else kept.</summary>
    public static string Spaced(string text) => string.Concat(text.Select(c => c == '\u3000' ? ' ' : HalfWidth(c)));

    /// <summary>Whether a spreadsheet turned the digits into a floating-point number, like <c>6.42223E+17</c>. The digits are lost.</summary>
    public static bool IsDestroyedNumber(string cleaned) => Scientific().IsMatch(cleaned);

    /// <summary>
    /// The text as it may leave in a sheet: what a spreadsheet would run as a formula once the sheet is saved as CSV gets an apostrophe before it
    /// (<c>=cmd|…</c>, +, -, @ and their full-width forms, behind blanks and invisible characters too). Signed numbers and phones stay as they are.
    /// </summary>
    public static string Harmless(string text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
            start++;
        var startsFormula = start < text.Length && HalfWidth(text[start]) is '=' or '+' or '-' or '@';
        return (startsFormula && !SignedNumber().IsMatch(text)) || text is ['\t' or '\r' or '\n', ..] ? "'" + text : text;
    }

    /// <summary>Whether the text is what a spreadsheet shows where a formula failed: <c>#REF!</c>, <c>#N/A</c> and their like.</summary>
    public static bool IsFormulaError(string? text) => FormulaError().IsMatch(text ?? "");

    /// <summary>Whether there is nothing but ASCII digits.</summary>
    internal static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>The trimmed text without a spreadsheet's wrapping, all else kept.</summary>
    internal static string UnwrapOnly(string? text) => Unwrap((text ?? "").Trim());

    static string Unwrap(string text)
    {
        var inner = text.AsSpan();
        if (inner is ['=', '"', .., '"'])
            inner = inner[2..^1];
        else if (inner is ['"', .., '"'] && inner.Length > 1)
            inner = inner[1..^1];
        return inner.TrimStart('\'').TrimStart('’').TrimStart('`').ToString();
    }

    static char HalfWidth(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '“' or '”' => '"',
        _ => c,
    };

    // Formats are what nobody sees: zero-width characters, marks of writing direction, soft hyphens.
    static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    [GeneratedRegex(@"^[+-][0-9][0-9 .]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SignedNumber();

    [GeneratedRegex(@"^\s*(#(REF|VALUE|NUM|NULL|DIV/0)!|#NAME\?|#N/A|#(SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY)!|#GETTING_DATA|#{3,})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FormulaError();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?E\+?[0-9]{1,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Scientific();
}
