namespace LaborBridge.Tests.Fixtures;

/// <summary>A new empty folder that disappears with its owner.</summary>
public sealed class TempFolder : IDisposable
{
    private TempFolder(string path) => Path = path;

    public string Path { get; }

    public static TempFolder Create() => new(Directory.CreateTempSubdirectory("laborbridge-").FullName);

    /// <summary>Full path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
