using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Architecture.House;

/// <summary>The files of the repository: everything in the folder but what .gitignore names.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> IgnoredFolders =
        File.ReadLines(Repository.PathOf(".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/')).Append(".git").ToHashSet(StringComparer.Ordinal);

    private static readonly string[] Texts =
        [".cs", ".cshtml", ".css", ".csproj", ".csv", ".editorconfig", ".gitignore", ".html", ".js", ".json", ".md", ".npmrc", ".props", ".resx", ".sh", ".sln", ".sql",
         ".svg", ".targets", ".txt", ".xml", ".yaml", ".yml", ""];

    /// <summary>Paths relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. In(Repository.Root, "").Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TextFiles => Files.Where(file => Texts.Contains(Path.GetExtension(file)) || Path.GetFileName(file).StartsWith('.'));

    public static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    /// <summary>Names at the top, folders with a slash.</summary>
    public static IEnumerable<string> Top => Files.Select(file => file.Contains('/') ? file[..(file.IndexOf('/') + 1)] : file).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> In(string folder, string prefix) =>
        Directory.EnumerateFiles(folder).Where(file => prefix.Length > 0 || Path.GetFileName(file) != ".git").Select(file => prefix + Path.GetFileName(file))
            .Concat(Directory.EnumerateDirectories(folder)
                .Select(inner => (Folder: inner, Name: Path.GetFileName(inner)))
                .Where(inner => !IgnoredFolders.Contains(inner.Name) && !IgnoredFolders.Contains(prefix + inner.Name))
                .SelectMany(inner => In(inner.Folder, $"{prefix}{inner.Name}/")));
}
