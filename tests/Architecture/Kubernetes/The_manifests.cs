using System.Diagnostics;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace LaborBridge.Tests.Architecture.Kubernetes;

public sealed class The_manifests
{
    private static readonly string[] Services = ["employers", "matching", "placements", "portal", "workers"];

    /// <summary>Settings of the framework, not of LaborBridge.</summary>
    private static readonly string[] FrameworkSettings = ["ASPNETCORE_HTTP_PORTS"];

    public static TheoryData<string> Kustomizations =>
        [.. Directory.EnumerateFiles(Yaml.Folder(), "kustomization.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Yaml.Folder(), Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    private static Kustomization Base => new(Yaml.Folder("base"));

    [Fact]
    public void are_all_readable()
    {
        var files = Directory.EnumerateFiles(Yaml.Folder(), "*.y*ml", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(Yaml.Documents(file), document => Assert.NotNull(document.Text("kind"))));
    }

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public void fit_together(string folder) => Faults.None(new Kustomization(Yaml.Folder(folder.Split('/'))).Faults());

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public async Task are_rendered_by_kubectl(string folder)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl") || File.Exists("/usr/local/bin/kubectl"), "kubectl is not installed; fit_together checks the same by reading");
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Yaml.Folder(folder.Split('/'))])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = kubectl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var stream = new YamlStream();
        stream.Load(kubectl.StandardOutput);
        await kubectl.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(kubectl.ExitCode == 0, await errors);
        Assert.Equal(Services, stream.Documents.Where(document => document.RootNode.Text("kind") == "Deployment")
            .Select(document => document.RootNode.Text("metadata/name")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("Service")]
    [InlineData("PodDisruptionBudget")]
    public void have_one_of_each_kind_for_every_service(string kind) =>
        Assert.Equal(Services, Base.Objects.Where(one => one.Kind == kind).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void select_the_pods_that_exist()
    {
        var pods = Base.Objects.Where(one => one.Kind == "Deployment").ToDictionary(one => one.Name, one => Labels(one, "spec/template/metadata/labels"), StringComparer.Ordinal);
        Assert.All(Base.Objects.Where(one => one.Kind == "Service"), one => Assert.Equal(pods[one.Name], Labels(one, "spec/selector")));
        Assert.All(Base.Objects.Where(one => one.Kind is "Deployment" or "PodDisruptionBudget"), one => Assert.Equal(pods[one.Name], Labels(one, "spec/selector/matchLabels")));
    }

    [Fact]
    public void probe_limit_and_confine_every_container()
    {
        var deployments = Base.Objects.Where(one => one.Kind == "Deployment").ToList();
        Assert.NotEmpty(deployments);
        Assert.All(deployments, one =>
        {
            const string container = "spec/template/spec/containers/*/";
            Assert.Equal("/health/live", one.Root.Text(container + "livenessProbe/httpGet/path"));
            Assert.Equal("/health/ready", one.Root.Text(container + "readinessProbe/httpGet/path"));
            Assert.NotNull(one.Root.Text(container + "resources/limits/memory"));
            Assert.NotNull(one.Root.Text(container + "resources/requests/cpu"));
            Assert.Equal("true", one.Root.Text("spec/template/spec/securityContext/runAsNonRoot"));
            Assert.Equal("false", one.Root.Text(container + "securityContext/allowPrivilegeEscalation"));
            Assert.Equal("true", one.Root.Text(container + "securityContext/readOnlyRootFilesystem"));
            Assert.True(int.Parse(one.Root.Text("spec/template/spec/terminationGracePeriodSeconds")!) > 20, "A service drains within 20 s");
        });
    }

    [Fact]
    public void set_only_settings_that_exist()
    {
        var names = Base.Objects.SelectMany(one => one.Root.Nodes("data").OfType<YamlMappingNode>()).SelectMany(data => data.Children.Keys).Select(key => ((YamlScalarNode)key).Value!)
            .Concat(Base.Objects.SelectMany(one => one.Root.Texts("spec/template/spec/containers/*/env/*/name")))
            .Except(FrameworkSettings, StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains("LaborBridge__Database__Kind", names);
        Faults.None(names.Where(name => !Exists(name)));
        Assert.False(Exists("LaborBridge__Database__Knd"));
        Assert.False(Exists("Database__Kind"));
    }

    [Fact]
    public void send_each_path_to_a_service_that_exists() =>
        Faults.None(new Kustomization(Yaml.Folder("overlays", "single-county")).Objects
            .SelectMany(one => one.Root.Texts("spec/rules/*/http/paths/*/backend/service/name")).Except(Services, StringComparer.Ordinal));

    [Fact]
    public void may_not_name_what_is_not_there()
    {
        using var folder = TempFolder.Create();
        File.WriteAllText(folder["kustomization.yaml"], "resources: [gone.yaml]\n");
        Assert.Equal(["gone.yaml is named and does not exist"], new Kustomization(folder.Path).Faults());

        File.WriteAllText(folder["kustomization.yaml"], "resources: [here.yaml]\npatches: [{ path: patch.yaml }]\nreplicas: [{ name: b, count: 1 }]\nimages: [{ name: x }]\n");
        File.WriteAllText(folder["here.yaml"], "kind: ConfigMap\nmetadata: { name: a }\n---\nkind: ConfigMap\nmetadata: { name: a }\n");
        File.WriteAllText(folder["patch.yaml"], "kind: ConfigMap\nmetadata: { name: c }\n");
        File.WriteAllText(folder["lost.yaml"], "kind: ConfigMap\nmetadata: { name: d }\n");
        Assert.Equal(
            ["lost.yaml is not named", "ConfigMap c (patch.yaml) changes nothing that exists", "replicas of b, which is no Deployment", "image x is used nowhere", "ConfigMap a exists twice"],
            new Kustomization(folder.Path).Faults());
    }

    private static Dictionary<string, string?> Labels(Manifest manifest, string path) =>
        manifest.Root.Nodes(path).OfType<YamlMappingNode>().Single().Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value, StringComparer.Ordinal);

    /// <summary>Whether a setting by environment names a property of <see cref="LaborBridgeSettings"/>.</summary>
    private static bool Exists(string name)
    {
        var parts = name.Split("__");
        return parts[0] == "LaborBridge" && Leads(typeof(LaborBridgeSettings), parts.AsSpan(1));
    }

    private static bool Leads(Type type, ReadOnlySpan<string> parts)
    {
        if (parts.Length == 0)
        {
            return type == typeof(string) || type.IsPrimitive;
        }
        if (typeof(System.Collections.IDictionary).IsAssignableFrom(type))
        {
            return parts.Length == 1;
        }
        return type.GetProperty(parts[0]) is { } property && Leads(property.PropertyType, parts[1..]);
    }
}
