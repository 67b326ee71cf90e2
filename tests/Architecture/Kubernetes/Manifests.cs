using LaborBridge.Tests.Fixtures;
using YamlDotNet.RepresentationModel;

namespace LaborBridge.Tests.Architecture.Kubernetes;

/// <summary>One Kubernetes object as it stands in a file.</summary>
internal sealed record Manifest(string File, YamlMappingNode Root)
{
    public string Kind => Root.Text("kind")!;

    public string Name => Root.Text("metadata/name")!;

    public override string ToString() => $"{Kind} {Name} ({File})";
}

/// <summary>A folder of manifests with its kustomization, read as far as LaborBridge uses kustomize.</summary>
internal sealed class Kustomization
{
    private readonly string folder;
    private readonly YamlMappingNode root;

    public Kustomization(string folder)
    {
        this.folder = folder;
        root = Yaml.Documents(Path.Combine(folder, "kustomization.yaml")).Single();
    }

    public IReadOnlyList<string> Resources => [.. root.Texts("resources/*")];

    public IReadOnlyList<string> Patches => [.. root.Texts("patches/*/path")];

    /// <summary>Names that images and replicas are set for.</summary>
    public IEnumerable<string> Replicas => root.Texts("replicas/*/name");

    public IEnumerable<string> Images => root.Texts("images/*/name");

    /// <summary>All objects, those of the bases included.</summary>
    public IReadOnlyList<Manifest> Objects =>
    [
        .. Resources.SelectMany(resource => Directory.Exists(PathOf(resource))
            ? new Kustomization(PathOf(resource)).Objects
            : Read(resource)),
    ];

    /// <summary>What does not fit together, in words.</summary>
    public IReadOnlyList<string> Faults()
    {
        var missing = Resources.Concat(Patches).Where(name => !File.Exists(PathOf(name)) && !Directory.Exists(PathOf(name))).ToList();
        if (missing.Count > 0)
        {
            return [.. missing.Select(name => $"{name} is named and does not exist")];
        }
        var objects = Objects;
        var images = objects.SelectMany(one => one.Root.Texts("spec/template/spec/containers/*/image")).Select(image => image.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var named = Resources.Concat(Patches).Append("kustomization.yaml").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Directory.EnumerateFiles(folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => !named.Contains(file)).Select(file => $"{file} is not named"),
            .. Patches.SelectMany(Read).Where(patch => !objects.Any(one => one.Kind == patch.Kind && one.Name == patch.Name)).Select(patch => $"{patch} changes nothing that exists"),
            .. Replicas.Where(name => !objects.Any(one => one.Kind == "Deployment" && one.Name == name)).Select(name => $"replicas of {name}, which is no Deployment"),
            .. Images.Where(name => !images.Contains(name)).Select(name => $"image {name} is used nowhere"),
            .. objects.GroupBy(one => (one.Kind, one.Name)).Where(group => group.Count() > 1).Select(group => $"{group.Key.Kind} {group.Key.Name} exists twice"),
        ];
    }

    private IEnumerable<Manifest> Read(string file) => Yaml.Documents(PathOf(file)).Select(document => new Manifest(file, document));

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(folder, name));
}

/// <summary>Reading YAML by paths like <c>spec/containers/*/image</c>.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlMappingNode> Documents(string file)
    {
        using var reader = File.OpenText(file);
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    public static IEnumerable<YamlNode> Nodes(this YamlNode node, string path)
    {
        IEnumerable<YamlNode> nodes = [node];
        foreach (var part in path.Split('/'))
        {
            nodes = nodes.SelectMany(one => (one, part) switch
            {
                (YamlSequenceNode sequence, "*") => sequence.Children,
                (YamlMappingNode mapping, "*") => mapping.Children.Values,
                (YamlMappingNode mapping, _) when mapping.Children.TryGetValue(new YamlScalarNode(part), out var child) => [child],
                _ => [],
            });
        }
        return nodes;
    }

    public static IEnumerable<string> Texts(this YamlNode node, string path) => node.Nodes(path).OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");

    public static string? Text(this YamlNode node, string path) => node.Texts(path).SingleOrDefault();

    public static string Folder(params string[] parts) => Repository.PathOf(["k8s", .. parts]);
}
