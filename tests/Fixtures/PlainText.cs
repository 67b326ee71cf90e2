using System.Text;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Looks for values in whatever was written: files of any kind as bytes, text as it is.</summary>
public sealed class PlainText(IReadOnlyList<string> values)
{
    private readonly IReadOnlyList<(string Value, byte[] Bytes)> needles =
    [
        .. values.Select(value => (value, Encoding.UTF8.GetBytes(value))), .. values.Select(value => (value, Encoding.Unicode.GetBytes(value))),
    ];

    /// <summary>Where a value stands in the files of a folder and below, those included that another process has open.</summary>
    public IReadOnlyList<string> InFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).SelectMany(file => In(Path.GetRelativePath(folder, file), Read(file)))];

    /// <summary>Where a value stands in a text.</summary>
    public IReadOnlyList<string> In(string name, string text) => In(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Where a value stands in bytes.</summary>
    public IReadOnlyList<string> In(string name, byte[] content) =>
        [.. needles.Where(needle => content.AsSpan().IndexOf(needle.Bytes) >= 0).Select(needle => $"{needle.Value} stands in {name}").Distinct(StringComparer.Ordinal)];

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }
        catch (FileNotFoundException)
        {
            // A service removed a file of its own meanwhile.
            return [];
        }
    }
}
