namespace LaborBridge.Tests.Fixtures;

/// <summary>Where things lie in the working tree that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder with LaborBridge.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>Debug or Release, as the running tests were built.</summary>
    public static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))
        ?? throw new InvalidOperationException("Run the tests from bin/<configuration>/<framework>.");

    /// <summary>Full path of a file or folder given relative to the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The built files of a project, for example <c>services/Workers</c>.</summary>
    public static string OutputOf(string project) =>
        PathOf(project, "bin", Configuration, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LaborBridge.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No LaborBridge.sln above {AppContext.BaseDirectory}: run the tests inside the working tree.");
    }
}
