using System.Xml.Linq;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Architecture.Knowing;

/// <summary>What one project knows, as its csproj and its compiled assembly say it.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Projects">Projects it references, by csproj or as assemblies.</param>
/// <param name="Packages">Packages and foreign assemblies it references.</param>
/// <param name="Types">Full names of the foreign types it uses.</param>
internal sealed record ProjectFacts(string Project, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages, IReadOnlySet<string> Types)
{
    private const string Prefix = "LaborBridge.";

    /// <summary>Every project under <c>shared</c> and <c>services</c>.</summary>
    public static IReadOnlyList<ProjectFacts> OfProduction() =>
        [.. new[] { "shared", "services" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    private static ProjectFacts Read(string file)
    {
        var project = Path.GetFileNameWithoutExtension(file);
        var xml = XDocument.Load(file);
        var assembly = xml.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Prefix + project;
        var (references, types) = AssemblyFacts.Read(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        var projects = Included(xml, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Concat(references.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]));
        var packages = Included(xml, "PackageReference")
            .Concat(references.Where(name => !name.StartsWith(Prefix, StringComparison.Ordinal)));
        return new ProjectFacts(project, projects.ToHashSet(StringComparer.Ordinal), packages.ToHashSet(StringComparer.Ordinal), types);
    }

    private static IEnumerable<string> Included(XDocument xml, string item) =>
        xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
