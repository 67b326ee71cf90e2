using System.Text;

namespace LaborBridge.Domain;

/// <summary>The embedded tables under <c>Data/</c>: UTF-8, a header line, fields by name, quotes as in RFC 4180.</summary>
static class EmbeddedCsv
{
    /// <summary>All rows of <c>Data/{name}.csv</c>.</summary>
    internal static IReadOnlyList<Row> Read(string name)
    {
        var assembly = typeof(EmbeddedCsv).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(r => r.EndsWith($".Data.{name}.csv", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"Resource {resource} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd(), name);
    }

    internal static IReadOnlyList<Row> Parse(string text, string name)
    {
        var records = Records(text).ToList();
        var header = records[0].Select((field, index) => (field, index)).ToDictionary(x => x.field, x => x.index, StringComparer.Ordinal);
        var rows = new List<Row>(records.Count - 1);
        foreach (var fields in records.Skip(1))
        {
            if (fields.Length != header.Count)
                throw new FormatException($"{name}.csv, row {rows.Count + 2}: {fields.Length} fields, the header has {header.Count}.");
            rows.Add(new Row(header, fields));
        }

        return rows;
    }

    static IEnumerable<string[]> Records(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || c is not (',' or '\n' or '\r'))
                field.Append(c);
            else if (c == ',')
                Take();
            else if (c == '\n')
            {
                Take();
                if (fields is not [""])
                    yield return [.. fields];
                fields.Clear();
            }
        }

        if (field.Length == 0 && fields.Count == 0)
            yield break;
        Take();
        yield return [.. fields];

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }

    /// <summary>One record; fields are asked for by the header's names.</summary>
    internal sealed class Row(Dictionary<string, int> header, string[] fields)
    {
        internal string this[string column] => fields[header[column]];

        internal string? Optional(string column) => this[column] is { Length: > 0 } value ? value : null;

        internal bool Flag(string column) => this[column] switch
        {
            "yes" => true,
            "no" or "" => false,
            var other => throw new FormatException($"{column}: {other} is neither yes nor no."),
        };

        internal DateOnly? Day(string column) => Optional(column) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd") : null;

        internal Period Validity() => new(Day("valid_from") ?? DateOnly.MinValue, Day("valid_to"));

        internal string[] List(string column) => this[column].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
